"""In which encoding a text file is, told by its bytes; the contract's word decides only what bytes cannot.

UTF-8 and GB 18030 prove themselves: text in another encoding hardly ever passes for them. A one-byte code
page (cp1252) proves nothing, so it is used only where the contract names it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.intake.batch import Note
from goodstanding.intake.readers.survey import CHUNK

_HIGH_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 20_000
"""Lines with bytes outside UTF-8 that are weighed before GB 18030 is believed."""


@dataclass(frozen=True)
class Encoding:
    """How to decode a file.

    Args:
        name: codec that Python knows.
        whole: whether the file decodes without a fault.
        notes: what the sender should know.
    """

    name: str
    whole: bool
    notes: tuple[Note, ...] = ()


def recognise(path: Path, declared: tuple[str, ...]) -> Encoding:
    """The encoding of a plain text file.

    Args:
        path: the file.
        declared: the contract's encodings, in order.

    Raises:
        Refusal: GS-INTAKE-004, the contract names an encoding that does not exist.
    """
    names = tuple(_known(one) for one in declared)
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", _decodes(path, "utf-16"), _said(names, "utf-16", "UTF-16"))
    if _decodes(path, "utf-8-sig"):
        return Encoding("utf-8", True, _said(names, "utf-8", "UTF-8"))
    high, faulty, gb18030 = _weigh(path)
    if faulty * 2 < high:
        return Encoding("utf-8", False, _mixed("UTF-8"))
    others = [one for one in names if one not in ("utf-8", "utf-16")]
    if gb18030:
        others.insert(0, "gb18030")
    for one in others:
        if one == "gb18030" and not gb18030:
            continue
        if _decodes(path, one):
            return Encoding(one, True, _said(names, one, _shown(one)))
    if others and (gb18030 or others[0] != "gb18030"):
        return Encoding(
            others[0], False, (*_said(names, others[0], _shown(others[0])), *_mixed(_shown(others[0])))
        )
    return Encoding("utf-8", False, _mixed("UTF-8"))


def transcode(path: Path, encoding: str, target: Path) -> Path:
    """Write the file again as UTF-8 without a mark; what cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as file, target.open("xb") as out:
        while chunk := file.read(CHUNK):
            out.write(decoder.decode(chunk).encode())
        out.write(decoder.decode(b"", True).encode())
    return target


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        raise Refusal(
            "GS-INTAKE-004",
            f"the contract names an encoding that does not exist: {name}",
            remedy="name one that Python knows, for instance utf-8, gb18030 or cp1252",
        ) from None
    same = {"utf-8-sig": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "iso8859-1": "cp1252"}
    if found.startswith("utf-16"):
        return "utf-16"
    return same.get(found, found)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _weigh(path: Path) -> tuple[int, int, bool]:
    """Lines with bytes above 127, those of them that are no UTF-8, and whether these look like GB 18030.

    Chinese in GB 18030 stands in pairs of high bytes; Latin letters of a code page stand alone among ASCII.
    """
    high = faulty = sampled = wrong = pairs = bytes_high = 0
    for line in _lines(path):
        if line.isascii():
            continue
        high += 1
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            faulty += 1
            if sampled < _SAMPLE:
                sampled += 1
                try:
                    line.decode("gb18030")
                    pairs += 2 * len(_HIGH_PAIR.findall(line))
                    bytes_high += len(_HIGH.findall(line))
                except UnicodeDecodeError:
                    wrong += 1
    likely = bytes_high > 0 and pairs >= 0.9 * bytes_high and wrong * 10 <= sampled
    return high, faulty, likely


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _shown(name: str) -> str:
    return {"gb18030": "GB 18030", "cp1252": "Windows-1252", "utf-8": "UTF-8"}.get(name, name)


def _said(declared: tuple[str, ...], found: str, shown: str) -> tuple[Note, ...]:
    if found in declared:
        return ()
    stated = ", ".join(_shown(one) for one in declared)
    return (Note("encoding", f"the contract says {stated}; the file is {shown} and was read as such"),)


def _mixed(shown: str) -> tuple[Note, ...]:
    return (Note("encoding", f"the file is {shown}, but some lines are not: they are reported"),)
