"""For everyone: what each authority made of its orders, in counts alone. Whom the orders are about is not said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goodstanding.catalogue.chasing import Told
from goodstanding.core.calendars import Calendar
from goodstanding.measures.models import Lifting, MeasureVersion, Order, Reminder, Report
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
        reminders: how often it, its head and those above it were reminded of what is unlifted.
        shown: of the unlifted, those that were chased to the last step and are shown on its page.
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
    reminders: int
    shown: int
    worst: int


_ALIKE = (
    *("authority__path", "done", "told", "lifted", "lifted_on", "lift_amount", "lift_unit"),
    *("chased", "shown"),
)


@dataclass
class _Sums:
    counts: Counter[str] = field(default_factory=Counter)
    worst: int = 0


def records(today: date, calendar: Calendar) -> tuple[Record, ...]:
    """The record of each authority that ever had an order, by its path."""
    lateness = Lateness(today, calendar)
    sums: dict[str, _Sums] = {}
    for path, done, told, lifted, lifted_on, amount, unit, chased, shown, number in _groups(today):
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
        one.counts["reminders"] += number * chased
        one.counts["shown"] += number if shown else 0
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
        reminders=counts["reminders"],
        shown=counts["shown"],
        worst=sums.worst,
    )


def _newest(about: Report.About, column: str, today: date) -> Subquery:
    said = Report.objects.filter(order=OuterRef("pk"), about=about, on__lte=today).order_by("-pk")
    return Subquery(said.values(column)[:1])


def _chased(today: date) -> tuple[QuerySet[Reminder], QuerySet[Reminder, int]]:
    """The reminders of an order up to a day, and how many they are."""
    found = Reminder.objects.filter(order=OuterRef("pk"), on__lte=today)
    return found, found.order_by().values("order").annotate(n=Count("pk")).values_list("n", flat=True)


def _groups(
    today: date,
) -> list[tuple[str, bool | None, date | None, bool | None, date, int, str, int, bool, int]]:
    """Orders of one authority that are alike in all that counts, with how many they are."""
    chased, times = _chased(today)
    told = Lifting.objects.filter(order=OuterRef("pk"), on__lte=today).values("on")[:1]
    found = (
        Order.objects.filter(from_on__lte=today)
        .annotate(
            done=_newest(Report.About.CARRIED_OUT, "done", today),
            told=Subquery(told),
            lifted=_newest(Report.About.LIFTED, "done", today),
            chased=Coalesce(Subquery(times), 0),
            shown=Exists(chased.filter(told=Told.PUBLIC)),
            lifted_on=_newest(Report.About.LIFTED, "on", today),
        )
        .values_list(*_ALIKE)
        .annotate(number=Count("pk"))
        .order_by("authority__path")
    )
    return list(found)


@dataclass(frozen=True)
class Overdue:
    """Liftings of one measure that an authority did not report though it was chased to the last step.

    `since` is the day on which the first of them ended; `reminders` how often somebody was reminded of them.
    """

    measure: MeasureVersion
    number: int
    since: date
    reminders: int


def overdue(authority: str, today: date) -> tuple[Overdue, ...]:
    """What everyone is shown of an authority, by measure, the longest first. Whom it is about is not said."""
    chased, times = _chased(today)
    found = (
        Order.objects.filter(Exists(chased.filter(told=Told.PUBLIC)), authority__path=authority)
        .annotate(done=_newest(Report.About.LIFTED, "done", today), chased=Subquery(times))
        .filter(Q(done__isnull=True) | Q(done=False))
        .select_related("measure", "lifting")
    )
    by_measure: dict[str, list[Order]] = {}
    times_of: Counter[str] = Counter()
    for one in found.order_by("pk"):
        by_measure.setdefault(one.measure.path, []).append(one)
        times_of[one.measure.path] += one.chased
    rows = [
        Overdue(some[-1].measure, len(some), min(one.lifting.on for one in some), times_of[path])
        for path, some in by_measure.items()
    ]
    return tuple(sorted(rows, key=lambda one: (one.since, one.measure.path)))
