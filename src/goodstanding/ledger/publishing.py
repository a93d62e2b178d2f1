"""Add what the ledger has to the public log, and sign it. The ledger is the queue, so that nothing is skipped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.entries import entries, events, keys_of, log_of, records_of
from goodstanding.ledger.models import Position, Record
from goodstanding.ledger.node import kept_secret
from goodstanding.proof.entries import salt_of
from goodstanding.proof.log import Log
from goodstanding.proof.notes import VerifierKey
from goodstanding.proof.receipts import RecordProof, RecordTree, entry_at, receipt, record_hash
from goodstanding.proof.signing import sign
from goodstanding.proof.witnesses import known_witnesses


@dataclass(frozen=True)
class Publication:
    """How far the log has come; `refused` says why it is not signed up to there."""

    added: int
    size: int
    position: int
    unsigned: int
    key: VerifierKey
    refused: Refusal | None


def publish(home: Home, clock: Clock, *, wait: bool = True) -> Publication | None:
    """Add the events that the log has not, and sign. Without a key that can be used, they wait to be signed.

    Returns None if another process publishes at this moment, and `wait` is not asked for.

    Raises:
        Refusal: GS-PROOF-034 if no log was begun; GS-PROOF-033 if the ledger is not the one of which the log is;
            GS-PROOF-030 if the log's own files are broken; GS-LEDGER-020 without the node's secret.
    """
    log = log_of(home)
    if not log.exists():
        raise Refusal(
            "GS-PROOF-034",
            "This installation has no public log yet.",
            where=str(home.log),
            remedy="Begin it with “goodstanding log key new --name NAME”.",
        )
    with log.held(wait=wait) as held:
        if not held:
            return None
        before = log.state()
        _same_ledger(home, log, before.position)
        after = log.append(entries(home, before.position))
        refused = None
        try:
            sign(log, keys_of(home), clock.today())
        except Refusal as refusal:
            refused = refusal
        state, unsigned = log.state(), log.unsigned()
        return Publication(
            added=after.position - before.position,
            size=state.size,
            position=state.position,
            unsigned=unsigned,
            key=state.keys[-1][1],
            refused=refused if unsigned else None,
        )


def _same_ledger(home: Home, log: Log, position: int) -> None:
    """A ledger that was restored from a backup may have less than the log, or something else."""
    state = log.state()
    now = list(entries(home, position - 1, position)) if position else []
    logged = entry_at(log.folder, state, position, state.size)
    if (now[0] if now else None) != logged:
        raise Refusal(
            "GS-PROOF-033",
            f"At position {position}, the log holds something else than the ledger.",
            where=str(home.log),
            why="The log cannot be taken back: what it said, others may have kept.",
            remedy="Run “goodstanding ledger check”, which names every difference. A database from a backup lacks what"
            " was written after it.",
        )


def receipt_of_position(home: Home, position: int, record: Record | None = None) -> bytes:
    """The receipt of a position's event, or of a record that it wrote.

    Raises:
        Refusal: GS-PROOF-070 if the log has no signed entry of it.
    """
    log, found = log_of(home), next(events(position - 1, position), None) if position > 0 else None
    if found is None or not log.exists():
        raise Refusal(
            "GS-PROOF-070",
            f"The log has no signed entry of position {position}.",
            where=str(home.log),
            remedy="Run “goodstanding log publish”, which adds what the ledger has and signs it, and ask again.",
        )
    return receipt(
        log.folder,
        log.state(),
        position,
        salt=salt_of(kept_secret(home), position),
        said=found.said,
        record=_record_proof(record) if record else None,
        witnesses=known_witnesses(log.kept),
    )


def receipt_of_record(home: Home, public_id: UUID) -> bytes:
    """The receipt of a record: of the event that wrote it, with the record's place in it.

    It holds the record's salted digest and none of its content: after an erasure it tells no more than before.

    Raises:
        Refusal: GS-LEDGER-050 if there is no such record; GS-PROOF-070 if the log has no signed entry of it.
    """
    record = Record.objects.filter(public_id=public_id).first()
    if record is None:
        raise Refusal(
            "GS-LEDGER-050", "There is no such record.", where=str(public_id), remedy="Check the id."
        )
    position = Position.objects.get(event_id=record.event_id).number
    return receipt_of_position(home, position, record)


def _record_proof(record: Record) -> RecordProof | None:
    tree = RecordTree([record_hash(*one) for one in records_of(record.event_id)])
    return tree.proof(record.public_id, bytes(record.leaf))
