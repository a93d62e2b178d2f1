"""Which days a rule looks at, and which of a record's dates it compares.

Terms in months follow the civil calendar: six months from 31 August end on the last day of February
(Civil Code of the PRC, Articles 200-203: the same day of the last month, or its last day if there is none).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goodstanding.core.dates import add_months, earliest_within

from .values import invalid


class DateUsed(StrEnum):
    """The date of a record that a window looks at."""

    OCCURRED_ON = "occurred_on"
    DECIDED_ON = "decided_on"
    EFFECTIVE_FROM = "effective_from"


class Span(StrEnum):
    """The kinds of window."""

    PREVIOUS_YEAR = "previous_year"
    CURRENT_YEAR = "current_year"
    MONTHS = "months"
    ALL = "all"


@dataclass(frozen=True)
class Window:
    """A span of days, relative to the day of the assessment.

    With `MONTHS` a record counts from its date for that many months: on day D if date <= D < date + months.
    """

    span: Span
    months: int | None = None
    used: DateUsed = DateUsed.DECIDED_ON

    def __post_init__(self) -> None:
        if (self.span is Span.MONTHS) != (self.months is not None):
            raise invalid(5, "a look-back needs its number of months, and only a look-back has one")
        if self.months is not None and not 1 <= self.months <= 1200:
            raise invalid(5, f"a look-back of {self.months} months", why="it must be 1 to 1200 months")

    def counts(self, day: date, on: date) -> bool:
        """Whether a record of that day counts on the day of the assessment. The meaning, spelled out."""
        match self.span:
            case Span.PREVIOUS_YEAR:
                return day.year == on.year - 1
            case Span.CURRENT_YEAR:
                return day.year == on.year and day <= on
            case Span.MONTHS:
                assert self.months is not None
                return day <= on < add_months(day, self.months)
            case Span.ALL:
                return day <= on

    def bounds(self, on: date) -> tuple[date, date]:
        """The same as two dates, [from, to), so that engines only compare."""
        end = on + timedelta(days=1)
        match self.span:
            case Span.PREVIOUS_YEAR:
                return date(on.year - 1, 1, 1), date(on.year, 1, 1)
            case Span.CURRENT_YEAR:
                return date(on.year, 1, 1), end
            case Span.MONTHS:
                assert self.months is not None
                return earliest_within(on, self.months), end
            case Span.ALL:
                return date.min, end
