"""Deadlines with their trail: from what day, which days do not count, by which version of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.procedure import Term, Unit
from goodstanding.core.calendars import Calendar, NotCounted
from goodstanding.core.dates import add_months


@dataclass(frozen=True)
class Due:
    """The last day of a term, and how it was found. The day on which the term starts is not counted."""

    start: date
    amount: int
    unit: Unit
    last: date
    provisional: bool
    not_counted: tuple[NotCounted, ...]
    calendar: str
    calendar_version: str
    on_day: int | None = None

    def late(self, today: date) -> bool:
        """Whether the day has passed."""
        return today > self.last


def due(term: Term, start: date, calendar: Calendar, *, extended: bool = False) -> Due:
    """When a term ends.

    Args:
        start: the day of the event that starts it.
        extended: whether it was extended, as its law allows once.

    Raises:
        ValueError: if it is extended and its law allows no extension.
    """
    amount = term.amount
    if extended:
        if term.extension is None:
            raise ValueError("this term cannot be extended")
        amount += term.extension
    return due_of(amount, term.unit, start, calendar, on_day=term.on_day)


def due_of(amount: int, unit: Unit, start: date, calendar: Calendar, *, on_day: int | None = None) -> Due:
    """When so much time from a day on ends; with `on_day`, on that day of the month it leads to."""
    if unit is Unit.WORKING_DAYS:
        found = calendar.add_working_days(start, amount)
    elif unit is Unit.DAYS:
        found = calendar.on_or_after(date.fromordinal(start.toordinal() + amount))
    else:
        last = add_months(start, amount)
        found = calendar.on_or_after(last if on_day is None else last.replace(day=on_day))
    return Due(
        start,
        amount,
        unit,
        found.day,
        found.provisional,
        found.not_counted,
        calendar.name,
        found.calendar_version,
        on_day,
    )
