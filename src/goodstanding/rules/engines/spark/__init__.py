"""The Spark engine: the plan that DuckDB runs, on one machine or on many. Needs the extra `spark`, and Java."""

from .running import SparkRun, assess_all
from .session import opened

__all__ = ["SparkRun", "assess_all", "opened"]
