"""The keys of a log: the first, one that takes over from another, one after a loss. Each is an entry of the log.

The order of the steps makes every one of them safe to stop at: the new key lies beside the old one until the log
names it and is signed by it; only then does it take the old one's place.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.proof.entries import KeyEntry, lawful_origin
from goodstanding.proof.keys import Signer
from goodstanding.proof.log import Log
from goodstanding.proof.notes import Note, VerifierKey

LOST = "lost"


@dataclass(frozen=True)
class KeyRing:
    """The folder with the key that signs, and for a moment the one that takes over."""

    folder: Path

    @property
    def current(self) -> Path:
        """The key that signs."""
        return self.folder / "log-key.pem"

    @property
    def coming(self) -> Path:
        """The key that takes over; it is there only while it does."""
        return self.folder / "log-key.coming.pem"


def begin(log: Log, ring: KeyRing, name: str, day: date, *, lost: bool = False) -> VerifierKey:
    """Make the first key of a log, or one after the key was lost; whoever calls holds the log.

    Raises:
        Refusal: GS-PROOF-005 the name is none; GS-PROOF-013 there is a key; GS-PROOF-014 the log has one elsewhere, or
            was named otherwise.
    """
    if ring.current.exists() and not lost:
        raise Refusal(
            "GS-PROOF-013",
            "The log has a key.",
            where=str(ring.current),
            remedy="Change it with “goodstanding log key rotate”; say --lost only if nobody can use it any more.",
        )
    keys = log.state().keys
    if keys and (not lost or name not in ("", keys[-1][1].name)):
        raise Refusal(
            "GS-PROOF-014",
            f"The log “{keys[-1][1].name}” was signed with a key that is not here.",
            where=str(keys[-1][1]),
            why="A log keeps its name, and a new key is vouched for by the one before it.",
            remedy="Restore secrets/log-key.pem from the backup of the home. If it is lost, say --lost and no"
            " other name: the log then says so for ever.",
        )
    if not ring.coming.exists():
        Signer.new(keys[-1][1].name if keys else lawful_origin(name)).write(ring.coming, log.kept)
    return _take_over(log, ring, day, lost=bool(keys))


def rotate(log: Log, ring: KeyRing, day: date) -> VerifierKey:
    """Let a new key take over, vouched for by the one before; whoever calls holds the log.

    Raises:
        Refusal: GS-PROOF-010 to 012 if the key that signs cannot be used.
    """
    settle(log, ring, day)
    signer = Signer.read(ring.current)
    log.sign(signer)  # refuses a key that is not the log's
    Signer.new(signer.name).write(ring.coming, log.kept)
    return _take_over(log, ring, day)


def sign(log: Log, ring: KeyRing, day: date) -> Note:
    """Sign how far the log has come, after ending a change of keys that was stopped; whoever calls holds the log.

    Raises:
        Refusal: GS-PROOF-010 to 012 if the key that signs cannot be used; GS-PROOF-032 if it is not the log's.
    """
    settle(log, ring, day)
    return log.sign(Signer.read(ring.current))


def settle(log: Log, ring: KeyRing, day: date) -> None:
    """End a change of keys that was stopped half-way."""
    if ring.coming.exists():
        _take_over(log, ring, day, lost=not ring.current.exists() and bool(log.state().keys))


def _take_over(log: Log, ring: KeyRing, day: date, *, lost: bool = False) -> VerifierKey:
    signer, keys = Signer.read(ring.coming), log.state().keys
    if not keys or keys[-1][1] != signer.public():
        before = keys[-1][1] if keys else None
        by = None if before is None or lost else Signer.read(ring.current).key
        entry = KeyEntry.signed(
            signer.name, signer.key, day, previous=before, by=by, reason=LOST if lost else ""
        )
        log.append([entry])
    log.sign(signer)
    if ring.current.exists():
        _overwrite(ring.current)
    ring.coming.replace(ring.current)
    return signer.public()


def _overwrite(path: Path) -> None:
    """A key that no longer signs is of use only to a forger."""
    with path.open("r+b") as target:
        target.write(b"\0" * path.stat().st_size)
        target.flush()
        os.fsync(target.fileno())
