"""Cells of a workbook that hold a formula's error: calamine gives them as empty, and empty is no error."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})([0-9]+)"[^>]*>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")


def formula_errors(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """The errors of a sheet, as `#REF!`, by row (from 1) and column (from 0). None for an older XLS."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read(_part(archive, sheet))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}
    found = {}
    for column, row, inside in _ERROR.findall(content):
        value = _VALUE.search(inside)
        found[int(row), _number(column.decode())] = value.group(1).decode() if value else "#VALUE!"
    return found


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the sheet's part. Raises KeyError if the workbook is laid out otherwise."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    identifier = next((one.get(_REL) for one in book.iter(f"{_MAIN}sheet") if one.get("name") == sheet), None)
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    for one in relations:
        if one.get("Id") == identifier:
            target = one.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _number(letters: str) -> int:
    """A → 0, B → 1, … AA → 26."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1
