"""Which orders apply: in force on a day, of this business, at this place, and not at rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from goodstanding.catalogue.measure import Process
from goodstanding.ledger.models import Ending, Erasure, Subject
from goodstanding.measures.meant import those_that_mean
from goodstanding.measures.models import Lifting, Order
from goodstanding.measures.rests import at_rest, members_of


def in_force(day: date) -> QuerySet[Order]:
    """The orders whose entry, memorandum and days hold on a day, whether or not somebody has lifted the others yet."""
    record = OuterRef("record")
    return (
        Order.objects.filter(from_on__lte=day, to_on__gt=day)
        .exclude(Exists(Lifting.objects.filter(order=OuterRef("pk"), on__lte=day)))
        .exclude(Exists(Ending.objects.filter(record=record, counts_until__lte=day)))
        .exclude(Exists(Erasure.objects.filter(record=record)))
        .exclude(pk__in=RawSQL("SELECT order_id FROM measures_unsupported(%s)", [day]))
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
    resting = at_rest(day)
    orders = those_that_mean(subject, orders)
    return [one for one in orders if resting.why(one) is None]
