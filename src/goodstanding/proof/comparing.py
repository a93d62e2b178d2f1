"""The entries and tiles of a published log against each other and against its checkpoint: what differs, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from goodstanding.proof.findings import Finding
from goodstanding.proof.hashing import DIGEST, EMPTY, Growing, leaf_hash, perfect
from goodstanding.proof.notes import Checkpoint
from goodstanding.proof.published import CHECKPOINT, Published, Tiles
from goodstanding.proof.tiles import ENTRIES, HEIGHT, WIDTH, Tile, covering, tile_at, tiles_of, unbundled


class Stray(Enum):
    """What is wrong with a file that the checkpoint does not need."""

    FOREIGN = "foreign"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Compared:
    """A bundle that was read: its first entry's index, and its entries; none if it is missing or broken."""

    start: int
    entries: list[bytes]


class Levels:
    """Compares a log, bundle by bundle and then level by level. Keeps one hash for 256 entries."""

    def __init__(self, source: Published, checkpoint: Checkpoint, earlier: int | None) -> None:
        self._source = source
        self._checkpoint = checkpoint
        self._tiles = Tiles(source, checkpoint.size)
        self._earlier = earlier
        self._growing = (Growing(), Growing())
        self.earlier_roots = {EMPTY} if earlier == 0 else set[bytes]()
        self._by_entries: list[list[bytes]] = []
        self._by_tile: dict[int, list[bytes]] = {}
        self._found: list[Finding] = []
        self._last: list[bytes] = []
        self._heads: list[bytes] = []
        self._whole = True

    def compare(self) -> Iterator[Compared]:
        """Read every bundle with its tile."""
        for bundle in tiles_of(self._checkpoint.size):
            if bundle.level != ENTRIES:
                continue
            entries = self._entries(bundle)
            hashes = self._hashes(Tile(0, bundle.index, bundle.width))
            said = [leaf_hash(one) for one in entries] if entries is not None else hashes
            if said is None:
                self._whole = False
                said = [bytes(DIGEST)] * bundle.width
            if hashes is not None and hashes != said:
                self._by_tile[bundle.index] = hashes
                self._by_entries.append(said)
            self._take(bundle, said, hashes or said)
            yield Compared(bundle.start, entries or [])

    def _take(self, bundle: Tile, hashes: list[bytes], by_tile: list[bytes]) -> None:
        """The head at the earlier size, by the entries and by the tiles: where they differ, that is found anyway."""
        if self._earlier is not None and self._growing[0].size < self._earlier:
            for tree, leaves in zip(self._growing, (hashes, by_tile), strict=True):
                for one in leaves[: self._earlier - tree.size]:
                    tree.add(one)
            self.earlier_roots = {tree.head() for tree in self._growing}
        if bundle.width == WIDTH:
            self._heads.append(perfect(hashes))
        else:
            self._last = hashes

    def _entries(self, bundle: Tile) -> list[bytes] | None:
        data = self._tiles.bytes_of(bundle)
        if data is None:
            self._found.append(_missing(bundle))
            return None
        try:
            entries = unbundled(data)
        except ValueError:
            entries = []
        if len(entries) != bundle.width:
            self._found.append(
                Finding(
                    "GS-PROOF-064",
                    bundle.path,
                    f"It does not hold {bundle.width} entries, one after another.",
                )
            )
            return None
        return entries

    def _hashes(self, tile: Tile) -> list[bytes] | None:
        data = self._tiles.bytes_of(tile)
        if data is None:
            self._found.append(_missing(tile))
        elif len(data) != tile.width * DIGEST:
            self._found.append(Finding("GS-PROOF-065", tile.path, f"It does not hold {tile.width} hashes."))
        else:
            return _split(data)
        return None

    def findings(self) -> Iterator[Finding]:
        """What differs, after everything was read."""
        above = self._hashes_of_level_one() if self._by_tile else {}
        by_tile = {index: self._right(index, above.get(index)) for index in self._by_tile}
        root = self._root()
        if None in by_tile.values() and root != self._checkpoint.root:
            for index, right in by_tile.items():
                if right is None:
                    self._swap(index)
            if self._root() != self._checkpoint.root:
                for index, right in by_tile.items():
                    if right is None:
                        self._swap(index)
            else:
                by_tile = {index: right or "tile" for index, right in by_tile.items()}
        for (index, hashes), said in zip(self._by_tile.items(), self._by_entries, strict=True):
            yield from self._differing(index, said, hashes, by_tile[index] or "entries")
        yield from self._found
        yield from self._upper()
        if self._whole and self._root() != self._checkpoint.root:
            yield Finding(
                "GS-PROOF-066",
                CHECKPOINT,
                "The entries that are published are not those that it was signed for.",
            )

    def _hashes_of_level_one(self) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for tile in tiles_of(self._checkpoint.size):
            if tile.level == 1:
                data = self._tiles.bytes_of(tile) or b""
                for place in range(len(data) // DIGEST):
                    found[tile.start + place] = data[place * DIGEST : (place + 1) * DIGEST]
        return found

    def _right(self, index: int, above: bytes | None) -> str | None:
        """Which of the two the level above agrees with; None if neither, or if there is nothing above."""
        if above is None or index >= len(self._heads):
            return None
        if self._heads[index] == above:
            return "entries"
        if perfect(self._by_tile[index]) == above:
            self._swap(index)
            return "tile"
        return None

    def _swap(self, index: int) -> None:
        """Go on with what the tile says instead of what the entries say, or back again."""
        place = list(self._by_tile).index(index)
        said, other = self._by_entries[place], self._by_tile[index]
        if index < len(self._heads):
            now = self._heads[index]
            self._heads[index] = perfect(other) if now == perfect(said) else perfect(said)
        else:
            self._last = other if self._last == said else said

    def _differing(self, index: int, said: list[bytes], hashes: list[bytes], right: str) -> Iterator[Finding]:
        tile, bundle = Tile(0, index, len(hashes)), Tile(ENTRIES, index, len(said))
        for place, (one, other) in enumerate(zip(said, hashes, strict=True)):
            if one == other:
                continue
            entry = index * WIDTH + place
            if right == "tile":
                yield Finding(
                    "GS-PROOF-067",
                    f"entry {entry} in {bundle.path}",
                    "This is not the entry that was logged.",
                )
            else:
                yield Finding(
                    "GS-PROOF-068", f"hash {place} in {tile.path}", f"This is not the hash of entry {entry}."
                )

    def _root(self) -> bytes:
        full, rest = Growing(), Growing()
        for one in self._heads:
            full.add(one)
        for one in self._last:
            rest.add(one)
        return Growing(self._checkpoint.size, full.heads + rest.heads).head()

    def _upper(self) -> Iterator[Finding]:
        level, hashes = 1, self._heads
        while hashes:
            for tile in tiles_of(self._checkpoint.size):
                if tile.level == level:
                    yield from self._one_upper(tile, hashes[tile.start : tile.start + tile.width])
            full = len(hashes) // WIDTH
            hashes = [perfect(hashes[n * WIDTH : (n + 1) * WIDTH]) for n in range(full)]
            level += 1

    def _one_upper(self, tile: Tile, wanted: list[bytes]) -> Iterator[Finding]:
        before = len(self._found)
        hashes = self._hashes(tile)
        yield from self._found[before:]
        for place, (one, other) in enumerate(zip(hashes or [], wanted, strict=False)):
            if one != other:
                yield Finding(
                    "GS-PROOF-069", f"hash {place} in {tile.path}", "This is not what the tile below gives."
                )

    def stray(self, path: str) -> Stray | None:
        """What is wrong with a file that lies in the log's folder; None if nothing is.

        A file beyond the checkpoint is of entries that are not signed yet: nobody can judge it.
        """
        tile = tile_at(path)
        if tile is None:
            return Stray.FOREIGN
        there = self._checkpoint.size >> (HEIGHT * max(tile.level, 0))
        now = covering(tile.level, tile.start, self._checkpoint.size)
        if tile.start + tile.width > there or tile == now:
            return None
        data = self._source.read(path) or b""
        if tile.level > 0:
            whole = self._tiles.bytes_of(now) or b""
            return None if data == whole[: tile.width * DIGEST] else Stray.DIFFERENT
        hashes = _split(data) if tile.level == 0 else _leaves(data)
        either = (_split(self._tiles.bytes_of(Tile(0, now.index, now.width))), self._leaves_of(now))
        return None if hashes in [one[: tile.width] for one in either] else Stray.DIFFERENT

    def _leaves_of(self, tile: Tile) -> list[bytes]:
        return _leaves(self._tiles.bytes_of(Tile(ENTRIES, tile.index, tile.width)))


def _missing(tile: Tile) -> Finding:
    return Finding("GS-PROOF-063", tile.path, "The file is missing.")


def _split(data: bytes | None) -> list[bytes]:
    """The hashes of a tile; a rest that is none stays at the end."""
    return [(data or b"")[place : place + DIGEST] for place in range(0, len(data or b""), DIGEST)]


def _leaves(bundle: bytes | None) -> list[bytes]:
    """The hashes of a bundle's entries; none of them if it is broken."""
    try:
        return [leaf_hash(one) for one in unbundled(bundle or b"")]
    except ValueError:
        return []
