"""What two results have in common: the same grade, the same place on two scales, or nothing to compare."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..model import Rulebook

# No grade has a space in its name.
CANNOT_TELL = "cannot tell"
NOT_PUBLIC = "not public"
NOT_ASSESSED = "not assessed"
WITHOUT_GRADE = (CANNOT_TELL, NOT_PUBLIC, NOT_ASSESSED)


class By(StrEnum):
    """How grades of two scales are held against each other.

    `name`: the scales share names of grades. `place`: they do not, and have as many grades. `ends`: they have
    not; the best and the worst of each answer each other, and so does whatever lies between.
    """

    NAME = "name"
    PLACE = "place"
    ENDS = "ends"


@dataclass(frozen=True)
class Measure:
    """Holds grades of two scales, the best first, against each other."""

    by: By
    one: tuple[str, ...]
    other: tuple[str, ...]

    def alike(self, one: str, other: str) -> bool | None:
        """Whether two outcomes say the same; None where one of them is no grade."""
        if one not in self.one or other not in self.other:
            return None
        if self.by is By.NAME:
            return one == other
        return self.standing(one, self.one) == self.standing(other, self.other)

    def distance(self, one: str, other: str) -> int:
        """How far apart two outcomes are, in thousandths of a scale; 0 where they cannot be compared."""
        if one not in self.one or other not in self.other:
            return 0
        return abs(_share(one, self.one) - _share(other, self.other))

    def standing(self, grade: str, scale: tuple[str, ...]) -> int:
        """Where a grade stands: its place, or by the ends -1 best, 0 between, 1 worst."""
        place = scale.index(grade)
        if self.by is By.PLACE:
            return place
        return -1 if place == 0 else 1 if place == len(scale) - 1 else 0


def _share(grade: str, scale: tuple[str, ...]) -> int:
    return 1000 * scale.index(grade) // max(len(scale) - 1, 1)


def measure_of(one: Rulebook, other: Rulebook) -> Measure:
    """How the grades of these rulebooks are compared."""
    if set(one.grades) & set(other.grades):
        by = By.NAME
    else:
        by = By.PLACE if len(one.grades) == len(other.grades) else By.ENDS
    return Measure(by, one.grades, other.grades)
