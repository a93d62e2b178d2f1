"""What a rule gives: points per record, once, per unit, or by a table of brackets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .values import Range, invalid


@dataclass(frozen=True)
class Amount:
    """Measured by the record's amount, in minor units of this currency."""

    currency: str


@dataclass(frozen=True)
class Number:
    """Measured by a number field of the item."""

    field: str


@dataclass(frozen=True)
class CountOfRecords:
    """Measured by how many records the rule selects."""


@dataclass(frozen=True)
class Each:
    """Points for each record."""

    points: int


@dataclass(frozen=True)
class Once:
    """Points if there is a record at all, however many."""

    points: int


@dataclass(frozen=True)
class NotStated:
    """Points for each record that the known text does not state; at most `at_most` in size, if it says so.

    Such a record leads to an interval: a number that is not known is not taken for nothing.
    """

    deducts: bool
    at_most: int | None = None

    def __post_init__(self) -> None:
        if self.at_most is not None and self.at_most <= 0:
            raise invalid(16, "points that are not stated have a size above 0")

    @property
    def furthest(self) -> int | None:
        """The most that one record can give or take, signed; None is without bound."""
        if self.at_most is None:
            return None
        return -self.at_most if self.deducts else self.at_most


@dataclass(frozen=True)
class Per:
    """Points for each whole unit of an amount or number; with `started`, for each unit begun."""

    measure: Amount | Number
    unit: int
    points: int
    started: bool = False

    def __post_init__(self) -> None:
        if self.unit <= 0:
            raise invalid(5, f"points per {self.unit}", why="the unit must be more than nothing")


@dataclass(frozen=True)
class Bracket:
    """Points for values in a range."""

    range: Range
    points: int


@dataclass(frozen=True)
class Table:
    """Points by bracket of an amount or number, for each record; or of the count of records, once.

    A value in no bracket gives no points. By count, more records never give back points, so that each
    record's share is what it adds.
    """

    measure: Amount | Number | CountOfRecords
    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        if not self.brackets:
            raise invalid(4, "a table without brackets")
        for one, next_one in pairwise(self.brackets):
            if one.range.high is None or next_one.range.low is None or next_one.range.low < one.range.high:
                raise invalid(
                    12,
                    "two brackets of a table overlap or are out of order",
                    remedy="write brackets from the smallest up, each ending where the next begins",
                )
        if isinstance(self.measure, CountOfRecords):
            first = self.brackets[0].range
            if first.low is None or first.low < 1:
                raise invalid(11, "a table by count starts at one record", remedy="write the first as 1..")
            if self.brackets[-1].range.high is not None:
                raise invalid(13, "a table by count ends", remedy="leave the last bracket open: 5..")
            if any(one.range.high != after.range.low for one, after in pairwise(self.brackets)):
                raise invalid(
                    13, "a table by count has a gap", remedy="let each bracket begin where one ends"
                )
            sizes = [abs(one.points) for one in self.brackets]
            if sizes != sorted(sizes):
                raise invalid(16, "more records give fewer points", why="each record's share is what it adds")

    def points(self, value: int) -> int:
        """Points of the bracket that holds the value, or none."""
        return next((one.points for one in self.brackets if one.range.holds(value)), 0)


Award = Each | Once | Per | Table | NotStated


def all_points(award: Award) -> tuple[int, ...]:
    """Every number of points that an award names, in hundredths; of one that is not stated, its sign."""
    if isinstance(award, NotStated):
        return (award.furthest or (-1 if award.deducts else 1),)
    if isinstance(award, Table):
        return tuple(one.points for one in award.brackets)
    return (award.points,)
