"""Tables of standing, one idea a module."""

from goodstanding.standing.models.assessment import Assessment, AssessmentLine
from goodstanding.standing.models.run import Run

__all__ = ["Assessment", "AssessmentLine", "Run"]
