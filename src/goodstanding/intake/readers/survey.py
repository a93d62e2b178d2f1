"""One pass over a file's bytes: its digest, and what the fast path must know before it starts."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal

CHUNK = 1 << 22
_EXOTIC = (
    b"\t",
    b"\x0b",
    b"\x0c",
    b"\xc2\xa0",
    b"\xe1\x9a\x80",
    b"\xe2\x80",
    b"\xe2\x81",
    b"\xe3\x80\x80",
    b"\xef\xbb\xbf",
)


@dataclass(frozen=True)
class Survey:
    """What the bytes of a (plain) file say.

    Args:
        size: bytes.
        lines: lines that end or hold something, without the empty ones at the end of the file.
        nul: whether a NUL byte stands in it.
        odd_breaks: whether a carriage return stands anywhere but before a line feed.
        exotic: whether spaces other than ASCII's, tabs or zero-width characters may stand in it.
        last_line_open: whether the last line has no line feed.
    """

    size: int
    lines: int
    nul: bool
    odd_breaks: bool
    exotic: bool
    last_line_open: bool


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of the bytes as received."""
    found = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            size += len(chunk)
    return found.hexdigest(), size


def unpack(path: Path, work: Path) -> Path:
    """The plain file: `path` itself, or its content unpacked into `work` if it is gzipped (by content).

    Raises:
        Refusal: GS-INTAKE-003, a damaged or truncated archive.
    """
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return path
    plain = work / "plain"
    try:
        with gzip.open(path) as packed, plain.open("xb") as out:
            while chunk := packed.read(CHUNK):
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise Refusal(
            "GS-INTAKE-003",
            "the gzip archive is damaged or cut short",
            where=path.name,
            why=type(fault).__name__,
            remedy="transfer the file again, in binary mode, and compare its size with the sender's",
        ) from None
    return plain


def survey(path: Path) -> Survey:
    """Look over the bytes of a text file once."""
    size = feeds = returns = pairs = 0
    nul = exotic = False
    last = b""
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            if returns:
                pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            nul = nul or b"\0" in chunk
            if not exotic:
                body = chunk.removeprefix(codecs.BOM_UTF8) if size == len(chunk) else tail + chunk
                # one byte is found much faster than two: most are not there at all
                exotic = any(one[:1] in body and one in body for one in _EXOTIC)
            last, tail = chunk[-1:], chunk[-2:]
    trailing = _trailing_blank(path, size)
    closed = last == b"\n"
    return Survey(
        size=size,
        lines=feeds - trailing + (0 if closed or not size else 1),
        nul=nul,
        odd_breaks=returns != pairs,
        exotic=exotic,
        last_line_open=bool(size) and not closed,
    )


def _trailing_blank(path: Path, size: int) -> int:
    """How many empty lines the file ends with."""
    with path.open("rb") as file:
        file.seek(max(0, size - CHUNK))
        end = file.read()
    blank = end[len(end.rstrip(b"\r\n")) :].count(b"\n")
    return max(0, blank - 1)
