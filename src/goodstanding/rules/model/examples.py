"""The worked examples that a rulebook carries: what is given, and what must follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Title

from .values import Interval


@dataclass(frozen=True)
class Given:
    """A record of an example. Fields are kept by name: the catalogue knows their slots."""

    item: str
    occurred_on: date | None = None
    decided_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    amount: int | None = None
    currency: str | None = None
    seriousness: int | None = None
    counts_until: date | None = None
    numbers: tuple[tuple[str, int], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ExpectedLine:
    """A line that must be there: its rule, and its points where they are stated."""

    rule: str
    points: Interval | None = None


@dataclass(frozen=True)
class Example:
    """Given these records, on this day, this must follow.

    `grade` None is "cannot tell". What is not stated is not compared, except the grade, which always is.
    `lines`, where stated, are all the lines. A `title` that is a text has one language, whichever it is.
    """

    title: str | Title
    records: tuple[Given, ...]
    on: date
    grade: str | None
    points: Interval | None = None
    missing: tuple[str, ...] | None = None
    lines: tuple[ExpectedLine, ...] | None = None
    registered_on: date | None = None
    place: str = ""
