"""What can be asked of a subject. Every answer is yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .selects import Select
from .values import Range, invalid
from .windows import Window


@dataclass(frozen=True)
class Exists:
    """There is a selected record."""

    select: Select
    window: Window


@dataclass(frozen=True)
class FactIn:
    """A fact's number lies in a range."""

    fact: str
    range: Range


@dataclass(frozen=True)
class FactIs:
    """A fact's code is one of these values."""

    fact: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise invalid(5, f"no value of {self.fact} is named")


@dataclass(frozen=True)
class PointsIn:
    """The total, in hundredths, lies in a range."""

    range: Range


@dataclass(frozen=True)
class RegisteredFor:
    """The subject has been registered for a number of whole months that lies in a range."""

    months: Range

    def __post_init__(self) -> None:
        if any(bound is not None and not 0 < bound <= 1200 for bound in (self.months.low, self.months.high)):
            raise invalid(5, "an age in months must be 1 to 1200")


@dataclass(frozen=True)
class All:
    """Every condition is met."""

    of: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if not self.of:
            raise invalid(4, "a condition without parts")


@dataclass(frozen=True)
class Any:
    """One of the conditions is met."""

    of: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if not self.of:
            raise invalid(4, "a condition without parts")


@dataclass(frozen=True)
class Not:
    """The condition is not met."""

    of: Condition


@dataclass(frozen=True)
class AtLeastOf:
    """At least this many of the conditions are met."""

    number: int
    of: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.number <= len(self.of):
            raise invalid(5, f"at least {self.number} of {len(self.of)} conditions")


Condition = Exists | FactIn | FactIs | PointsIn | RegisteredFor | All | Any | Not | AtLeastOf


def leaves(condition: Condition) -> Iterator[Exists | FactIn | FactIs | PointsIn | RegisteredFor]:
    """The questions that a condition is made of, in order."""
    if isinstance(condition, All | Any | AtLeastOf):
        for one in condition.of:
            yield from leaves(one)
    elif isinstance(condition, Not):
        yield from leaves(condition.of)
    else:
        yield condition
