"""Typed cells (of a spreadsheet or of Parquet) as the text that the contract reads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from goodstanding.catalogue.model import Column, ColumnType

EXACT = 10**15
"""Spreadsheets keep 15 digits of a number: a larger one has been rounded."""

Cell = str | int | float | bool | date | datetime | time | timedelta | None


def as_text(cell: Cell, column: Column | None) -> str | None:
    """The cell as its sender would have written it in a text file under the contract.

    A number too large for a spreadsheet is written with an exponent, so that it cannot pass for an
    identifier: its last digits are lost.
    """
    if cell is None or isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return _day(cell, column)
    if isinstance(cell, date):
        return _day(datetime(cell.year, cell.month, cell.day), column)
    if isinstance(cell, int | float):
        return _number(cell, column)
    return str(cell)


def _day(moment: datetime, column: Column | None) -> str:
    if column is not None and column.type is ColumnType.DATE:
        return moment.strftime(column.formats[0])
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")


def _number(number: int | float, column: Column | None) -> str:
    if abs(number) >= EXACT:
        return f"{number:.14E}"
    written = str(int(number)) if number == int(number) else f"{number:.15g}"
    if "e" in written:
        written = f"{number:.15f}".rstrip("0")
    if column is not None and column.decimal != "." and column.type in (ColumnType.MONEY, ColumnType.DECIMAL):
        return written.replace(".", column.decimal)
    return written
