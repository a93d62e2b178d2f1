"""The files of a log: tiles of 256 hashes, and bundles of 256 entries (https://c2sp.org/tlog-tiles)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 256
"""Hashes of a full tile, and entries of a full bundle."""
HEIGHT = 8
"""Levels of the tree from one level of tiles to the next."""
LONGEST = 0xFFFF
"""Bytes of the longest entry."""
ENTRIES = -1
"""The level under which bundles of entries stand here; in paths it is the word `entries`."""

_PATH = re.compile(
    r"tile/(entries|0|[1-5]?[0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)


@dataclass(frozen=True, order=True)
class Tile:
    """The `index`-th tile of a level, or bundle of entries; `width` of it are there, 256 if it is full."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies below the log's address."""
        digits = f"{self.index % 1000:03d}"
        rest = self.index // 1000
        while rest:
            digits = f"x{rest % 1000:03d}/{digits}"
            rest //= 1000
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{digits}{partial}"

    @property
    def start(self) -> int:
        """The first of its hashes or entries, counted from the left of its level."""
        return self.index * WIDTH


def tile_at(path: str) -> Tile | None:
    """The tile that lies at a path; None if no tile is written so."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, digits, width = found.groups()
    index = int(digits.replace("/", "").replace("x", ""))
    tile = Tile(ENTRIES if level == "entries" else int(level), index, int(width or WIDTH))
    return tile if tile.path == path else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree of `size` leaves; partial ones last in their level."""
    if not size:
        return
    yield from _level(ENTRIES, size)
    level = 0
    while size >> (HEIGHT * level):
        yield from _level(level, size >> (HEIGHT * level))
        level += 1


def _level(level: int, count: int) -> Iterator[Tile]:
    for index in range(count // WIDTH):
        yield Tile(level, index)
    if count % WIDTH:
        yield Tile(level, count // WIDTH, count % WIDTH)


def covering(level: int, index: int, size: int) -> Tile:
    """The tile that holds the index-th hash of a level (or entry), in a tree of `size` leaves."""
    count = size >> (HEIGHT * max(level, 0))
    return Tile(level, index // WIDTH, min(WIDTH, count - index // WIDTH * WIDTH))


def bundled(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length in two bytes, the higher first.

    Raises:
        ValueError: an entry is longer than 65,535 bytes.
    """
    if any(len(one) > LONGEST for one in entries):
        raise ValueError("an entry of the log has 65,535 bytes at most")
    return b"".join(struct.pack(">H", len(one)) + one for one in entries)


def unbundled(bundle: bytes) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        ValueError: the bundle ends in the middle of an entry.
    """
    entries, place = [], 0
    while place < len(bundle):
        end = place + 2 + int.from_bytes(bundle[place : place + 2], "big")
        if place + 2 > len(bundle) or end > len(bundle):
            raise ValueError("the bundle ends in the middle of an entry")
        entries.append(bundle[place + 2 : end])
        place = end
    return entries
