"""The plan's SQL in the dialect of an engine, through sqlglot.

The plan is written in DuckDB's own dialect and in what all engines share: integers, text equality, comparisons
of dates, nullable booleans. DuckDB gets it as it stands (parsing it again would cost more than evaluating one
organisation); for any other dialect, sqlglot translates it, and what it would get wrong is mended here.
"""

from __future__ import annotations

from typing import Any

import sqlglot
from sqlglot import exp

NATIVE = "duckdb"
WIDE = "DECIMAL(38, 0)"  # where there are no integers of 128 bits


def emit(query: str, dialect: str = NATIVE) -> str:
    """A query of the plan in a dialect."""
    if dialect == NATIVE:
        return query
    tree = sqlglot.parse_one(query, read=NATIVE)
    kinds = (exp.IntDiv, exp.BitwiseLeftShift, exp.Anonymous)
    for node in reversed(list(tree.find_all(*kinds))):  # what is inside comes first
        mended = _mended(node)
        if mended is not node:
            node.replace(mended)
    for cast in tree.find_all(exp.DataType):
        if cast.this is exp.DataType.Type.INT128:
            cast.replace(exp.DataType.build(WIDE))
    return str(tree.sql(dialect=dialect))


def _mended(node: Any) -> Any:
    """What means something else elsewhere: wide division, shifts, the place of a value in a list."""
    if isinstance(node, exp.IntDiv) and _wide(node):
        return _divided(node.left, node.right)
    if isinstance(node, exp.BitwiseLeftShift):
        node.set("expression", exp.cast(node.expression, "INT"))
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_position":
        return exp.func("array_position", *node.expressions)
    return node


def _wide(node: Any) -> bool:
    """Whether numbers of 128 bits are worked with."""
    wide = (exp.DataType.Type.INT128, exp.DataType.Type.DECIMAL)
    return any(one.this in wide for one in node.find_all(exp.DataType))


def _divided(number: Any, divisor: Any) -> Any:
    """A quotient of wide numbers without its fraction. `DIV` would cut it to 64 bits without a word: what is
    left over is taken off first, so that the division of decimals has nothing to round."""
    number, divisor = exp.paren(number), exp.paren(divisor)
    whole = exp.paren(exp.Sub(this=number, expression=exp.Mod(this=number.copy(), expression=divisor.copy())))
    return exp.cast(exp.Div(this=whole, expression=divisor, typed=True, safe=False), WIDE)
