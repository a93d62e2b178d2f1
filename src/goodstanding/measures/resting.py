"""Saying that restrictions rest, during a suit or under an approved bankruptcy plan, and that they apply again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.ledger.writing import writing
from goodstanding.measures.models import Pause, Resumption, Shield
from goodstanding.measures.offices import office_of
from goodstanding.measures.refusing import guards_told
from goodstanding.procedures.models import Appointment

Law = Sequence[tuple[str, str]]
"""Instrument and article of each law."""


class Suit(StrEnum):
    """Where the decision behind an entry is contested."""

    REVIEW = "administrative_review"
    COURT = "administrative_suit"


class Plan(StrEnum):
    """What a court approved for an organisation in bankruptcy."""

    REORGANISATION = "reorganisation"
    SETTLEMENT = "settlement"


class Over(StrEnum):
    """How a rest ended: the first three a suit, the others a plan.

    A decision that a court annuls resumes nothing: its entry ends, and with it every order.
    """

    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"
    STAY_ENDED = "stay_ended"
    COMPLETED = "completed"
    FAILED = "failed"


ENDS_A_SUIT = (Over.UPHELD, Over.WITHDRAWN, Over.STAY_ENDED)
ENDS_A_PLAN = (Over.COMPLETED, Over.FAILED)


@dataclass(frozen=True)
class Shown:
    """What a rest stands on: the law, the court or body with its number, and the document that shows it."""

    basis: Law
    reference: str
    evidence: str


def pause(
    record: Record,
    by: Appointment,
    kind: Suit,
    shown: Shown,
    *,
    stayed: bool = False,
    from_on: date,
    to_on: date,
    clock: Clock,
) -> Pause:
    """Let the measures of an entry rest whose law says so, while its decision is before a court.

    Args:
        stayed: the court or the body stayed the decision: every restriction of the entry rests.
        to_on: the first day on which they apply again, if nothing else is said before; the entry's end at the latest.

    Raises:
        Refusal: GS-ORDER-010 without law, reference or evidence, or with days that go backwards; -014 with the
            number of a person; -066 by anyone but the authority that listed; -067 outside the entry's days, or of an
            entry that ended; -068 where the law of no restriction of the entry lets it rest.
    """
    _check(from_on, to_on, shown)
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        common = _common(from_on, to_on, shown, by, event)
        return Pause.objects.create(record=record, kind=kind.value, stayed=stayed, **common)


def shield(
    subject: Subject, by: Appointment, kind: Plan, shown: Shown, *, from_on: date, to_on: date, clock: Clock
) -> Shield:
    """Let an organisation's measures rest that an approved bankruptcy plan shields from.

    Args:
        to_on: the first day after the time that the plan states for its execution.

    Raises:
        Refusal: as `pause`.
    """
    _check(from_on, to_on, shown)
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        common = _common(from_on, to_on, shown, by, event)
        return Shield.objects.create(subject=subject, kind=kind.value, **common)


def resume(
    rest: Pause | Shield, by: Appointment, outcome: Over, evidence: str, *, on: date, clock: Clock
) -> Resumption:
    """Let measures apply again from a day on: the court decided, the stay ended, the plan was carried out or failed.

    Raises:
        Refusal: GS-ORDER-015 for an outcome that is none of such a rest; -016 if it was ended already; -010 without
            evidence; -014 with the number of a person; -066 by anyone but the authority that listed; -069 on a day
            outside the rest or to come.
    """
    ends: dict[str, Any] = {"pause": rest} if isinstance(rest, Pause) else {"shield": rest}
    if outcome not in (ENDS_A_SUIT if isinstance(rest, Pause) else ENDS_A_PLAN):
        raise Refusal(
            "GS-ORDER-015",
            f"“{outcome.value}” ends no such rest.",
            why="A suit is upheld or withdrawn, or its stay ends; a plan is completed or fails.",
            remedy="Name one of these. Where the court annulled the decision, end the entry: that lifts its orders.",
        )
    if Resumption.objects.filter(**ends).exists():
        raise Refusal(
            "GS-ORDER-016",
            "This rest was ended already.",
            where=str(rest.public_id),
            remedy="Enter a new one, if there is another suit or plan.",
        )
    _shown(evidence)
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        return Resumption.objects.create(
            on=on, outcome=outcome.value, evidence=evidence.strip(), appointment=by, event=event, **ends
        )


def _common(from_on: date, to_on: date, shown: Shown, by: Appointment, event: Event) -> dict[str, Any]:
    return {
        "from_on": from_on,
        "to_on": to_on,
        "basis": [list(one) for one in shown.basis],
        "reference": shown.reference.strip(),
        "evidence": shown.evidence.strip(),
        "appointment": by,
        "event": event,
    }


def _check(from_on: date, to_on: date, shown: Shown) -> None:
    named = bool(shown.basis) and all(says_something(instrument) for instrument, _ in shown.basis)
    if not named or not says_something(shown.reference):
        raise Refusal(
            "GS-ORDER-010",
            "A rest names its law, and the court or body with the number of its case.",
            why="Otherwise nobody could check why a measure is not applied.",
            remedy="Name the law and the court's case.",
        )
    _shown(shown.evidence, shown.reference)
    if to_on <= from_on:
        raise Refusal(
            "GS-ORDER-010",
            f"It cannot end on {to_on} and begin on {from_on}.",
            remedy="Give the first day, and the first day on which the measures apply again.",
        )


def _shown(evidence: str, *beside: str) -> None:
    if not says_something(evidence):
        raise Refusal(
            "GS-ORDER-010",
            "A rest, and its end, are shown by a document.",
            why="Otherwise nobody could check why a measure is not applied.",
            remedy="Name the document: the notice of acceptance, the ruling, the plan.",
        )
    if any(personal_number_in(one) is not None for one in (evidence, *beside)):
        raise Refusal(
            "GS-ORDER-014",
            "The text holds a personal number.",
            why="No number of a natural person is kept with a measure.",
            remedy="Leave the number out.",
        )
