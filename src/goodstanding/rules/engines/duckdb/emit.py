"""SQL text through sqlglot: parsed once, so that what does not parse never reaches a database."""

from __future__ import annotations

import sqlglot


def emit(query: str, dialect: str = "duckdb") -> str:
    """A query of the plan in a dialect."""
    return str(sqlglot.parse_one(query, read="duckdb").sql(dialect=dialect))
