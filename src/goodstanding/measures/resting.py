"""Saying that restrictions rest: during a suit, or under an approved bankruptcy plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.ledger.writing import writing
from goodstanding.measures.models import Pause, Shield
from goodstanding.measures.offices import office_of
from goodstanding.measures.refusing import guards_told
from goodstanding.procedures.models import Appointment

Law = Sequence[tuple[str, str]]
"""Instrument and article of each law."""


def pause(
    record: Record, by: Appointment, *, from_on: date, to_on: date, basis: Law, reference: str, clock: Clock
) -> Pause:
    """Let the measures of an entry rest whose law says so, while its decision is before a court.

    Args:
        to_on: the first day on which they apply again; with `from_on` on the same day it ends an earlier pause.
        reference: the court and the number of its case.

    Raises:
        Refusal: GS-ORDER-010 without a basis or a reference, or with days that go backwards; -066 by
            anyone but the authority that listed.
    """
    _check(from_on, to_on, basis, reference)
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        return Pause.objects.create(
            record=record,
            from_on=from_on,
            to_on=to_on,
            basis=[list(one) for one in basis],
            reference=reference,
            appointment=by,
            event=event,
        )


def shield(
    subject: Subject, by: Appointment, *, from_on: date, to_on: date, basis: Law, reference: str, clock: Clock
) -> Shield:
    """Let an organisation's measures rest that an approved bankruptcy plan shields from; arguments as `pause`.

    Raises:
        Refusal: GS-ORDER-010 without a basis or a reference, or with days that go backwards; -066 by
            anyone but the authority that listed.
    """
    _check(from_on, to_on, basis, reference)
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        return Shield.objects.create(
            subject=subject,
            from_on=from_on,
            to_on=to_on,
            basis=[list(one) for one in basis],
            reference=reference,
            appointment=by,
            event=event,
        )


def _check(from_on: date, to_on: date, basis: Law, reference: str) -> None:
    if not basis or not all(instrument.strip() for instrument, _ in basis) or not reference.strip():
        raise Refusal(
            "GS-ORDER-010",
            "A measure rests on a law and on a case of a court.",
            why="Otherwise nobody could check why it is not applied.",
            remedy="Name the law and the court's case.",
        )
    if to_on < from_on:
        raise Refusal(
            "GS-ORDER-010",
            f"It cannot end on {to_on} and begin on {from_on}.",
            remedy="Give the first day, and the first day on which the measures apply again.",
        )
