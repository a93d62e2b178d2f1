"""What rests on a day, and why: read in sets, so that a counter, a queue and a page say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from goodstanding.catalogue.measure import Effect
from goodstanding.ledger.models import Subject
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.writing import current_position
from goodstanding.measures.models import Order, Pause, Resumption, Shield


class Why(StrEnum):
    """Why an order rests."""

    SUIT = "suit"
    STAYED = "stayed"
    PLAN = "plan"


@dataclass(frozen=True)
class AtRest:
    """The entries and organisations whose measures rest on a day, as far as the law of each measure lets them."""

    before_court: frozenset[int]
    stayed: frozenset[int]
    shielded: frozenset[int]
    into: Mapping[int, int]

    def why(self, order: Order) -> Why | None:
        """Why an order rests; None for one that applies. A benefit never rests."""
        measure = order.measure
        if measure.effect != Effect.RESTRICTION:
            return None
        if order.record_id in self.stayed:
            return Why.STAYED
        if measure.pauses_in_suit and order.record_id in self.before_court:
            return Why.SUIT
        if measure.shielded_by_plan and self.into.get(order.subject_id, order.subject_id) in self.shielded:
            return Why.PLAN
        return None


def members_of(subject: Subject) -> tuple[int, ...]:
    """The ids of all that were judged to be this organisation."""
    into = merges_at(current_position())
    head = into.get(subject.pk, subject.pk)
    return (head, *(one for one, other in into.items() if other == head))


def at_rest(day: date) -> AtRest:
    """What rests on a day."""
    holds = Q(from_on__lte=day, to_on__gt=day) & (Q(over__isnull=True) | Q(over__on__gt=day))
    pauses = list(Pause.objects.filter(holds).values_list("record_id", "stayed"))
    shields = list(Shield.objects.filter(holds).values_list("subject_id", flat=True))
    into = merges_at(current_position())
    return AtRest(
        frozenset(record for record, _ in pauses),
        frozenset(record for record, stayed in pauses if stayed),
        frozenset(into.get(one, one) for one in shields),
        into,
    )


@dataclass(frozen=True)
class RestLine:
    """A rest as it is told.

    Attributes:
        until: the first day on which the measures apply again, as far as is known.
        outcome: how it ended; empty while nothing ended it before its day.
        holds: whether it held on the day that was asked for.
    """

    rest: Pause | Shield
    until: date
    outcome: str
    holds: bool

    @property
    def is_plan(self) -> bool:
        """Whether a plan shields; else a suit pauses."""
        return isinstance(self.rest, Shield)


def rests_of(records: Iterable[int], subject: Subject, day: date) -> tuple[RestLine, ...]:
    """The rests of some entries and of the organisation that they are about, the newest first."""
    pauses = Pause.objects.filter(record__in=set(records)).select_related("over")
    shields = Shield.objects.filter(subject__in=members_of(subject)).select_related("over")
    found: list[Pause | Shield] = [*pauses, *shields]
    return lines_of_rests(((one, getattr(one, "over", None)) for one in found), day)


def lines_of_rests(
    rests: Iterable[tuple[Pause | Shield, Resumption | None]], day: date
) -> tuple[RestLine, ...]:
    """Rests, each with what ended it before its day, as they are told: the newest first."""
    lines = [_line(rest, over, day) for rest, over in rests]
    return tuple(sorted(lines, key=lambda one: (one.rest.from_on, one.rest.pk), reverse=True))


def _line(rest: Pause | Shield, over: Resumption | None, day: date) -> RestLine:
    until = over.on if over else rest.to_on
    return RestLine(rest, until, over.outcome if over else "", rest.from_on <= day < until)
