"""Quotas by rank in SQL: what each leaves possible, and the cut-offs that it needs first.

The cut-offs are two numbers for everyone. They are asked for before the grades are given, and stand in the
layers as literals: so one organisation alone is worked out with the cut-offs of a run.
"""

from __future__ import annotations

from ...model import Quota
from ...ranking import HIGHEST, LOWEST, CutOffs
from .giving import Giving
from .probes import Probes


class Ranking(Giving):
    """Builds the layers of quotas."""

    def __init__(self, probes: Probes, cut_offs: CutOffs | None = None) -> None:
        super().__init__(probes)
        self.cut_offs = cut_offs or {}

    def bit(self, grade: str) -> int:
        """A grade as a bit of what is possible."""
        return 1 << self.rulebook.grades.index(grade)

    def ranked_by(self, quota: Quota) -> str:
        """What the columns of the value that a quota ranks begin with."""
        return "points" if quota.by is None else self.names[quota.by]

    def keeps(self, quota: Quota, value: str | None = None) -> str:
        """Whether a value is among the best, as a nullable boolean; NULL without cut-offs."""
        cut = self.cut_offs.get(quota.id)
        if cut is None:
            return "NULL::BOOLEAN"
        name, passes = value or self.ranked_by(quota), ">=" if quota.ties_in else ">"
        surely = f"{_low(name)} {passes} {cut.surely}"
        possibly = f"{_high(name)} {passes} {cut.possibly}"
        return f"(CASE WHEN {surely} THEN TRUE WHEN NOT ({possibly}) THEN FALSE END)"

    def ranked(self, number: int, quota: Quota, kept: str, before: str = "") -> str:
        """The grades that are possible after a quota, from those before it."""
        grades, mine, other = before or f"g{number}", self.bit(quota.grade), self.bit(quota.otherwise)
        every = (2 << len(self.rulebook.grades)) - 1
        lost = f"(({grades} & {every & ~mine}) | {other})"
        return (
            f"(CASE WHEN ({grades} & {mine}) = 0 OR {kept} THEN {grades} "
            f"WHEN {kept} IS NULL THEN ({grades} | {other}) ELSE {lost} END)::BIGINT"
        )

    def pool(self, place: int, source: str) -> str:
        """The values that the quota at a place ranks, as `low` and `high`, and whether each surely is in the
        pool; the cut-offs of the earlier ones stand."""
        quotas = self.rulebook.quotas
        inner = f"SELECT * FROM {source}"
        for number, earlier in enumerate(quotas[:place]):
            after = self.ranked(number, earlier, self.keeps(earlier, f"q{number}"))
            inner = f"SELECT *, {after} AS g{number + 1} FROM ({inner}) AS p{number}"
        quota = quotas[place]
        mine = self.bit(quota.grade)
        among = f" WHERE (g{place} & {mine}) <> 0" if quota.among_grade else ""
        sure = f"g{place} = {mine}" if quota.among_grade else "TRUE"
        name = f"q{place}"
        return (
            f"SELECT {_low(name)} AS low, {_high(name)} AS high, {sure} AS sure FROM ({inner}) AS pool{among}"
        )


def _low(name: str) -> str:
    """`low_of` in SQL."""
    return f"least(greatest(coalesce({name}_low, {LOWEST}), {LOWEST}), {HIGHEST - 1})"


def _high(name: str) -> str:
    """`high_of` in SQL."""
    return f"greatest(least(coalesce({name}_high, {HIGHEST}), {HIGHEST}), {LOWEST + 1})"
