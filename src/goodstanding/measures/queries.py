"""All reads of orders, each filtered by who reads from the first query on; what is owed is counted for everyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act, Term, Unit
from goodstanding.core.calendars import Calendar
from goodstanding.core.reader import PUBLIC
from goodstanding.ledger.visibility import visible_to
from goodstanding.measures.applying import in_force
from goodstanding.measures.models import Lifting, Order, Report
from goodstanding.measures.rests import at_rest
from goodstanding.procedures.models import Step
from goodstanding.procedures.queries import Viewer, cases_visible_to
from goodstanding.procedures.terms import due

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Owed:
    """A report that an authority owes.

    `last` is the last day for it, where the rules of the list state one; `late` how many working days have passed
    since; `said` why it was not done, where that was reported; `reminders` how often somebody was reminded.
    """

    order: Order
    about: Report.About
    since: date
    last: date | None = None
    late: int = 0
    said: str = ""
    reminders: int = 0


def orders_visible_to(viewer: Viewer, day: date) -> QuerySet[Order]:
    """The orders of which a viewer may know on a day.

    The authority that owes it, at the place of the case or above; the parties of the case; the public as long as
    the order applies, where the entry is public and its publication has been done.
    """
    made = Step.objects.filter(record=OuterRef("record"), act=Act.SERVE_DECISION)
    public = (
        Q(Exists(made.filter(case__in=cases_visible_to(Viewer()))))
        & Q(Exists(visible_to(PUBLIC).filter(record=OuterRef("record"))))
        & Q(pk__in=in_force(day).values("pk"))
    )
    known = public
    for one in viewer.appointments:
        at_place = made.filter(case__division__startswith=one.division)
        known |= Q(authority__path=one.authority) & Q(Exists(at_place))
        known |= Q(Exists(at_place.filter(case__authority=one.authority)))
    subjects = {one.subject_id for one in viewer.mandates}
    if subjects:
        known |= Q(subject__in=subjects)
    return Order.objects.filter(known)


def owed(viewer: Viewer, today: date, calendar: Calendar) -> tuple[Owed, ...]:
    """The reports owed of orders that a viewer may know: by authority, the latest first."""
    visible = orders_visible_to(viewer, today)
    found = [*_not_reported(visible, today), *_not_lifted(visible, today, calendar)]
    return tuple(
        sorted(found, key=lambda one: (one.order.authority.path, -one.late, one.since, one.order.pk))
    )


def owed_by_authority(today: date, calendar: Calendar) -> dict[str, tuple[int, int]]:
    """For everyone: of each authority how many liftings it has not reported in time, and the worst delay.

    The delay is in working days. Whom the orders are about is not said.
    """
    late: Counter[str] = Counter()
    worst: dict[str, int] = {}
    for one in _not_lifted(Order.objects.all(), today, calendar):
        if one.late:
            path = one.order.authority.path
            late[path] += 1
            worst[path] = max(worst.get(path, 0), one.late)
    return {path: (number, worst[path]) for path, number in sorted(late.items())}


def _newest(about: Report.About, column: str) -> Subquery:
    said = Report.objects.filter(order=OuterRef("pk"), about=about).order_by("-pk")
    return Subquery(said.values(column)[:1])


def _not_reported(visible: QuerySet[Order], today: date) -> Iterator[Owed]:
    about = Report.About.CARRIED_OUT
    silent = visible.filter(pk__in=in_force(today).values("pk")).exclude(
        Exists(Report.objects.filter(order=OuterRef("pk"), about=about))
    )
    resting = at_rest(today)
    for order in silent.select_related("authority", "measure", "subject"):
        if resting.why(order) is None:  # of what nobody may apply now, nothing is owed
            yield Owed(order, about, order.from_on)


class Lateness:
    """How late a lifting is reported, by the rules of its list; what was worked out once is kept."""

    def __init__(self, today: date, calendar: Calendar) -> None:
        self._today, self._calendar = today, calendar
        self.last_day = cache(self._last_day)
        self.since = cache(self._since)

    def _last_day(self, told: date, amount: int, unit: str) -> date:
        """The last day to report a lifting, so long after its authority was told."""
        return due(Term(amount, Unit(unit), Act.LIFT, Basis("")), told, self._calendar).last

    def _since(self, last: date) -> int:
        """How many working days have passed since a last day; 0 until it is over."""
        days = (last + _ONE * number for number in range(1, (self._today - last).days + 1))
        return sum(map(self._calendar.is_working, days))


def _not_lifted(visible: QuerySet[Order], today: date, calendar: Calendar) -> Iterator[Owed]:
    lateness = Lateness(today, calendar)
    about = Report.About.LIFTED
    told = Subquery(Lifting.objects.filter(order=OuterRef("pk")).values("on")[:1])
    found = visible.filter(lifting__on__lte=today).annotate(
        told=told,
        done=_newest(about, "done"),
        said=_newest(about, "why"),
        chased=Count("reminders"),
    )
    unreported = Q(done__isnull=True) | Q(done=False)
    for order in found.filter(unreported).select_related("authority", "measure", "subject"):
        last = lateness.last_day(order.told, order.lift_amount, order.lift_unit)
        yield Owed(order, about, order.told, last, lateness.since(last), order.said or "", order.chased)
