"""How a total or facts become a grade, and what may change the grade afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model import Basis, Title

from .added import added
from .conditions import Condition
from .values import Range, invalid


@dataclass(frozen=True)
class Band:
    """A grade for values in a range."""

    grade: str
    range: Range


@dataclass(frozen=True)
class Bands:
    """Grades by the total (`of` is None, in hundredths) or by one fact; the best grade first."""

    bands: tuple[Band, ...]
    of: str | None = None

    @property
    def reach(self) -> Range:
        """From the lowest bound to the highest; a value outside has no grade."""
        lows = [one.range.low for one in self.bands]
        highs = [one.range.high for one in self.bands]
        return Range(
            None if None in lows else min(one for one in lows if one is not None),
            None if None in highs else max(one for one in highs if one is not None),
        )

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade, the best first."""
        return tuple(dict.fromkeys(one.grade for one in self.bands))


@dataclass(frozen=True)
class Step:
    """A grade for who meets a condition; without one, for everyone left."""

    grade: str
    when: Condition | None


@dataclass(frozen=True)
class Ladder:
    """An ordered table: the first step whose condition is met gives the grade; the best grade first."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not self.steps or self.steps[-1].when is not None:
            raise invalid(
                13,
                "the table of grades has no last step",
                why="whoever meets no condition would get no grade",
                remedy="end with a step that has `otherwise` and no condition",
            )
        if any(one.when is None for one in self.steps[:-1]):
            raise invalid(23, "a grade after the step without condition can never be reached")

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade, the best first."""
        return tuple(dict.fromkeys(one.grade for one in self.steps))


MEASURED = "measured"


@dataclass(frozen=True)
class Total:
    """No grades: the total itself is the result, told where it is exactly known."""

    @property
    def grades(self) -> tuple[str, ...]:
        """The one result."""
        return (MEASURED,)


@dataclass(frozen=True)
class Override:
    """A condition that gives a grade whatever the total says. The first one met wins."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    when: Condition
    grade: str
    uncertain: bool = False
    covers: tuple[str, ...] = added(())


@dataclass(frozen=True)
class Bar:
    """A condition under which the grade is `at_best` or worse. An override stands above it."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    when: Condition
    at_best: str
    uncertain: bool = False
    covers: tuple[str, ...] = added(())
