"""Delimited text with faults, line by line: every row that can be read goes on, every other is reported.

A quote that is never closed would swallow the rest of the file. So a cell may run over several lines only if
the whole then parses strictly, has the right number of cells, and none of its further lines is a complete
row by itself; otherwise the first line is reported and reading goes on with the next.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

MOST_LINES = 200
"""Lines that one row may run over."""
MOST_CHARACTERS = 1_000_000
"""Characters of one row, as Python's csv module is told."""

Row = tuple[int, list[str] | None, str, str]
"""Row number, cells (None if it is broken), rule broken, text of a broken row (for the search for numbers)."""


def header(path: Path, encoding: str, delimiter: str) -> list[str]:
    """The cells of the first line; empty if there is none or it cannot be decoded."""
    with path.open("rb") as file:
        first = file.readline(MOST_CHARACTERS).split(b"\r", 1)[0]
    try:
        text = first.decode("utf-8-sig" if encoding == "utf-8" else encoding).rstrip("\r\n")
    except UnicodeDecodeError:
        return []
    return _cut(text, delimiter) or text.split(delimiter) if text.strip() else []


def rows(path: Path, encoding: str, delimiter: str, width: int) -> Iterator[Row]:
    """The data rows of a file, blank lines left out (they count as rows: a spreadsheet shows them).

    Args:
        path: a plain file.
        encoding: decodes single lines (not UTF-16: transcode first).
        delimiter: one character.
        width: number of cells of the header.
    """
    lines = _Lines(path)
    next(lines, None)
    number = 1
    for line in lines:
        number += 1
        row, further = _row(lines, line, encoding, delimiter, width)
        if row is not None:
            yield number, *row
        lines.skip(further)


class _Lines:
    """Physical lines with a look ahead."""

    def __init__(self, path: Path) -> None:
        self._source = self._read(path)
        self._ahead: list[bytes] = []

    @staticmethod
    def _read(path: Path) -> Iterator[bytes]:
        # splits at \n, \r\n and a lone \r (old Macintosh files), as a spreadsheet does
        with path.open("rb") as file:
            for line in file:
                stripped = line.rstrip(b"\r\n")
                yield from stripped.split(b"\r") if b"\r" in stripped else (stripped,)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> bytes:
        return self._ahead.pop(0) if self._ahead else next(self._source)

    def peek(self, count: int) -> list[bytes]:
        """The next `count` lines at most, still to come."""
        if len(self._ahead) < count:
            self._ahead.extend(islice(self._source, count - len(self._ahead)))
        return self._ahead[:count]

    def skip(self, count: int) -> None:
        """Leave out lines that were peeked at."""
        del self._ahead[:count]


def _row(
    lines: _Lines, line: bytes, encoding: str, delimiter: str, width: int
) -> tuple[tuple[list[str] | None, str, str] | None, int]:
    """The row that starts with `line` (None if blank), and how many further lines belong to it."""
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return (None, "undecodable", line.decode(encoding, "replace")), 0
    if "\0" in text:
        return (None, "nul-byte", text.replace("\0", "")), 0
    if "\ufffd" in text and encoding == "utf-8" and b"\xef\xbf\xbd" not in line:
        return (None, "undecodable", text), 0
    if not text.strip():
        return None, 0
    if '"' not in text:
        cells = text.split(delimiter)
        return _sized(cells, text, width), 0
    if (quoted := _cut(text, delimiter)) is not None:
        return _sized(quoted, text, width), 0
    if not _open(text, delimiter):
        return (None, "stray-quote", text), 0
    joined = text
    for further, raw in enumerate(lines.peek(MOST_LINES), 1):
        try:
            more = raw.decode(encoding)
        except UnicodeDecodeError:
            break
        if "\0" in more or (width > 1 and _complete(more, delimiter, width)):
            break
        joined += "\n" + more
        if '"' not in more:
            continue
        cells_over = _cut(joined, delimiter)
        if cells_over is not None:
            if len(cells_over) == width:
                return (cells_over, "", ""), further
            break
    return (None, "unclosed-quote", text), 0


def _sized(cells: list[str], text: str, width: int) -> tuple[list[str] | None, str, str]:
    if len(cells) == width:
        return cells, "", ""
    return None, "too-few-cells" if len(cells) < width else "too-many-cells", text


def _cut(text: str, delimiter: str) -> list[str] | None:
    """The cells of a complete row; None if its quotes do not come out."""
    csv.field_size_limit(MOST_CHARACTERS)
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    try:
        found = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(found) == 1:
        return found[0]
    return None


def _open(text: str, delimiter: str) -> bool:
    """Whether a quoted cell is still open at the end of the text."""
    inside = False
    start = True  # at the start of a cell
    at = 0
    while at < len(text):
        one = text[at]
        if inside:
            if one == '"':
                if text[at + 1 : at + 2] == '"':
                    at += 1
                else:
                    inside = False
                    if text[at + 1 : at + 2] not in ("", delimiter):
                        return False
        elif one == '"' and start:
            inside = True
        start = one == delimiter and not inside
        at += 1
    return inside


def _complete(line: str, delimiter: str, width: int) -> bool:
    cells = _cut(line, delimiter)
    return cells is not None and len(cells) == width
