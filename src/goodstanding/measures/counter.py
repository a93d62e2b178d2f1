"""The check at the counter: before an authority decides, it asks what applies there, and says what it made of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import Effect, Process
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Event, Subject
from goodstanding.ledger.writing import writing
from goodstanding.measures.applying import orders_that_apply
from goodstanding.measures.log import keep_question, keep_use
from goodstanding.measures.models import Business, Order, Question, Use
from goodstanding.measures.precedence import Met, Standing, resolve
from goodstanding.procedures.commitments import Commitment, public_commitments
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.queries import appointments_of

_EARLIEST = "Etc/GMT-14"
"""Where a day begins first: an office asks on its own day, which may be a day ahead of the ledger's in UTC."""


@dataclass(frozen=True)
class Line:
    """One measure of an answer, with its law as (instrument, article).

    `prevails_over` and `yields_to` are paths of measures of the other effect: a benefit met a restriction.
    """

    order: UUID
    measure: str
    title: dict[str, str]
    effect: Effect
    law: tuple[tuple[str, str], ...]
    until: date
    stands: bool
    prevails_over: tuple[str, ...] = ()
    yields_to: str = ""

    @property
    def why(self) -> str:
        """In words, where a benefit met a restriction."""
        if self.yields_to:
            return (
                f"yields to {self.yields_to}, which rests on the higher instrument or, at one rank, restricts"
            )
        return f"prevails over {', '.join(self.prevails_over)}" if self.prevails_over else ""


@dataclass(frozen=True)
class Answer:
    """What applies to a subject at a counter on a day, the measure that prevails first.

    `commitments`: what the organisation promised authorities and has still to keep, or did not wholly keep, as the
    public page of its file says. It is no measure: nothing is applied because of it.
    """

    question: Question
    lines: tuple[Line, ...]
    commitments: tuple[Commitment, ...] = ()


def open_business(
    authority: str,
    process: Process,
    *,
    from_on: date,
    to_on: date,
    catalogue: Catalogue,
    clock: Clock,
    actor: str,
) -> Business:
    """Let the officials of an authority ask where it has a kind of business.

    Raises:
        Refusal: GS-COUNTER-001 for a market participant, or an authority that no pack has; -008 for days that go
            backwards.
    """
    known = {one.path: one for pack in catalogue.packs for one in pack.authorities}
    if authority not in known or known[authority].market:
        raise Refusal(
            "GS-COUNTER-001",
            f"{authority} is no authority that decides on {process}.",
            why="Banks, platforms and associations subscribe; they have no counter.",
            remedy="Name an authority of a pack.",
        )
    if to_on <= from_on:
        raise Refusal(
            "GS-COUNTER-008",
            f"It cannot end on {to_on} and begin on {from_on}.",
            remedy="Name a later day for its end.",
        )
    with writing(Event.Kind.CASE, actor=actor, clock=clock) as event:
        return Business.objects.create(
            authority=authority, process=process.value, from_on=from_on, to_on=to_on, event=event
        )


def ask(
    authority: str,
    by: Appointment,
    subject: Subject,
    process: Process,
    purpose: str,
    *,
    day: date,
    clock: Clock,
    procedure_of: Callable[[str], Procedure | None] = lambda digest: None,
) -> Answer:
    """What an authority has to apply to an organisation in one piece of its business, and nothing else.

    Only what was ordered from this authority, applies in this process on this day and at this place, and rests
    neither for a suit nor under a plan. The question is logged with its answer.

    Args:
        purpose: the business at hand, such as the number of its file; the organisation can read it.
        procedure_of: the procedure with a digest, to tell of commitments; without it none are told.

    Raises:
        Refusal: GS-COUNTER-002 by nobody whom the authority appointed for the day; -003 where it has no such
            business; -004 without a purpose; -005 for a day to come.
    """
    _may_ask(authority, by, process, purpose, day, clock)
    orders = orders_that_apply(authority, by.division, subject, process, day)
    lines = tuple(_lines(orders))
    answer = json.dumps(
        [
            {
                "order": str(one.order),
                "measure": one.measure,
                "effect": one.effect.value,
                "stands": one.stands,
                "why": one.why,
            }
            for one in lines
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    question = keep_question(by, subject, process, purpose.strip(), day, answer, clock)
    return Answer(question, lines, commitments_told(subject, day, procedure_of))


def commitments_told(
    subject: Subject, day: date, procedure_of: Callable[[str], Procedure | None]
) -> tuple[Commitment, ...]:
    """The commitments of an organisation, of those that the public is shown, that run or were not wholly kept."""
    return tuple(one for one in public_commitments((subject.pk,), day, procedure_of) if one.telling)


def _may_ask(
    authority: str, by: Appointment, process: Process, purpose: str, day: date, clock: Clock
) -> None:
    appointed = appointments_of(by.account, day).filter(pk=by.pk, authority=authority).exists()
    if not appointed:
        raise Refusal(
            "GS-COUNTER-002",
            f"Only an official of {authority} asks for it.",
            why="What applies to an organisation is told to who decides about it, and to the organisation.",
            remedy="Ask for your own authority, on a day of your appointment.",
        )
    if not Business.objects.filter(
        authority=authority, process=process.value, from_on__lte=day, to_on__gt=day
    ).exists():
        raise Refusal(
            "GS-COUNTER-003",
            f"{authority} has no business of the kind “{process}” here.",
            why="An office learns what it needs for its own business, and no more.",
            remedy="Ask about the business that your office has.",
        )
    if not says_something(purpose):
        raise Refusal(
            "GS-COUNTER-004",
            "A question needs its purpose.",
            why="The organisation can see who asked, when and for what.",
            remedy="Name the business at hand, such as the number of its file.",
        )
    if day > clock.today(_EARLIEST):
        raise Refusal("GS-COUNTER-005", f"{day} is still to come.", remedy="Ask on the day of the decision.")


def _lines(orders: Iterable[Order]) -> Iterable[Line]:
    by_key = {str(one.public_id): one for one in orders}
    met = [
        Met(key, one.measure.path, Effect(one.measure.effect), one.measure.precedence)
        for key, one in by_key.items()
    ]
    for standing in resolve(met):
        yield _line(standing, by_key[standing.met.key])


def _line(standing: Standing, order: Order) -> Line:
    return Line(
        order=order.public_id,
        measure=standing.met.path,
        title=dict(order.measure.title),
        effect=standing.met.effect,
        law=tuple((instrument, article) for instrument, article in order.law),
        until=order.to_on,
        stands=standing.stands,
        prevails_over=tuple(dict.fromkeys(one.path for one in standing.over)),
        yields_to=standing.yields_to.path if standing.yields_to else "",
    )


def use(
    question: Question,
    by: Appointment,
    *,
    order: Order | None,
    applied: bool,
    why: str = "",
    on: date,
    clock: Clock,
) -> Use:
    """Log what became of an answer: a measure of it was applied, or was not and why; without an order, of none.

    Raises:
        Refusal: GS-COUNTER-006 for an order that the answer did not name, or that it said yields; -007 not applied,
            without saying why; -002 by another office than the one that asked.
    """
    asked = question.appointment
    if (by.authority, by.division) != (asked.authority, asked.division):
        raise Refusal(
            "GS-COUNTER-002",
            "The office that asked says what followed.",
            remedy="Let an official of that office say so.",
        )
    said = {one["order"]: one["stands"] for one in json.loads(question.answer)}
    if order is not None and (
        str(order.public_id) not in said or (applied and not said[str(order.public_id)])
    ):
        raise Refusal(
            "GS-COUNTER-006",
            "The answer did not let this measure be applied.",
            where=str(order.public_id),
            why="What was not told, and what yields to another measure, is not applied.",
            remedy="Ask again, or say that it was not applied and why.",
        )
    if (not applied or order is None) and not says_something(why):
        raise Refusal(
            "GS-COUNTER-007",
            "Why was it not applied?",
            why="What an office leaves out is as open to the organisation as what it applies.",
            remedy="Give the reason; a measure that was applied names its order.",
        )
    return keep_use(question, by, order, applied, why.strip(), on, clock)
