"""Readers: a file of any known format becomes cells in columns, by its content and not by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.catalogue.model import Contract
from goodstanding.core.errors import Refusal
from goodstanding.intake.readers.delimited import read_careful, read_fast
from goodstanding.intake.readers.jsonlines import read_jsonlines
from goodstanding.intake.readers.parquet import read_parquet
from goodstanding.intake.readers.source import Source
from goodstanding.intake.readers.survey import digest, unpack
from goodstanding.intake.readers.workbook import read_workbook

if TYPE_CHECKING:
    import duckdb

__all__ = ["Source", "digest", "read", "unpack"]

_SAMPLE = 1 << 16
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "an archive inside an archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"SQLite format 3": "a database",
}
_CONTROL = bytes(code for code in range(32) if code not in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A))


def read(
    plain: Path,
    contract: Contract,
    shown: str,
    *,
    work: Path,
    con: duckdb.DuckDBPyConnection,
    prefix: str,
    fast: bool = True,
) -> Source:
    """The cells of an unpacked file.

    Args:
        plain: the file.
        contract: names the delimiter, the sheet, the encodings and the columns.
        shown: the file's name in errors.
        work: folder for text that has to be encoded anew.
        con, prefix: where tables of cells are made.
        fast: whether clean delimited text may be left to DuckDB.

    Raises:
        Refusal: GS-INTAKE-001 … -010, the file as a whole cannot be read.
    """
    with plain.open("rb") as file:
        start = file.read(_SAMPLE)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refusal(
            "GS-INTAKE-001",
            "the file is empty",
            where=shown,
            remedy="send the file again; if there is nothing to report, send the header alone",
        )
    if start.startswith(b"PAR1"):
        return read_parquet(plain, contract, shown, con=con)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_workbook(plain, contract, shown, con=con, prefix=prefix)
    _refuse_foreign(start, shown)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return read_jsonlines(plain, contract, con=con, prefix=prefix)
    source = read_fast(plain, contract, shown) if fast else None
    return source or read_careful(plain, contract, shown, work=work, con=con, prefix=prefix)


def _refuse_foreign(start: bytes, shown: str) -> None:
    """Raise GS-INTAKE-002 for what is no table."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    what = next((name for mark, name in _FOREIGN.items() if start.startswith(mark)), "")
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        what = "a web page or XML"
    elif text.startswith((b"[", b"[{")) and text[1:].lstrip().startswith(b"{"):
        what = "a JSON list"
    elif not what and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        controls = len(start) - len(start.translate(None, _CONTROL))
        if controls * 20 > len(start):
            what = "binary data, or text in UTF-16 without its mark"
    if what:
        raise Refusal(
            "GS-INTAKE-002",
            f"the file is {what} and no table that can be read",
            where=shown,
            why="known are delimited text, XLSX, JSON lines and Parquet, plain or gzipped",
            remedy="export the table in one of these; JSON as one object a line",
        )
