"""Spreadsheets (XLSX, and the older XLS) through calamine; typed cells become the contract's text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from goodstanding.catalogue.model import Column, Contract
from goodstanding.core.errors import Refusal
from goodstanding.intake.batch import Note
from goodstanding.intake.readers.cells import as_text
from goodstanding.intake.readers.formula_errors import formula_errors
from goodstanding.intake.readers.header import match
from goodstanding.intake.readers.source import Source
from goodstanding.intake.readers.table import RawTable

if TYPE_CHECKING:
    import duckdb


def read_workbook(
    path: Path, contract: Contract, shown: str, *, con: duckdb.DuckDBPyConnection, prefix: str
) -> Source:
    """The contract's sheet, or the first one. The header is the first row that is not empty.

    Raises:
        Refusal: GS-INTAKE-006 for a workbook that cannot be opened, -007 for a missing sheet, -005 for one
            without a header.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        sheet_name = contract.sheet or (names[0] if names else "")
        if sheet_name not in names:
            raise Refusal(
                "GS-INTAKE-007",
                f"the workbook has no sheet {sheet_name!r}",
                where=shown,
                why="the contract names the sheet that is taken in",
                remedy="name the sheet as the contract does, or have the contract changed",
            )
        sheet = book.get_sheet_by_name(sheet_name)
        rows = list(enumerate(sheet.to_python(skip_empty_area=False), 1))
    except (CalamineError, OSError, ValueError) as fault:
        raise Refusal(
            "GS-INTAKE-006",
            "the workbook cannot be opened",
            where=shown,
            why=type(fault).__name__,
            remedy="open it in a spreadsheet program and save it again as .xlsx, without a password",
        ) from None
    for (number, place), error in formula_errors(path, sheet_name).items():
        if number <= len(rows) and place < len(rows[number - 1][1]):
            rows[number - 1][1][place] = error
    filled = ((number, row) for number, row in rows if any(cell != "" for cell in row))
    first = next(filled, None)
    if first is None:
        raise Refusal(
            "GS-INTAKE-005",
            "the sheet is empty",
            where=f"{shown}, sheet {sheet_name}",
            remedy="send the sheet with its columns named in the first row",
        )
    headers = [as_text(cell, None) or "" for cell in first[1]]
    matched = match(headers, [one.name for one in contract.columns], shown)
    known: dict[str, Column] = {one.name: one for one in contract.columns}
    columns = [known.get(one) for one in matched]
    raw = RawTable(con, prefix, len(matched))
    for number, row in filled:
        raw.add(number, [as_text(cell, column) for cell, column in zip(row, columns, strict=True)])
    raw.flush()
    notes: tuple[Note, ...] = ()
    if not contract.sheet and len(names) > 1:
        notes = (Note("sheets", f"the workbook has {len(names)} sheets; only the first was read"),)
    return Source(raw.name, True, matched, "xlsx", notes=notes)
