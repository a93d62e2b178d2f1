"""Columns of a source."""

from __future__ import annotations

from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_choice, read_pattern
from goodstanding.catalogue.model import Column, ColumnType
from goodstanding.core.errors import Refusal

_MORE = (
    "type ignored required nulls formats decimal thousands scale"
    " scheme pattern values minimum maximum max_length"
)


def read_columns(cell: Cell, contract: str, marks: dict[str, str]) -> tuple[Column, ...]:
    """The columns of a contract. Raises GS-PACK-040 for a header written twice."""
    columns: list[Column] = []
    for one in cell.cells():
        block = one.block("name", _MORE)
        column = _column(block)
        if any(column.name == other.name for other in columns):
            raise Refusal(
                "GS-PACK-040",
                f"the column {column.name!r} is written twice",
                where=block.where,
                remedy="Keep one.",
            )
        marks[f"column {contract} {column.name}"] = block.where
        columns.append(column)
    return tuple(columns)


def _column(block: Block) -> Column:
    nulls = tuple(cell.raw() for cell in block.cells("nulls"))
    return Column(
        name=block.text("name"),
        type=read_choice(block["type"], ColumnType) if "type" in block else ColumnType.TEXT,
        ignored=block.text("ignored"),
        required=block.flag("required"),
        null=nulls if "" in nulls else ("", *nulls),
        formats=block.texts("formats", ("%Y-%m-%d",)),
        decimal=block.text("decimal", "."),
        thousands=block["thousands"].raw() if "thousands" in block else "",
        scale=block.integer("scale", 100),
        scheme=block.text("scheme"),
        pattern=read_pattern(block["pattern"]) if "pattern" in block else "",
        values=block.texts("values"),
        minimum=block["minimum"].integer() if "minimum" in block else None,
        maximum=block["maximum"].integer() if "maximum" in block else None,
        max_length=block.integer("max_length", 0),
    )
