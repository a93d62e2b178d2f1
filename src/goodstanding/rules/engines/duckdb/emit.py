"""The plan's SQL in the dialect of an engine, through sqlglot.

The plan is written in DuckDB's own dialect and in what all engines share: integers, text equality, comparisons
of dates, nullable booleans. DuckDB gets it as it stands (parsing it again would cost more than evaluating one
organisation); for any other dialect, sqlglot translates it.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

NATIVE = "duckdb"


def emit(query: str, dialect: str = NATIVE) -> str:
    """A query of the plan in a dialect. Where there are no integers of 128 bits, decimals of 38 digits serve."""
    if dialect == NATIVE:
        return query
    tree = sqlglot.parse_one(query, read=NATIVE)
    for cast in tree.find_all(exp.DataType):
        if cast.this is exp.DataType.Type.INT128:
            cast.replace(exp.DataType.build("DECIMAL(38, 0)"))
    return str(tree.sql(dialect=dialect))
