"""The log of one installation: entries are added in order, and signed when there is a key to sign with.

Two folders: `published` holds nothing but what a file server may give to everyone; `kept` holds the state and the
lock. What is added counts from the moment in which the state says so; files that a killed process wrote beyond it
are written again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.proof.durable import Writing, alone, write_durably
from goodstanding.proof.edge import Edge
from goodstanding.proof.entries import Entry, KeyEntry, LedgerEntry
from goodstanding.proof.hashing import EMPTY
from goodstanding.proof.keys import Signer
from goodstanding.proof.notes import Checkpoint, Note, VerifierKey
from goodstanding.proof.published import CHECKPOINT, Folder
from goodstanding.proof.tiles import ENTRIES, HEIGHT, WIDTH, Tile, tile_at

SET = 1 << 16
"""Entries that are made durable together."""


@dataclass(frozen=True)
class State:
    """How far the log has come; `keys` with the index of the entry that says that they sign."""

    size: int = 0
    root: bytes = EMPTY
    position: int = 0
    keys: tuple[tuple[int, VerifierKey], ...] = ()

    @property
    def data(self) -> bytes:
        """As it is kept."""
        return json.dumps(
            {
                "size": self.size,
                "root": self.root.hex(),
                "position": self.position,
                "keys": [[index, str(key)] for index, key in self.keys],
            },
            indent=1,
        ).encode()

    @classmethod
    def parse(cls, data: bytes) -> State:
        """Raises ValueError, KeyError or TypeError if it is none."""
        said = json.loads(data)
        keys = tuple((int(index), VerifierKey.parse(key)) for index, key in said["keys"])
        return cls(int(said["size"]), bytes.fromhex(said["root"]), int(said["position"]), keys)

    def index_of(self, position: int) -> int:
        """Where the entry of a position stands: entries of keys come between."""
        index = position - 1
        for at, _ in self.keys:
            index += at <= index
        return index

    def after(self, entry: Entry) -> State:
        """With one more entry; size and root are told by the edge."""
        if isinstance(entry, KeyEntry):
            return replace(self, size=self.size + 1, keys=(*self.keys, (self.size, entry.key)))
        return replace(self, size=self.size + 1, position=entry.position)


class Log:
    """A log that this installation writes."""

    def __init__(self, published: Path, kept: Path) -> None:
        self.folder = Folder(published)
        self.kept = kept
        self._state = kept / "state.json"
        self._begun = kept / "begun"

    def exists(self) -> bool:
        """Whether it was ever begun."""
        return self._state.exists()

    def state(self) -> State:
        """How far it has come.

        Raises:
            Refusal: GS-PROOF-030 if what is kept of it cannot be read.
        """
        if not self.exists():
            if self.checkpoint() is not None:
                raise self._broken("The log is published here, and its state is not kept.")
            return State()
        try:
            return State.parse(self._state.read_bytes())
        except (ValueError, KeyError, TypeError, Refusal):
            raise self._broken("The state of the log cannot be read.") from None

    def checkpoint(self) -> Note | None:
        """The newest checkpoint that was signed; None if there is none."""
        found = self.folder.read(CHECKPOINT)
        return Note.parse(found.decode("utf-8", errors="replace")) if found is not None else None

    def unsigned(self) -> int:
        """How many entries wait to be signed."""
        note = self.checkpoint()
        return self.state().size - (Checkpoint.parse(note.text).size if note else 0)

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[bool]:
        """Be the only one who writes; yields whether one is."""
        for folder in (self.folder.path, self.kept):
            folder.mkdir(mode=0o700, exist_ok=True)
        with alone(self.kept / "lock", wait=wait) as held:
            yield held

    def append(self, entries: Iterable[Entry]) -> State:
        """Add entries, in order and in sets; whoever calls holds the log. Returns how far it has come.

        Raises:
            Refusal: GS-PROOF-030 the log's newest files are not what the state says; GS-PROOF-031 an entry of the
                ledger is not of the next position.
        """
        state = self.state()
        self._take_back(state.size)
        edge = self._edge(state)
        todo = iter(entries)
        while batch := list(islice(todo, SET)):
            writing = Writing(self.kept)
            for entry in batch:
                if isinstance(entry, LedgerEntry) and entry.position != state.position + 1:
                    raise Refusal(
                        "GS-PROOF-031",
                        f"After position {state.position} comes {state.position + 1}, not {entry.position}.",
                        where=str(self.folder),
                        remedy="Run “goodstanding ledger check”.",
                    )
                edge.add(entry.data, writing, self.folder)
                state = state.after(entry)
            edge.write(writing, self.folder)
            write_durably(self._begun, b"", self.kept, 0o600)
            writing.settle()
            state = replace(state, root=edge.head())
            write_durably(self._state, state.data, self.kept, 0o600)
            self._begun.unlink()
            self._sweep(state.size - len(batch), state.size)
        return state

    def sign(self, signer: Signer) -> Note:
        """Sign how far it has come, unless that is signed already; whoever calls holds the log.

        Raises:
            Refusal: GS-PROOF-032 if this is not the key that signs.
        """
        state = self.state()
        if not state.keys or state.keys[-1][1] != signer.public():
            raise Refusal(
                "GS-PROOF-032",
                "This is not the key that signs the log now.",
                where=str(signer.public()),
                why="The log names its keys in entries of its own.",
                remedy="Restore the key from the backup of the home, or change it with “goodstanding log key rotate”.",
            )
        there = self.checkpoint()
        wanted = Checkpoint(signer.name, state.size, state.root).text
        if there is not None and there.text == wanted and there.is_signed_by(signer.public()):
            return there
        note = Note(wanted).signed(signer.key, signer.name)
        self.publish(note)
        return note

    def publish(self, note: Note) -> None:
        """Put a checkpoint into its place."""
        write_durably(self.folder.path / CHECKPOINT, str(note).encode(), self.kept)

    def _edge(self, state: State) -> Edge:
        edge = Edge.read(self.folder, state.size)
        if edge is None or edge.head() != state.root:
            raise self._broken("The newest files of the log are not what was written last.")
        return edge

    def _take_back(self, size: int) -> None:
        """Remove what a set wrote that was stopped half-way: other entries may come in its place."""
        if not self._begun.exists():
            return
        for path in self.folder.files():
            tile = tile_at(path)
            if tile and tile.start + tile.width > size >> (HEIGHT * max(tile.level, 0)):
                (self.folder.path / path).unlink()
        self._begun.unlink()

    def _sweep(self, before: int, after: int) -> None:
        """Partial tiles go when the full one is there."""
        for level in (ENTRIES, *range((after.bit_length() + HEIGHT - 1) // HEIGHT)):
            index = (before >> (HEIGHT * max(level, 0))) // WIDTH
            if (after >> (HEIGHT * max(level, 0))) // WIDTH > index:
                partial = self.folder.path / f"{Tile(level, index).path}.p"
                if partial.exists():
                    shutil.rmtree(partial)

    def _broken(self, what: str) -> Refusal:
        return Refusal(
            "GS-PROOF-030",
            what,
            where=str(self.folder),
            remedy="Run “goodstanding log audit” on the folder, and restore log and log-state from one backup.",
        )
