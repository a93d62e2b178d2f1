"""The right edge of a growing log: the tiles and the bundle that are not yet full, and what they carry upwards."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.proof.durable import Writing
from goodstanding.proof.hashing import DIGEST, Growing, leaf_hash, perfect
from goodstanding.proof.published import Folder, Tiles
from goodstanding.proof.tiles import ENTRIES, HEIGHT, WIDTH, Tile, bundled, covering, unbundled


class Edge:
    """The unfinished tiles of a log of `size` entries; `levels` hold their hashes, the lowest first."""

    def __init__(self, size: int, entries: list[bytes], levels: list[list[bytes]]) -> None:
        self.size = size
        self.entries = entries
        self.levels = levels

    @classmethod
    def read(cls, folder: Folder, size: int) -> Edge | None:
        """The edge of a published log; None if a file of it is missing or broken."""
        tiles, levels, entries = Tiles(folder, size), [], list[bytes]()
        for level in range((size.bit_length() + HEIGHT - 1) // HEIGHT):
            width = (size >> (HEIGHT * level)) % WIDTH
            found = tiles.bytes_of(covering(level, size >> (HEIGHT * level), size)) if width else b""
            if found is None or len(found) != width * DIGEST:
                return None
            levels.append([found[place : place + DIGEST] for place in range(0, len(found), DIGEST)])
        if size % WIDTH:
            try:
                entries = unbundled(tiles.bytes_of(covering(ENTRIES, size, size)) or b"")
            except ValueError:
                return None
            if [leaf_hash(one) for one in entries] != levels[0]:
                return None
        return cls(size, entries, levels)

    def head(self) -> bytes:
        """The head of the tree."""
        heads = list[bytes]()
        for hashes in reversed(self.levels):
            part = Growing()
            for one in hashes:
                part.add(one)
            heads += part.heads
        return Growing(self.size, heads).head()

    def add(self, entry: bytes, writing: Writing, folder: Folder) -> None:
        """Add an entry; tiles that become full are handed to `writing`."""
        self.entries.append(entry)
        self.size += 1
        carried: bytes | None = leaf_hash(entry)
        if len(self.entries) == WIDTH:
            self._write(Tile(ENTRIES, self.size // WIDTH - 1), bundled(self.entries), writing, folder)
            self.entries = []
        level = 0
        while carried is not None:
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(carried)
            carried = None
            if len(self.levels[level]) == WIDTH:
                hashes, self.levels[level] = self.levels[level], []
                index = (self.size >> (HEIGHT * (level + 1))) - 1
                self._write(Tile(level, index), b"".join(hashes), writing, folder)
                carried = perfect(hashes)
            level += 1

    def write(self, writing: Writing, folder: Folder) -> None:
        """Hand over the unfinished tiles too."""
        for tile, data in self._partial():
            self._write(tile, data, writing, folder)

    def _partial(self) -> Iterator[tuple[Tile, bytes]]:
        if self.entries:
            yield covering(ENTRIES, self.size, self.size), bundled(self.entries)
        for level, hashes in enumerate(self.levels):
            if hashes:
                yield covering(level, self.size >> (HEIGHT * level), self.size), b"".join(hashes)

    @staticmethod
    def _write(tile: Tile, data: bytes, writing: Writing, folder: Folder) -> None:
        writing.write(folder.path / tile.path, data)
