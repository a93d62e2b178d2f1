"""The plan's SQL in the dialect of an engine, through sqlglot.

The plan is written in DuckDB's own dialect and in what all engines share: integers, text equality, comparisons
of dates, nullable booleans. DuckDB gets it as it stands (parsing it again would cost more than evaluating one
organisation); for any other dialect, sqlglot translates it.
"""

from __future__ import annotations

import sqlglot

NATIVE = "duckdb"


def emit(query: str, dialect: str = NATIVE) -> str:
    """A query of the plan in a dialect."""
    if dialect == NATIVE:
        return query
    return str(sqlglot.parse_one(query, read=NATIVE).sql(dialect=dialect))
