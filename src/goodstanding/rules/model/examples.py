"""The worked examples that a rulebook carries: what is given, and what must follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Title

from .added import added
from .values import Interval, invalid


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
class GivenResult:
    """What another rulebook says of the subject: its grade (None: cannot tell) or its points, in hundredths.

    `on` is the day of that result; None is the day that the fact asks for.
    """

    fact: str
    grade: str | None = None
    points: Interval | None = None
    on: date | None = None


@dataclass(frozen=True)
class GivenMember:
    """Another organisation, tied straight to the subject, and its records."""

    tie: str
    records: tuple[Given, ...]


@dataclass(frozen=True)
class GivenCutoff:
    """The cut-offs of a quota: what the lowest value must pass to be surely in, and the highest to be possibly."""

    quota: str
    surely: int
    possibly: int

    def __post_init__(self) -> None:
        if self.surely < self.possibly:
            raise invalid(
                11,
                f"the cut-offs of {self.quota} cross",
                why="what is surely in is possibly in",
                remedy="let `surely` be no less than `possibly`",
            )


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
    results: tuple[GivenResult, ...] = added(())
    members: tuple[GivenMember, ...] = added(())
    cutoffs: tuple[GivenCutoff, ...] = added(())
    place: str = ""
