"""Small logs to try things on: their entries and keys are always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goodstanding.proof.entries import LedgerEntry, commitment, salt_of
from goodstanding.proof.log import Log
from goodstanding.proof.signing import KeyRing, begin, sign

DAY = date(2026, 11, 2)
NAME = "credit.example/log"
SECRET = b"s" * 32


def said(position: int) -> dict[str, object]:
    """What the entry of a position commits to."""
    root = hashlib.sha256(str(position).encode()).hexdigest()
    return {"event": f"0199-{position}", "root": root, "digest": ""}


def entries(first: int, last: int) -> Iterator[LedgerEntry]:
    """The entries of positions of an invented ledger."""
    kinds = ("node", "intake", "ending", "run", "case")
    for position in range(first, last + 1):
        digest = commitment(salt_of(SECRET, position), said(position))
        yield LedgerEntry(kinds[position % 5], position, DAY, digest)


@dataclass(frozen=True)
class Place:
    """A log with its folders and keys."""

    log: Log
    ring: KeyRing

    @property
    def folder(self) -> Path:
        """What is published."""
        return self.log.folder.path

    def add(self, last: int, *, signed: bool = True) -> None:
        """Go on to a position."""
        with self.log.held():
            self.log.append(entries(self.log.state().position + 1, last))
            if signed:
                sign(self.log, self.ring, DAY)


def place(folder: Path, *, begun: bool = True) -> Place:
    """A new log."""
    (folder / "secrets").mkdir(parents=True)
    found = Place(Log(folder / "log", folder / "log-state"), KeyRing(folder / "secrets"))
    if begun:
        with found.log.held():
            begin(found.log, found.ring, NAME, DAY)
    return found
