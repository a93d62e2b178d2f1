"""The DuckDB engine: SQL from one plan, for everyone at once; time follows the lines, not the rules."""

from .digesting import digest_of
from .ordering import Ordered, explain_in_order, in_order
from .running import Run, assess_all, assessments_of, explain_one

__all__ = [
    "Ordered",
    "Run",
    "assess_all",
    "assessments_of",
    "digest_of",
    "explain_in_order",
    "explain_one",
    "in_order",
]
