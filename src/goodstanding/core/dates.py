"""Civil dates: months, parsing, half-open ranges.

A range is [from, to): the day `to` is the first that no longer belongs to it; None is open.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from goodstanding.core.errors import Refusal

ISO = "%Y-%m-%d"

_FULL_WIDTH = str.maketrans("０１２３４５６７８９－／．　", "0123456789-/. ")


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative); a day that the month lacks becomes its last.

    Raises:
        OverflowError: beyond the years 1–9999.
    """
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months from {day} is beyond the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_date(text: str, formats: Sequence[str] = (ISO,)) -> date:
    """The date that a text states, in the first of the formats (of `strptime`) that reads all of it.

    Full-width digits and outer spaces are folded. A time of day in the format is read and dropped.

    Raises:
        Refusal: GS-CORE-010 if no format reads it, or the day does not exist.
    """
    folded = text.translate(_FULL_WIDTH).strip()
    # strptime would also read Arabic and other digits, which no other part of the system does.
    if not any(char.isdigit() and not char.isascii() for char in folded):
        for form in formats:
            try:
                return datetime.strptime(folded, form).date()
            except ValueError:
                continue
    raise Refusal(
        "GS-CORE-010",
        "This is no date.",
        why=f"Expected: {', '.join(formats)}.",
        remedy="Write the date in the form that the contract states.",
    )


@dataclass(frozen=True)
class DateRange:
    """Days from `start` up to, without, `end`; None is open on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a range cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: DateRange) -> bool:
        """Whether some day belongs to both."""
        first = max(self.start or date.min, other.start or date.min)
        ends = [end for end in (self.end, other.end) if end is not None]
        return not ends or first < min(ends)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The instants [from, to), in UTC, of a civil day in a zone (an IANA name); 23 to 25 hours apart."""
    there = ZoneInfo(zone)
    first = datetime(day.year, day.month, day.day, tzinfo=there)
    following = day + timedelta(days=1)
    last = datetime(following.year, following.month, following.day, tzinfo=there)
    return first.astimezone(UTC), last.astimezone(UTC)


def earliest_within(on: date, months: int) -> date:
    """The earliest day from which fewer than so many months have passed on a day: the first with
    on < add_months(day, months). What began before it is over; where the calendar begins later, its first day.

    Twelve months before 2020-03-01 begin on 2019-03-02: what began on 2019-03-01 is a whole year old.
    """
    try:
        day = add_months(on, -months)
    except OverflowError:
        return date.min
    try:
        while add_months(day, months) <= on:  # at the end of a month, several days become the same
            day += timedelta(days=1)
    except OverflowError:
        pass  # so many months later is beyond the calendar, and so after every day
    return day
