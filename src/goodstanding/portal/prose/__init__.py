"""Rulebooks in sentences: what a court or a company reads, made from the same nodes that engines evaluate."""

from goodstanding.portal.prose.grades import grade_name, grade_text
from goodstanding.portal.prose.rulebook import RulebookText, rulebook_text
from goodstanding.portal.prose.workings import WorkingsText, workings_text

__all__ = [
    "RulebookText",
    "WorkingsText",
    "grade_name",
    "grade_text",
    "rulebook_text",
    "workings_text",
]
