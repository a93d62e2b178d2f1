"""Write a table of cells as the file that an agency would send, the same bytes each time."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb

from goodstanding.generator.chance import literal
from goodstanding.generator.deliveries import Form

_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a ZIP archive can state


def send(connection: duckdb.DuckDBPyConnection, query: str, path: Path, form: Form, encoding: str) -> str:
    """Write the rows of `query` (columns of text, in order) to `path`; returns the SHA-256 of its bytes, hex.

    Args:
        query: SQL with its ORDER BY.
        encoding: of a CSV; the other forms are UTF-8 by their nature.
    """
    plain = path.with_name(path.name + ".part")
    match form:
        case Form.XLSX:
            cursor = connection.execute(query)
            headers = [column[0] for column in cursor.description or ()]
            _workbook(path, [headers, *cursor.fetchall()])
            return digest(path)
        case Form.PARQUET:
            options = "FORMAT parquet, COMPRESSION snappy, PRESERVE_ORDER true"
        case Form.JSONL_GZ:
            options = "FORMAT json, PRESERVE_ORDER true"
        case _:
            options = "FORMAT csv, HEADER true, PRESERVE_ORDER true"
    connection.execute(f"COPY ({query}) TO {literal(str(plain))} ({options})")
    if form in (Form.CSV_GZ, Form.JSONL_GZ):
        _compress(plain, path)
        plain.unlink()
    elif encoding != "utf-8":
        _transcode(plain, path, encoding)
        plain.unlink()
    else:
        plain.replace(path)
    return digest(path)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compress(source: Path, target: Path) -> None:
    """Gzip without a name or a time in its header, so that the bytes depend on the content alone."""
    with (
        source.open("rb") as reader,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=0) as writer,
    ):
        shutil.copyfileobj(reader, writer, _CHUNK)


def _transcode(source: Path, target: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            writer.write(decoder.decode(chunk).encode(encoding))
        writer.write(decoder.decode(b"", final=True).encode(encoding))


def _workbook(path: Path, rows: Iterable[Iterable[str | None]]) -> None:
    """A workbook of one sheet with text cells in place (ECMA-376, inline strings); small files only."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _sheet(rows),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def _sheet(rows: Iterable[Iterable[str | None]]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for place, text in enumerate(row)
            if text is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + "".join(lines)
        + "</sheetData></worksheet>"
    )


def _letters(place: int) -> str:
    """Column letters of a place counted from 0."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
