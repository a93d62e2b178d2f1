"""Receipts: one file that proves, to someone offline, that an entry is in the log, and what the entry stands for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from goodstanding.core.errors import Refusal
from goodstanding.proof.entries import LedgerEntry, canonical, parse
from goodstanding.proof.hashing import Growing, leaf_hash, perfect
from goodstanding.proof.log import State
from goodstanding.proof.notes import Checkpoint, Note, VerifierKey
from goodstanding.proof.paths import inclusion
from goodstanding.proof.published import CHECKPOINT, Published, Tiles

KIND = "goodstanding receipt v1"


@dataclass(frozen=True)
class RecordProof:
    """That a record is one of those that a batch wrote: its place among them, and the path to their head."""

    record: UUID
    leaf: bytes
    index: int
    path: tuple[bytes, ...]


def record_hash(record: UUID, leaf: bytes) -> bytes:
    """The hash of a record in the tree over the records of its batch: of its public id and of its salted digest."""
    return leaf_hash(record.bytes + leaf)


class RecordTree:
    """The tree over the records of a batch, in the order of their rows. Keeps every hash: to prove one of them."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self._hashes = hashes

    @property
    def size(self) -> int:
        """How many records."""
        return len(self._hashes)

    def head(self) -> bytes:
        """The head of the tree."""
        tree = Growing()
        for one in self._hashes:
            tree.add(one)
        return tree.head()

    def proof(self, record: UUID, leaf: bytes) -> RecordProof | None:
        """The proof for one of them; None if it is not among them."""
        wanted = record_hash(record, leaf)
        if wanted not in self._hashes:
            return None
        index = self._hashes.index(wanted)
        path = inclusion(
            index,
            self.size,
            lambda level, place: perfect(list(self._hashes[place << level : place + 1 << level])),
        )
        return RecordProof(record, leaf, index, tuple(path))


def receipt(
    source: Published,
    state: State,
    position: int,
    *,
    salt: bytes,
    said: Mapping[str, object],
    record: RecordProof | None = None,
    witnesses: Sequence[VerifierKey] = (),
) -> bytes:
    """The receipt of a position's entry, as canonical JSON with a newline.

    Args:
        salt: of the entry; with `said`, it opens the entry's digest.
        witnesses: whose cosignatures go along, where the checkpoint has them.

    Raises:
        Refusal: GS-PROOF-070 if the entry is not signed yet, or the log has none; GS-PROOF-022 if files are missing.
    """
    data = source.read(CHECKPOINT)
    note = Note.parse(data.decode()) if data is not None else None
    checkpoint = Checkpoint.parse(note.text) if note else None
    index = state.index_of(position)
    if note is None or checkpoint is None or not 0 < position <= state.position or index >= checkpoint.size:
        raise Refusal(
            "GS-PROOF-070",
            f"The log has no signed entry of position {position}.",
            where=str(source),
            remedy="Run “goodstanding log publish”, which adds what the ledger has and signs it, and ask again.",
        )
    tiles = Tiles(source, checkpoint.size)
    signer = [key for at, key in state.keys if at < checkpoint.size][-1]
    # One order, whoever cosigned first: a receipt can be written in one way only.
    seen = sorted((one for one in witnesses if note.seen_by(one) is not None), key=str)
    lines = tuple(next(line for line in note.lines if line.is_of(key)) for key in (signer, *seen))
    value: dict[str, object] = {
        "receipt": KIND,
        "checkpoint": str(Note(note.text, lines)),
        "entry": _proven(tiles, index),
        "keys": [_proven(tiles, at) for at, _ in state.keys if at < checkpoint.size],
        "said": said,
        "salt": salt.hex(),
        "witnesses": [str(one) for one in seen],
    }
    if record is not None:
        value["record"] = {
            "id": str(record.record),
            "leaf": record.leaf.hex(),
            "index": record.index,
            "path": [b64encode(one).decode() for one in record.path],
        }
    return canonical(value) + b"\n"


def _proven(tiles: Tiles, index: int) -> dict[str, object]:
    path = inclusion(index, tiles.size, tiles.node)
    return {
        "index": index,
        "text": tiles.entry(index).decode(),
        "path": [b64encode(one).decode() for one in path],
    }


def entry_at(source: Published, state: State, position: int, size: int) -> LedgerEntry | None:
    """The entry of a position, as it is published in a log of `size` entries; None if there is none."""
    if not 0 < position <= state.position:
        return None
    entry = parse(Tiles(source, size).entry(state.index_of(position)))
    return entry if isinstance(entry, LedgerEntry) and entry.position == position else None
