"""A smaller PNG of the same picture: 256 colours instead of 16 million, which a page of text does not need.

Reads what Chromium writes (8 bits, RGB or RGBA, not interlaced; PNG specification, ISO/IEC 15948) and nothing else.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter

_MAGIC = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256


def with_palette(png: bytes) -> bytes:
    """The picture with its 256 most frequent colours, each of the others as the nearest of them."""
    width, height, rows = _pixels(png)
    counted: Counter[bytes] = Counter()
    for row in rows:
        counted.update(row[at : at + 3] for at in range(0, 3 * width, 3))
    palette = [colour for colour, _ in counted.most_common(_COLOURS)]
    index = {colour: number for number, colour in enumerate(palette)}
    for colour in counted:
        if colour not in index:
            index[colour] = min(range(len(palette)), key=lambda one: _far(palette[one], colour))
    lines = b"".join(b"\0" + bytes(index[row[at : at + 3]] for at in range(0, 3 * width, 3)) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return _MAGIC + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", header),
            (b"PLTE", b"".join(palette)),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _far(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height, and each row as RGB."""
    at, packed, width, height, channels = len(_MAGIC), b"", 0, 0, 0
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if name == b"IHDR":
            width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", body)
            if depth != 8 or kind not in (2, 6) or interlaced:
                raise ValueError("not a picture as Chromium writes them")
            channels = 3 if kind == 2 else 4
        elif name == b"IDAT":
            packed += body
        at += 12 + length
    raw, size = zlib.decompress(packed), width * channels
    rows, before = [], bytes(size)
    for start in range(0, height * (size + 1), size + 1):
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + size]), before, channels)
        rows.append(before if channels == 3 else _opaque(before))
    return width, height, rows


def _opaque(row: bytes) -> bytes:
    out = bytearray(len(row) // 4 * 3)
    for channel in range(3):
        out[channel::3] = row[channel::4]
    return bytes(out)


def _unfiltered(kind: int, row: bytearray, above: bytes, step: int) -> bytes:
    if kind == 2:
        return bytes((one + up) & 255 for one, up in zip(row, above, strict=True))
    for at in range(len(row)) if kind else ():
        left = row[at - step] if at >= step else 0
        up, corner = above[at], above[at - step] if at >= step else 0
        row[at] = (row[at] + (left, 0, (left + up) // 2, _paeth(left, up, corner))[kind - 1]) & 255
    return bytes(row)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
