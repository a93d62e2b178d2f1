"""What stands above single rules: which version a record is judged by, what is suspended, who ranks best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Basis, Title

from .values import invalid


class VersionedBy(StrEnum):
    """The day that chooses the version of a rulebook that judges a record."""

    ASSESSMENT = "assessment"
    OCCURRED_ON = "occurred_on"
    DECIDED_ON = "decided_on"
    EFFECTIVE_FROM = "effective_from"


@dataclass(frozen=True)
class Amendment:
    """From a day to a day, [from_day, to_day), a rule, override or bar does not apply.

    `by` says which day is meant: that of the assessment, or a date of each record.
    """

    id: str
    title: Title
    basis: tuple[Basis, ...]
    suspends: str
    from_day: date
    to_day: date | None = None
    by: VersionedBy = VersionedBy.ASSESSMENT
    uncertain: bool = False
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.to_day is not None and self.to_day <= self.from_day:
            raise invalid(11, f"amendment {self.id} is in force on no day")


@dataclass(frozen=True)
class Quota:
    """A grade for the best only.

    Of n subjects the best floor(n · best / 10000) keep the grade, by the total (`by` None) or a fact; the
    others get `otherwise`. `among_grade` counts n among those that would get the grade, not everyone. With
    `ties_in`, whoever equals the last one in is in; without, whoever equals the first one out is out.
    """

    id: str
    title: Title
    basis: tuple[Basis, ...]
    grade: str
    best: int
    otherwise: str
    by: str | None = None
    among_grade: bool = False
    ties_in: bool = True
    uncertain: bool = False
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.best < 100_00:
            raise invalid(5, f"the share of quota {self.id} is not between 0 and 100 %")
        if self.grade == self.otherwise:
            raise invalid(5, f"quota {self.id} leaves the grade as it is")
