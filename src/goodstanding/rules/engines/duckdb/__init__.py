"""The DuckDB engine: SQL from one plan, for everyone at once; time follows the lines, not the rules."""

from .running import Run, assess_all, assessments_of, explain_one

__all__ = ["Run", "assess_all", "assessments_of", "explain_one"]
