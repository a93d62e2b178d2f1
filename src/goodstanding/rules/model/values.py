"""The smallest values of a rule: half-open ranges of integers, and the refusal of what cannot be one.

Every number of a rulebook is an integer: points in hundredths, money in minor units, number fields as they
are. "At most 15" is kept as "below 16", so that one comparison serves and no engine can round.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.core.errors import Refusal

POINT = 100  # hundredths in one point


def invalid(number: int, what: str, *, why: str = "", remedy: str = "") -> Refusal:
    """The refusal of a node that cannot be built; the language adds file, line and column."""
    return Refusal(f"GS-RULES-{number:03d}", what, why=why, remedy=remedy)


@dataclass(frozen=True)
class Range:
    """Integers from `low` up to, and not including, `high`; None is open."""

    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise invalid(
                11,
                f"the range from {self.low} to {self.high} holds nothing",
                why="ranges run from the lower bound up to, and not including, the upper one",
                remedy="put the smaller bound first, and let the two differ",
            )

    def holds(self, value: int) -> bool:
        """Whether the value lies in the range."""
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)

    @property
    def unbounded(self) -> bool:
        """Whether every integer lies in the range."""
        return self.low is None and self.high is None


@dataclass(frozen=True)
class Interval:
    """What is known of a number: it lies between `low` and `high`, both included; None is unbounded."""

    low: int | None
    high: int | None

    @classmethod
    def exactly(cls, value: int) -> Interval:
        """A number that is known."""
        return cls(value, value)

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low is not None and self.low == self.high

    def within(self, bounds: Range) -> bool | None:
        """Whether the number lies in a range: yes, no, or None for "cannot tell"."""
        above = bounds.low is None or (self.low is not None and self.low >= bounds.low)
        below = bounds.high is None or (self.high is not None and self.high < bounds.high)
        if above and below:
            return True
        if bounds.low is not None and self.high is not None and self.high < bounds.low:
            return False
        if bounds.high is not None and self.low is not None and self.low >= bounds.high:
            return False
        return None


def written(hundredths: int) -> str:
    """Points as a reader writes them: 8950 is "89.5"."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), POINT)
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")
