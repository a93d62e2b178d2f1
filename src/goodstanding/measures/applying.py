"""Which orders apply: in force on a day, of this business, at this place, and not at rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from goodstanding.catalogue.measure import Process
from goodstanding.ledger.models import Ending, Erasure, Subject
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.writing import current_position
from goodstanding.measures.models import Lifting, Order, Pause, Shield


def members_of(subject: Subject) -> tuple[int, ...]:
    """The ids of all that were judged to be this organisation."""
    into = merges_at(current_position())
    head = into.get(subject.pk, subject.pk)
    return (head, *(one for one, other in into.items() if other == head))


def in_force(day: date) -> QuerySet[Order]:
    """The orders whose entry and days hold on a day: neither lifted, nor ended or erased with the entry."""
    record = OuterRef("record")
    return (
        Order.objects.filter(from_on__lte=day, to_on__gt=day)
        .exclude(Exists(Lifting.objects.filter(order=OuterRef("pk"), on__lte=day)))
        .exclude(Exists(Ending.objects.filter(record=record, counts_until__lte=day)))
        .exclude(Exists(Erasure.objects.filter(record=record)))
    )


def orders_that_apply(
    authority: str, division: str, subject: Subject, process: Process, day: date
) -> Sequence[Order]:
    """What an authority has to apply to a subject in a kind of business on a day.

    Args:
        division: of the office that asks: a local measure applies at the counters of its place.
    """
    members = members_of(subject)
    found = in_force(day).filter(
        authority__path=authority, subject__in=members, measure__processes__contains=[process.value]
    )
    orders = [
        one
        for one in found.select_related("measure", "authority").order_by("pk")
        if division.startswith(one.measure.division)
    ]
    paused = _paused({one.record_id for one in orders}, day)
    shielded = _shielded(members, day)
    return [
        one
        for one in orders
        if not (one.measure.pauses_in_suit and one.record_id in paused)
        and not (one.measure.shielded_by_plan and shielded)
    ]


def _paused(records: set[int], day: date) -> set[int]:
    """Those of some entries that are before a court on a day, by the newest that was said of each."""
    newest: dict[int, Pause] = {}
    for one in Pause.objects.filter(record__in=records).order_by("pk"):
        newest[one.record_id] = one
    return {record for record, one in newest.items() if one.from_on <= day < one.to_on}


def _shielded(members: Sequence[int], day: date) -> bool:
    newest = Shield.objects.filter(subject__in=members).order_by("-pk").first()
    return newest is not None and newest.from_on <= day < newest.to_on
