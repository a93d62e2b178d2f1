"""Rules that give points: by records, by a condition, or by a fact's number."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from goodstanding.catalogue.model import Basis, Title

from .added import added
from .awards import Award, Bracket, CountOfRecords, Once, Table, all_points
from .conditions import Condition
from .selects import Select
from .values import Range, invalid
from .windows import Window


@dataclass(frozen=True)
class Rule:
    """Points for selected records. `cap` is signed, like what it caps."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    select: Select
    window: Window
    award: Award
    cap: int | None = None
    section: str | None = None
    uncertain: bool = False
    covers: tuple[str, ...] = added(())

    def __post_init__(self) -> None:
        points = [one for one in all_points(self.award) if one]
        if not points:
            raise invalid(16, f"rule {self.id} gives no points", remedy="name its points, or drop it")
        if min(points) < 0 < max(points):
            raise invalid(
                16,
                f"rule {self.id} both gives and takes points",
                why="a cap, and what cannot be told, need one direction",
                remedy="write two rules",
            )
        if self.cap is not None:
            if self.cap == 0 or (self.cap < 0) != (points[0] < 0):
                raise invalid(17, f"the cap of rule {self.id} has another sign than its points")
            if abs(self.cap) < min(abs(one) for one in points):
                raise invalid(17, f"the cap of rule {self.id} is smaller than its points")

    @property
    def all_points(self) -> tuple[int, ...]:
        """Every number of points that the rule names, in hundredths; of one that is not stated, its sign."""
        return all_points(self.award)

    @property
    def reach(self) -> int | None:
        """The most that the rule can give or take, without its sign, in hundredths; None is without bound."""
        limits = [abs(self.cap)] if self.cap is not None else []
        if isinstance(self.award, Once):
            limits.append(abs(self.award.points))
        if isinstance(self.award, Table) and isinstance(self.award.measure, CountOfRecords):
            limits.append(abs(self.award.brackets[-1].points))
        return min(limits, default=None)

    @property
    def deducts(self) -> bool:
        """Whether the rule takes points."""
        return min(all_points(self.award)) < 0


@dataclass(frozen=True)
class JudgedRule:
    """Points, in hundredths, for who meets a condition: what is absent, both-and-either tests."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    when: Condition
    points: int
    section: str | None = None
    uncertain: bool = False
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.points:
            raise invalid(16, f"rule {self.id} gives no points", remedy="name its points, or drop it")

    @property
    def all_points(self) -> tuple[int, ...]:
        """Every number of points that the rule names, in hundredths."""
        return (self.points,)

    @property
    def reach(self) -> int | None:
        """The most that the rule can give or take, without its sign, in hundredths."""
        return abs(self.points)

    @property
    def deducts(self) -> bool:
        """Whether the rule takes points."""
        return self.points < 0


@dataclass(frozen=True)
class PerUnit:
    """Points for each whole unit of a fact's number above `over`; with `started`, for each unit begun.

    Never less than nothing: a number below `over` gives no points.
    """

    unit: int
    points: int
    over: int = 0
    started: bool = False

    def __post_init__(self) -> None:
        if self.unit <= 0:
            raise invalid(5, f"points per {self.unit}", why="the unit must be more than nothing")

    def given(self, value: int) -> int:
        """Points for a number that is known."""
        above = max(value - self.over, 0)
        return (-(-above // self.unit) if self.started else above // self.unit) * self.points


@dataclass(frozen=True)
class FactTable:
    """Points by the bracket that holds a fact's number; in no bracket, none."""

    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        if not self.brackets:
            raise invalid(4, "a table without brackets")
        for one, after in pairwise(self.brackets):
            if one.range.high is None or after.range.low is None or after.range.low < one.range.high:
                raise invalid(
                    12,
                    "two brackets of a table overlap or are out of order",
                    remedy="write brackets from the smallest up, each ending where the next begins",
                )

    def given(self, value: int) -> int:
        """Points for a number that is known."""
        return next((one.points for one in self.brackets if one.range.holds(value)), 0)

    @property
    def gaps(self) -> tuple[Range, ...]:
        """Where a number lies in no bracket, from the smallest up."""
        found = []
        if self.brackets[0].range.low is not None:
            found.append(Range(None, self.brackets[0].range.low))
        for one, after in pairwise(self.brackets):
            if one.range.high != after.range.low:
                found.append(Range(one.range.high, after.range.low))
        if self.brackets[-1].range.high is not None:
            found.append(Range(self.brackets[-1].range.high, None))
        return tuple(found)


@dataclass(frozen=True)
class MeasuredRule:
    """Points by a fact's number. `cap` is signed, like what it caps."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    fact: str
    award: PerUnit | FactTable
    cap: int | None = None
    section: str | None = None
    uncertain: bool = False
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        points = [one for one in self.all_points if one]
        if not points:
            raise invalid(16, f"rule {self.id} gives no points", remedy="name its points, or drop it")
        if min(points) < 0 < max(points):
            raise invalid(
                16,
                f"rule {self.id} both gives and takes points",
                why="a cap, and what cannot be told, need one direction",
                remedy="write two rules",
            )
        if self.cap is not None and (self.cap == 0 or (self.cap < 0) != (points[0] < 0)):
            raise invalid(17, f"the cap of rule {self.id} has another sign than its points")

    @property
    def all_points(self) -> tuple[int, ...]:
        """Every number of points that the rule names, in hundredths."""
        if isinstance(self.award, PerUnit):
            return (self.award.points,)
        return tuple(one.points for one in self.award.brackets)

    @property
    def reach(self) -> int | None:
        """The most that the rule can give or take, without its sign, in hundredths; None is without bound."""
        limits = [abs(self.cap)] if self.cap is not None else []
        if isinstance(self.award, FactTable):
            limits.append(max(abs(one) for one in self.all_points))
        return min(limits, default=None)

    @property
    def deducts(self) -> bool:
        """Whether the rule takes points."""
        return min(self.all_points) < 0


AnyRule = Rule | JudgedRule | MeasuredRule
