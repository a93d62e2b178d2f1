"""For everyone: what each authority made of its orders, in counts alone. Whom the orders are about is not said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from goodstanding.core.calendars import Calendar
from goodstanding.measures.models import Lifting, Order, Report
from goodstanding.measures.queries import Lateness


@dataclass(frozen=True)
class Record:
    """What an authority made of its orders by a day.

    Attributes:
        orders: all that were ever given to it; each is one of the next three.
        reported: it reported that it was done.
        refused: it reported that it was not, with the reason.
        silent: it has reported nothing of.
        ended: its orders whose entry ended: their lifting is to be reported.
        unlifted: of these, those that it has not reported as lifted.
        late: of these, those reported after the last day for it, or not by that day.
        worst: working days since the last day of the one that waits longest; 0 if none is late now.
    """

    authority: str
    orders: int
    reported: int
    refused: int
    silent: int
    ended: int
    unlifted: int
    late: int
    worst: int


@dataclass
class _Sums:
    counts: Counter[str] = field(default_factory=Counter)
    worst: int = 0


def records(today: date, calendar: Calendar) -> tuple[Record, ...]:
    """The record of each authority that ever had an order, by its path."""
    lateness = Lateness(today, calendar)
    sums: dict[str, _Sums] = {}
    for path, done, told, lifted, lifted_on, amount, unit, number in _groups(today):
        one = sums.setdefault(path, _Sums())
        said = "silent" if done is None else "reported" if done else "refused"
        one.counts.update({"orders": number, said: number})
        if told is None:
            continue
        last = lateness.last_day(told, amount, unit)
        one.counts["ended"] += number
        if lifted:
            one.counts["late"] += number if lifted_on > last else 0
            continue
        one.counts["unlifted"] += number
        days = lateness.since(last)
        one.counts["late"] += number if days else 0
        one.worst = max(one.worst, days)
    return tuple(_record(path, one) for path, one in sorted(sums.items()))


def _record(path: str, sums: _Sums) -> Record:
    counts = sums.counts
    return Record(
        path,
        orders=counts["orders"],
        reported=counts["reported"],
        refused=counts["refused"],
        silent=counts["silent"],
        ended=counts["ended"],
        unlifted=counts["unlifted"],
        late=counts["late"],
        worst=sums.worst,
    )


def _newest(about: Report.About, column: str, today: date) -> Subquery:
    said = Report.objects.filter(order=OuterRef("pk"), about=about, on__lte=today).order_by("-pk")
    return Subquery(said.values(column)[:1])


def _groups(today: date) -> list[tuple[str, bool | None, date | None, bool | None, date, int, str, int]]:
    """Orders of one authority that are alike in all that counts, with how many they are."""
    told = Lifting.objects.filter(order=OuterRef("pk"), on__lte=today).values("on")[:1]
    found = (
        Order.objects.filter(from_on__lte=today)
        .annotate(
            done=_newest(Report.About.CARRIED_OUT, "done", today),
            told=Subquery(told),
            lifted=_newest(Report.About.LIFTED, "done", today),
            lifted_on=_newest(Report.About.LIFTED, "on", today),
        )
        .values_list("authority__path", "done", "told", "lifted", "lifted_on", "lift_amount", "lift_unit")
        .annotate(number=Count("pk"))
        .order_by("authority__path")
    )
    return list(found)
