"""Working days: which day counts, and when a term of working days ends.

A calendar states its source and version. Of a year that has not been announced it knows only the weekends
and says `provisional`; what depends on such a day is worked out again when the notice is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from goodstanding.core.errors import Refusal

WEEKEND = "weekend"
_ONE = timedelta(days=1)


class NotCounted(NamedTuple):
    """A day of a term that did not count; `why` is a key of `Calendar.titles`."""

    day: date
    why: str


@dataclass(frozen=True)
class Deadline:
    """The last day of a term.

    Attributes:
        day: the last day, a working day unless the term has no days.
        provisional: whether some day of the term is not settled by a notice.
        not_counted: the days between that did not count, with why.
        calendar_version: version of the calendar that gave it.
    """

    day: date
    provisional: bool
    not_counted: tuple[NotCounted, ...]
    calendar_version: str


@dataclass(frozen=True)
class Notice:
    """The official notice that settles a year."""

    number: str
    issued: date
    url: str


@dataclass(frozen=True)
class Calendar:
    """Days off and weekend days worked of the announced years.

    Attributes:
        titles: `why` → (English, Chinese).
        off: days off → why; worked: weekend days that count.
        notices: announced year → its notices.
        unsettled_from: (month, day) from which a year also needs the next one's notice; None if never.
    """

    name: str
    version: str
    source: str
    titles: Mapping[str, tuple[str, str]]
    off: Mapping[date, str]
    worked: frozenset[date]
    notices: Mapping[int, tuple[Notice, ...]]
    unsettled_from: tuple[int, int] | None = None

    @classmethod
    def load(cls, path: Path) -> Calendar:
        """Read and check a pack's `calendar.yaml`.

        Raises:
            Refusal: GS-CORE-020 if it is not a calendar, or a day stands twice or in a wrong place.
        """
        try:
            return _calendar(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refusal(
                "GS-CORE-020",
                f"The calendar cannot be read: {error!r}.",
                where=str(path),
                why="A calendar lists each announced year: its notices, days off and weekend days worked.",
                remedy="Correct the file.",
            ) from error

    def title(self, why: str, lang: str = "en") -> str:
        """A reason of `NotCounted` in English (`en`) or Chinese (`zh`)."""
        english, chinese = self.titles[why]
        return chinese if lang == "zh" else english

    def why_not(self, day: date) -> str | None:
        """Why a day does not count, or None for a working day."""
        if day in self.off:
            return self.off[day]
        return WEEKEND if day.weekday() >= 5 and day not in self.worked else None

    def is_working(self, day: date) -> bool:
        """Whether a day counts, as far as announced."""
        return self.why_not(day) is None

    def is_provisional(self, day: date) -> bool:
        """Whether no notice settles this day yet."""
        if day.year not in self.notices:
            return True
        late = self.unsettled_from is not None and (day.month, day.day) >= self.unsettled_from
        return late and day.year + 1 not in self.notices

    def add_working_days(self, start: date, days: int) -> Deadline:
        """The last day of a term of working days; the day on which it begins is not counted.

        Args:
            start: the day of the event, for instance of service.
            days: length of the term; 0 gives `start` itself.

        Raises:
            ValueError: if `days` is negative.
        """
        if days < 0:
            raise ValueError("a term cannot have fewer than 0 working days")
        day, left, skipped = start, days, list[NotCounted]()
        provisional = False
        while left:
            day += _ONE
            provisional = provisional or self.is_provisional(day)
            why = self.why_not(day)
            if why is None:
                left -= 1
            else:
                skipped.append(NotCounted(day, why))
        return Deadline(day, provisional, tuple(skipped), self.version)

    def on_or_after(self, day: date) -> Deadline:
        """The first working day from `day` on: where a term of calendar days ends on a day off, it moves."""
        skipped = list[NotCounted]()
        provisional = self.is_provisional(day)
        while (why := self.why_not(day)) is not None:
            skipped.append(NotCounted(day, why))
            day += _ONE
            provisional = provisional or self.is_provisional(day)
        return Deadline(day, provisional, tuple(skipped), self.version)


def _calendar(raw: Any) -> Calendar:
    off: dict[date, str] = {}
    worked: set[date] = set()
    notices: dict[int, tuple[Notice, ...]] = {}
    titles = {why: (title["en"], title["zh"]) for why, title in raw["holidays"].items()}
    if WEEKEND not in titles:
        raise ValueError("no title for 'weekend'")
    for year, content in raw["years"].items():
        notices[int(year)] = tuple(
            Notice(notice["number"], _day(notice["issued"]), notice.get("url", ""))
            for notice in content["notices"]
        )
        if not notices[int(year)]:
            raise ValueError(f"{year} has no notice")
        for why, days in content["days_off"].items():
            if why not in titles:
                raise ValueError(f"{why} has no title")
            for day in map(_day, days):
                if day in off:
                    raise ValueError(f"{day} is off twice")
                off[day] = why
        for day in map(_day, content["days_worked"]):
            if day.weekday() < 5 or day in worked:
                raise ValueError(f"{day} is no weekend day, or is worked twice")
            worked.add(day)
    both = worked & off.keys()
    if both:
        raise ValueError(f"{min(both)} is both off and worked")
    unsettled = raw.get("unsettled_from")
    since = None
    if unsettled is not None:
        leap = date.fromisoformat(f"2000-{unsettled}")
        since = (leap.month, leap.day)
    return Calendar(
        str(raw["calendar"]),
        str(raw["version"]),
        str(raw["source"]),
        titles,
        off,
        frozenset(worked),
        notices,
        since,
    )


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError(f"{value!r} is no date")
    return value
