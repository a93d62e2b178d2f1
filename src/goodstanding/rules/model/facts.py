"""Named integers (or codes) worked out from records: what grades by more than a total need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Title

from .added import added
from .awards import Amount, Number
from .selects import Select
from .values import invalid
from .windows import Window


@dataclass(frozen=True)
class Code:
    """A code field of the item."""

    field: str


@dataclass(frozen=True)
class Latest:
    """The value on the latest selected record; of several on one day, the one with the highest record id.

    `if_none` is the value when there is no record and its absence means that there is none.
    """

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount | Code
    if_none: int | str | None = None
    group: tuple[str, ...] = added(())

    def __post_init__(self) -> None:
        if self.if_none is not None and isinstance(self.of, Code) != isinstance(self.if_none, str):
            raise invalid(5, f"the value of {self.id} without a record is of another type")


@dataclass(frozen=True)
class Count:
    """How many records are selected; with `distinct`, how many different codes of that field they hold."""

    id: str
    title: Title
    select: Select
    window: Window
    distinct: str | None = added(None)
    group: tuple[str, ...] = added(())


@dataclass(frozen=True)
class Sum:
    """The sum of a number or amount over the selected records; nothing is 0."""

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount
    group: tuple[str, ...] = added(())


@dataclass(frozen=True)
class Largest:
    """The largest number or amount over the selected records; `if_none` when there is no record."""

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount
    if_none: int | None = None
    group: tuple[str, ...] = added(())


@dataclass(frozen=True)
class SumOf:
    """The sum of other facts."""

    id: str
    title: Title
    facts: tuple[str, ...]


@dataclass(frozen=True)
class LargestOf:
    """The largest of other facts."""

    id: str
    title: Title
    facts: tuple[str, ...]


class Rounding(StrEnum):
    """What is done with a fraction, once, at the end. `half_up`: the nearest, and of two as near the larger."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"

    def quotient(self, number: int, divisor: int) -> int:
        """number / divisor as a whole number; `divisor` is above 0."""
        if self is Rounding.HALF_UP:
            return (2 * number + divisor) // (2 * divisor)
        return number // divisor if self is Rounding.DOWN else -(-number // divisor)


@dataclass(frozen=True)
class RatioOf:
    """part · per / whole of two other facts, rounded once: per 10000 it is hundredths of a percent.

    Not known where a fact may be below 0, or where the whole may be 0; where it is surely 0,
    `if_whole_is_zero`, or not known.
    """

    id: str
    title: Title
    part: str
    whole: str
    per: int
    rounding: Rounding
    if_whole_is_zero: int | None = None

    def __post_init__(self) -> None:
        if self.per <= 0:
            raise invalid(5, f"a ratio per {self.per}", why="it must be more than nothing")

    @property
    def facts(self) -> tuple[str, ...]:
        """What it rests on."""
        return (self.part, self.whole)


@dataclass(frozen=True)
class Weight:
    """A fact and the exact fraction, numerator / denominator, with which it counts."""

    fact: str
    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        if self.denominator <= 0 or not self.numerator:
            raise invalid(5, f"the weight of {self.fact} is no fraction other than 0")


@dataclass(frozen=True)
class WeightedOf:
    """The sum of other facts, each times its weight, rounded once."""

    id: str
    title: Title
    parts: tuple[Weight, ...]
    rounding: Rounding

    @property
    def facts(self) -> tuple[str, ...]:
        """What it rests on."""
        return tuple(one.fact for one in self.parts)


class ResultDay(StrEnum):
    """The day of another rulebook's result: that of this assessment, or the last of the year before it."""

    SAME_DAY = "same_day"
    LAST_YEAR_END = "last_year_end"

    def day(self, on: date) -> date:
        """The day for an assessment on that day."""
        return on if self is ResultDay.SAME_DAY else date(on.year - 1, 12, 31)


@dataclass(frozen=True)
class ResultOf:
    """What another rulebook says of the same subject: its grade (a code), or its points in hundredths."""

    id: str
    title: Title
    rulebook: str
    points: bool
    day: ResultDay = ResultDay.SAME_DAY


Recorded = Latest | Count | Sum | Largest
Derived = SumOf | LargestOf | RatioOf | WeightedOf
Fact = Recorded | Derived | ResultOf


def is_code(fact: Fact) -> bool:
    """Whether a fact's value is a code and not a number."""
    if isinstance(fact, ResultOf):
        return not fact.points
    return isinstance(fact, Latest) and isinstance(fact.of, Code)
