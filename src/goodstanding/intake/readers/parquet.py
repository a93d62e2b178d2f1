"""Parquet: typed columns become the contract's text, so that every format is checked by the same rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from goodstanding.catalogue.model import Column, ColumnType, Contract
from goodstanding.core.errors import Refusal
from goodstanding.intake import sql
from goodstanding.intake.readers.header import match
from goodstanding.intake.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_parquet(path: Path, contract: Contract, shown: str, *, con: duckdb.DuckDBPyConnection) -> Source:
    """The file as a relation of text cells; the row number is the row's place, from 1.

    Raises:
        Refusal: GS-INTAKE-008 for a damaged file, -009 for columns of lists or structures.
    """
    scan = f"read_parquet({sql.text(str(path))}, file_row_number = true)"
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as fault:
        raise damaged(shown, fault) from None
    fields = [(str(name), str(kind)) for name, kind, *_ in described if name != "file_row_number"]
    nested = [
        name for name, kind in fields if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION"))
    ]
    if nested:
        raise Refusal(
            "GS-INTAKE-009",
            f"columns hold lists or structures: {', '.join(nested)}",
            where=shown,
            why="a cell holds one value",
            remedy="give each value a column of its own",
        )
    headers = match([name for name, _ in fields], [one.name for one in contract.columns], shown)
    known = {one.name: one for one in contract.columns}
    cells = _cells(fields, [known.get(one) for one in headers])
    relation = f"(SELECT file_row_number + 1 AS row, {cells} FROM {scan})"
    return Source(relation, True, headers, "parquet")


def damaged(shown: str, fault: Exception) -> Refusal:
    """The refusal of a Parquet file that cannot be read."""
    return Refusal(
        "GS-INTAKE-008",
        "the Parquet file is damaged, encrypted or cut short",
        where=shown,
        why=type(fault).__name__,
        remedy="transfer the file again, in binary mode, or write it again without encryption",
    )


def _cells(fields: Sequence[tuple[str, str]], columns: Sequence[Column | None]) -> str:
    return ", ".join(
        f"nullif({_text(sql.name(name), kind, column)}, '') AS c{place}"
        for place, ((name, kind), column) in enumerate(zip(fields, columns, strict=True))
    )


def _text(cell: str, kind: str, column: Column | None) -> str:
    """The cell as text: dates in the contract's first format, numbers with its decimal separator."""
    if kind.startswith(("DATE", "TIMESTAMP")) and column is not None and column.type is ColumnType.DATE:
        return f"strftime({cell}, {sql.text(column.formats[0])})"
    if kind in ("FLOAT", "DOUBLE"):
        # a whole number without a fraction of zeros; beyond 15 digits a floating-point number is not exact
        whole = f"abs({cell}) < 1e15 AND {cell} = trunc({cell})"
        written = f"CASE WHEN {whole} THEN {cell}::BIGINT::VARCHAR ELSE {cell}::VARCHAR END"
    else:
        written = f"{cell}::VARCHAR"
    numeric = kind in ("FLOAT", "DOUBLE") or kind.startswith("DECIMAL")
    if numeric and column is not None and column.decimal != ".":
        return f"replace({written}, '.', {sql.text(column.decimal)})"
    return written
