"""Where a log is read: a folder, or an address. What comes from there is never trusted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from goodstanding.core.errors import Refusal
from goodstanding.proof.hashing import DIGEST, perfect
from goodstanding.proof.tiles import ENTRIES, HEIGHT, LONGEST, WIDTH, Tile, covering, tiles_of, unbundled

CHECKPOINT = "checkpoint"
_LARGEST = WIDTH * (LONGEST + 2)
_GZIP = 31
"""What tells zlib that it reads gzip."""
_PATIENCE = 30.0
"""Seconds to wait for a server's answer."""


class Published(Protocol):
    """Static files of a log."""

    def read(self, path: str) -> bytes | None:
        """A file; None if it is not there. Raises Refusal GS-PROOF-021 if nothing can be read at all."""

    def files(self) -> Iterator[str] | None:
        """Every path there is; None where nobody can list them."""


@dataclass(frozen=True)
class Folder:
    """A log in a folder."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def read(self, path: str) -> bytes | None:
        """A file; None if it is not there."""
        try:
            return (self.path / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def files(self) -> Iterator[str]:
        """Every file below the folder, in order."""
        for one in sorted(self.path.rglob("*")):
            if not one.is_dir():
                yield one.relative_to(self.path).as_posix()


@dataclass(frozen=True)
class Address:
    """A log at an address, http or https."""

    url: str

    def __str__(self) -> str:
        return self.url

    def read(self, path: str) -> bytes | None:
        """A file; None if the server says that it is not there."""
        asked = Request(f"{self.url.rstrip('/')}/{path}", headers={"Accept-Encoding": "gzip, identity"})
        try:
            with urlopen(asked, timeout=_PATIENCE) as answer:
                found: bytes = answer.read(_LARGEST + 1)
                packed = answer.headers.get("Content-Encoding") == "gzip"
        except HTTPError as error:
            if error.code in (404, 410):
                return None
            raise self._silent(f"It answered {error.code}.") from None
        except (URLError, OSError, HTTPException, ValueError) as error:
            raise self._silent(f"{getattr(error, 'reason', error)}.") from None
        try:
            found = zlib.decompressobj(_GZIP).decompress(found, _LARGEST + 1) if packed else found
        except zlib.error:
            raise self._silent("What it sent cannot be unpacked.") from None
        if len(found) > _LARGEST:
            raise self._silent(f"It sent more than the {_LARGEST:,} bytes that a bundle can have.")
        return found

    def files(self) -> None:
        """Nobody can list the files of an address."""

    def _silent(self, why: str) -> Refusal:
        return Refusal(
            "GS-PROOF-021",
            "The log cannot be read.",
            where=self.url,
            why=why,
            remedy="See that the address is right and that the server answers, and try again.",
        )


def published(where: str) -> Published:
    """The log at an address or in a folder.

    Raises:
        Refusal: GS-PROOF-020 if it is neither.
    """
    if where.startswith(("http://", "https://")):
        return Address(where)
    if "://" not in where and Path(where).is_dir():
        return Folder(Path(where))
    raise Refusal(
        "GS-PROOF-020",
        "This is neither a folder nor an address of a log.",
        where=where,
        remedy="Name the folder that holds the file “checkpoint”, or an address that starts with https://.",
    )


class Tiles:
    """Hashes and entries of the first `size` leaves of a published log, fetched when they are asked for."""

    def __init__(self, source: Published, size: int) -> None:
        self.size = size
        self._source = source
        self._kept: dict[Tile, bytes] = {}

    def bytes_of(self, tile: Tile) -> bytes | None:
        """A tile as it is published; a partial one that went is the beginning of the full one. None: not there."""
        found = self._source.read(tile.path)
        if found is None and tile.width < WIDTH:
            full = self._source.read(Tile(tile.level, tile.index).path)
            if full is not None and tile.level != ENTRIES:
                return full[: tile.width * DIGEST]
            return _first(full, tile.width) if full is not None else None
        return found

    def node(self, level: int, index: int) -> bytes:
        """The head of a perfect subtree, for proofs.

        Raises:
            Refusal: GS-PROOF-022 if the tile that it needs is missing or not as long as it must be.
        """
        height, below = divmod(level, HEIGHT)
        first = index << below
        tile = covering(height, first, self.size)
        if tile not in self._kept:
            found = self.bytes_of(tile)
            if found is None or len(found) != tile.width * DIGEST:
                raise _lacking(tile)
            self._kept[tile] = found
        start = (first - tile.start) * DIGEST
        data = self._kept[tile]
        hashes = [data[place : place + DIGEST] for place in range(start, start + (DIGEST << below), DIGEST)]
        return perfect(hashes)

    def entries(self) -> Iterator[bytes]:
        """Every entry in order, as it is published.

        Raises:
            Refusal: GS-PROOF-022 if a bundle is missing or broken.
        """
        for tile in tiles_of(self.size):
            if tile.level == ENTRIES:
                try:
                    found = unbundled(self.bytes_of(tile) or b"")
                except ValueError:
                    raise _lacking(tile) from None
                if len(found) != tile.width:
                    raise _lacking(tile)
                yield from found

    def entry(self, index: int) -> bytes:
        """An entry, as it is published.

        Raises:
            Refusal: GS-PROOF-022 if its bundle is missing or broken.
        """
        tile = covering(ENTRIES, index, self.size)
        found = self.bytes_of(tile)
        try:
            return unbundled(found if found is not None else b"")[index - tile.start]
        except (ValueError, IndexError):
            raise _lacking(tile) from None


def _first(bundle: bytes, count: int) -> bytes:
    """The beginning of a bundle with so many entries; the whole of it if it is broken."""
    place = 0
    for _ in range(count):
        place += 2 + int.from_bytes(bundle[place : place + 2], "big")
    return bundle[:place]


def _lacking(tile: Tile) -> Refusal:
    return Refusal(
        "GS-PROOF-022",
        "A file of the log is missing or broken.",
        where=tile.path,
        remedy="Run “goodstanding log audit”: it names every file that is not as it must be.",
    )
