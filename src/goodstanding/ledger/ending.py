"""Endings and merges that a person decides: one event each, with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import duckdb

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.models import Ending, Event, Merge, Part, Record, Subject
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.saying import reason_of
from goodstanding.ledger.writing import OPERATOR, current_position, one_at_a_time, operating, writing

NEVER_COUNTED = date(1, 1, 1)
_VOIDING = frozenset({Ending.Ground.CORRECTED, Ending.Ground.WITHDRAWN, Ending.Ground.ANNULLED})


def end_record(
    record: UUID, ground: Ending.Ground, *, on: date, reason: str, home: Home, clock: Clock, actor: str
) -> Ending:
    """Say why a record stops counting, from `on` or, if it was never right, from the start.

    Raises:
        Refusal: GS-LEDGER-040 no such record; GS-LEDGER-041 it ended on this ground already;
            GS-LEDGER-106 or -107 for the reason.
    """
    reason_of(reason)
    found = Record.objects.filter(public_id=record).first()
    if found is None:
        raise Refusal("GS-LEDGER-040", "There is no such record.", where=str(record), remedy="Check the id.")
    if Ending.objects.filter(record=found, ground=ground).exists():
        raise Refusal(
            "GS-LEDGER-041",
            f"The record ended on the ground “{ground}” already.",
            where=str(record),
            remedy="Nothing needs to be done.",
        )
    until = counts_until(ground, on)
    with writing(Event.Kind.ENDING, actor=actor, clock=clock) as event:
        one_at_a_time()
        return write_ending(event, found, ground, until=until, reason=reason, home=home)


def counts_until(ground: Ending.Ground, on: date) -> date:
    """The first day on which a record counts no more: `on`, or the first of all days if it was never right."""
    return NEVER_COUNTED if ground in _VOIDING else on


def write_ending(
    event: Event, record: Record, ground: Ending.Ground, *, until: date, reason: str, home: Home
) -> Ending:
    """Write an ending inside an event that is open, to the ledger and to the extract."""
    ending = Ending.objects.create(
        record=record, ground=ground, counts_until=until, reason=reason, event=event
    )
    with duckdb.connect() as con:
        part = write_part(
            con,
            home,
            f"SELECT {record.pk}::BIGINT AS record_id, DATE '{until.isoformat()}' AS counts_until",
            event_id=event.pk,
            name=f"endings-{record.pk & 0xFFFFFFFF}-{record.pk >> 32}",
            kind=Part.Kind.ENDINGS,
        )
    register_part(part, event)
    return ending


def judge_merge(
    kind: Merge.Kind, first: Subject, second: Subject, *, reason: str, clock: Clock, actor: str
) -> Merge:
    """Judge that `first` is the same organisation as `second`, that it is not, or undo such a judgement.

    As the owner of the database: whose records and whose measures are whose is not said by the role that serves pages.
    Files are read as judged at once; what was decided about one of them before meets the other only by a decision of
    its own (`measures.meant`).

    Raises:
        Refusal: GS-LEDGER-053 in a process that has no connection of the owner;
            GS-LEDGER-042 if the two were judged to be different before: that lasts until it is undone;
            GS-LEDGER-106 or -107 for the reason;
            GS-LEDGER-043 if the first is merged already, or the merges would go in a circle.
    """
    reason_of(reason)
    newest = (
        Merge.objects.filter(from_subject__in=(first, second), into_subject__in=(first, second))
        .order_by("-id")
        .first()
    )
    if kind == Merge.Kind.SAME and newest is not None and newest.kind == Merge.Kind.DIFFERENT:
        raise Refusal(
            "GS-LEDGER-042",
            "These two were judged to be different organisations.",
            where=f"{first.identifier}, {second.identifier}",
            why=newest.reason,
            remedy="Undo that judgement first, with a reason.",
        )
    with operating(Event.Kind.MERGE, actor=actor, clock=clock) as event:
        one_at_a_time(OPERATOR)
        into = merges_at(current_position())
        if kind == Merge.Kind.SAME and (first.pk in into or into.get(second.pk, second.pk) == first.pk):
            raise Refusal(
                "GS-LEDGER-043",
                "One of these is merged already.",
                where=f"{first.identifier}, {second.identifier}",
                why="Each organisation has one file, and merges must not go in a circle.",
                remedy="Merge into the organisation that holds the file, or undo the earlier merge first.",
            )
        judged = Merge.objects.using(OPERATOR).create(
            kind=kind, from_subject_id=first.pk, into_subject_id=second.pk, reason=reason, event=event
        )
    return Merge.objects.get(pk=judged.pk)
