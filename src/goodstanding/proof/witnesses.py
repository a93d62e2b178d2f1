"""The witnesses whose cosignatures an installation hands on: their keys, one a line."""

from __future__ import annotations

from pathlib import Path

from goodstanding.proof.durable import write_durably
from goodstanding.proof.log import Log
from goodstanding.proof.notes import WITNESS, Note, VerifierKey
from goodstanding.proof.witnessing import accepted

_FILE = "witnesses.txt"


def known_witnesses(kept: Path) -> list[VerifierKey]:
    """The witnesses that were accepted, in the order in which they were."""
    path = kept / _FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [VerifierKey.parse(line, WITNESS) for line in lines]


def accept(log: Log, cosigned: Note, witness: VerifierKey) -> Note:
    """Publish a witness's cosignature with the newest checkpoint; whoever calls holds the log.

    Raises:
        Refusal: GS-PROOF-078 if it is not of that checkpoint, or does not verify.
    """
    note = accepted(log.checkpoint() or Note("\n"), cosigned, witness)
    known = known_witnesses(log.kept)
    if witness not in known:
        lines = "".join(f"{one}\n" for one in (*known, witness))
        write_durably(log.kept / _FILE, lines.encode(), log.kept, 0o600)
    log.publish(note)
    return note
