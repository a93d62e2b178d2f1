"""Orders with what became of each: owed, reported, at rest, lifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from goodstanding.measures.models import Lifting, Order, Reminder, Repeal, Report
from goodstanding.measures.rests import Why, at_rest


@dataclass(frozen=True)
class OrderLine:
    """An order on a day.

    Attributes:
        rests: why it rests; None where it applies, or was lifted.
        report: the newest report about it, or about its lifting once it was lifted; None while one is owed.
        lifted_on: the day on which its authority was told that it ended.
        repeal: why it ended while its entry stands; None where it did not, or ended with the entry.
        reminders: how often somebody was reminded of its lifting; `told` who was, the last time.
    """

    order: Order
    rests: Why | None
    report: Report | None
    lifted_on: date | None
    repeal: Repeal | None = None
    reminders: int = 0
    told: str = ""

    @property
    def state(self) -> str:
        """`unlifted` (its lifting is not reported as done), `lifted`, `rests`, `owed`, `done` or `refused`."""
        done = self.report is not None and self.report.done
        if self.lifted_on is not None:
            return "lifted" if done else "unlifted"
        if self.rests is not None:
            return "rests"
        if self.report is None:
            return "owed"
        return "done" if done else "refused"


@dataclass(frozen=True)
class Ended:
    """How an order ended: its lifting, why it was while the entry stands, and who was reminded of it."""

    lifting: Lifting | None = None
    repeal: Repeal | None = None
    reminders: tuple[Reminder, ...] = ()


def lines_of(orders: QuerySet[Order], day: date) -> tuple[OrderLine, ...]:
    """Some orders with what became of them by a day, by authority and measure."""
    resting = at_rest(day)
    found = orders.select_related("authority", "measure", "lifting", "repeal").prefetch_related(
        "reports", "reminders"
    )
    return tuple(
        line_of(
            one,
            Ended(getattr(one, "lifting", None), getattr(one, "repeal", None), tuple(one.reminders.all())),
            one.reports.all(),
            resting.why(one),
            day,
        )
        for one in found.order_by("authority__path", "measure__path", "pk")
    )


def line_of(
    order: Order,
    ended: Ended,
    reports: Iterable[Report],
    why: Why | None,
    day: date,
) -> OrderLine:
    """An order with what became of it by a day, from the rows about it."""
    lifting = ended.lifting
    lifted_on = lifting.on if lifting is not None and lifting.on <= day else None
    chased = sorted((one for one in ended.reminders if one.on <= day), key=lambda one: one.number)
    about = Report.About.LIFTED if lifted_on is not None else Report.About.CARRIED_OUT
    said = [one for one in reports if one.about == about and one.on <= day]
    newest = max(said, key=lambda one: one.pk, default=None)
    return OrderLine(
        order,
        why if lifted_on is None else None,
        newest,
        lifted_on,
        ended.repeal if lifted_on is not None else None,
        len(chased),
        chased[-1].told if chased else "",
    )
