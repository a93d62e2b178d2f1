"""Lines and matches become one row per subject: facts, total, grade.

Each step is a layer over the one before. A condition is a nullable boolean (NULL is "cannot tell"); the grades
that are possible are bits of one integer, the best grade lowest, and the bit above them all is "no grade".
"""

from __future__ import annotations

from ...model import CANDIDATE, MEASURED, NONE, Bands, Total
from .intervals import clip, exact, extreme, outside, within
from .matching import quoted
from .ranking import Ranking


class Outcome(Ranking):
    """Builds the layers for one rulebook."""

    def total(self) -> None:
        """The total, [points_low, points_high]."""
        if not self.rulebook.has_points:
            self.layers.append("NULL::BIGINT AS points_low, NULL::BIGINT AS points_high")
            return
        starts = self.rulebook.start
        possible = self.steps("start", "start", [one.when for one in starts])
        self.give()
        ends = {}
        for end, way in (("low", "least"), ("high", "greatest")):
            choices = [
                f"CASE WHEN {test} THEN {one.points}::BIGINT END"
                for test, one in zip(possible, starts, strict=True)
            ]
            parts = [f"({extreme(way, choices)})"]
            for number, section in enumerate((None, *self.rulebook.sections)):
                # A subject without lines has no row in `sums`; a NULL in a row that is there is open.
                part = f"CASE WHEN lined IS NULL THEN 0 ELSE s{number}_{end} END"
                given = self.section_of_given(section.id if section else None, end)
                part = " + ".join([f"({part})", *given]) if given else part
                if section is not None:
                    part = clip(f"({part})", end, section.at_least, section.at_most)
                parts.append(f"({part})")
            whole = " + ".join(parts)
            ends[end] = clip(f"({whole})", end, self.rulebook.floor, self.rulebook.ceiling)
        self.layers.append(f"{ends['low']} AS points_low, {ends['high']} AS points_high")

    def grade(self) -> None:
        """The grades that are possible, as bits: by the table, then bars, then overrides."""
        rulebook = self.rulebook
        bit = {grade: 1 << place for place, grade in enumerate(rulebook.grades)}
        nothing = 1 << len(bit)
        self.layers.append(f"({self._by_grading(bit, nothing)})::BIGINT AS g0")
        for number, quota in enumerate(rulebook.quotas):
            kept = self.keeps(quota)
            self.layers.append(f"{self.ranked(number, quota, kept)} AS g{number + 1}")
            mine = f"(g{number} & {self.bit(quota.grade)}) <> 0"
            self.unsure.append((quota.id, f"{mine} AND {kept} IS NULL"))
        number = len(rulebook.quotas)
        for bar in rulebook.bars:
            asked = self.ask(bar.when)
            self.note(bar.id, bar.when)
            best = rulebook.grades.index(bar.at_best)
            better = (1 << best) - 1
            barred = (
                f"((g{number} & {~better & (2 * nothing - 1)}) | "
                f"(CASE WHEN (g{number} & {better}) <> 0 THEN {1 << best} ELSE 0 END))"
            )
            self._change(number, asked, barred, f"(g{number} | {barred})")
            number += 1
        for override in reversed(rulebook.overrides):
            asked = self.ask(override.when)
            self.note(override.id, override.when)
            given = str(bit[override.grade])
            self._change(number, asked, given, f"(g{number} | {given})")
            number += 1
        told = " ".join(f"WHEN {place} THEN {quoted(grade)}" for grade, place in bit.items())
        self.layers.append(f"CASE g{number} {told} END AS grade, g{number} AS possible")

    def _by_grading(self, bit: dict[str, int], nothing: int) -> str:
        """The grades that are possible before bars and overrides."""
        grading = self.rulebook.grading
        if self.rulebook.without_criteria:
            self.unsure.append(("criteria", "TRUE"))
            return str(bit[CANDIDATE] | bit[NONE])
        if isinstance(grading, Total):
            return f"{bit[MEASURED]} + (CASE WHEN {exact('points')} THEN 0 ELSE {nothing} END)"
        if isinstance(grading, Bands):
            name = self.names[grading.of] if grading.of else "points"
            low, high = f"{name}_low", f"{name}_high"
            terms = []
            for grade in grading.grades:
                mine = [one for one in grading.bands if one.grade == grade]
                tests = " OR ".join(f"({outside(low, high, one.range)}) IS NOT TRUE" for one in mine)
                terms.append(f"(CASE WHEN {tests} THEN {bit[grade]} ELSE 0 END)")
            beyond = f"{within(low, high, grading.reach)} IS NOT TRUE"
            terms.append(f"(CASE WHEN {beyond} THEN {nothing} ELSE 0 END)")
            self.unsure.append((grading.of or "points", f"({beyond} AND {exact(name)})"))
            return " + ".join(terms)
        possible = self.steps("step", "grades", [one.when for one in grading.steps])
        by_grade: dict[str, list[str]] = {}
        for test, step in zip(possible, grading.steps, strict=True):
            by_grade.setdefault(step.grade, []).append(f"({test})")
        return " + ".join(
            f"(CASE WHEN {' OR '.join(tests)} THEN {bit[grade]} ELSE 0 END)"
            for grade, tests in by_grade.items()
        )

    def _change(self, number: int, asked: str, met: str, perhaps: str) -> None:
        self.layers.append(
            f"(CASE WHEN {asked} THEN {met} WHEN {asked} IS NULL THEN {perhaps} ELSE g{number} END)::BIGINT "
            f"AS g{number + 1}"
        )

    def layered(self, joined: str) -> str:
        """The layers, one over the other."""
        inner = joined
        for number, layer in enumerate(self.layers):
            inner = f"SELECT *, {layer} FROM ({inner}) AS l{number}"
        return inner

    def ranking(self, joined: str) -> str:
        """One row per subject: the grades that are possible before any quota, and the value of each quota."""
        self.facts()
        self.total()
        bit = {grade: 1 << place for place, grade in enumerate(self.rulebook.grades)}
        self.layers.append(f"({self._by_grading(bit, 1 << len(bit))})::BIGINT AS g0")
        values = [
            f"{self.ranked_by(quota)}_{end} AS q{number}_{end}"
            for number, quota in enumerate(self.rulebook.quotas)
            for end in ("low", "high")
        ]
        return f"SELECT {', '.join(['g0', *values])} FROM ({self.layered(joined)}) AS ranked"

    def query(self, joined: str) -> str:
        """One row per subject from the joined sums: subject_id, grade, possible, points, missing, access, and
        what the lines of `giving` need."""
        self.facts()
        self.total()
        self.grade()
        inner = self.layered(joined)
        by_id: dict[str, list[str]] = {}
        for name, test in self.unsure:
            by_id.setdefault(name, []).append(f"({test})")
        lists = [
            f"(CASE WHEN {' OR '.join(tests)} THEN [{quoted(name)}] ELSE []::VARCHAR[] END)"
            for name, tests in by_id.items()
        ]
        lists.append("coalesce(unsure_rules, []::VARCHAR[])")
        missing = f"CASE WHEN grade IS NULL THEN list_sort({' || '.join(lists)}) ELSE []::VARCHAR[] END"
        kept = ", ".join(["", *self.kept()])
        closed = ["coalesce(access, 0)"]
        closed += [f"coalesce(o{number}_access, 0)" for number in range(len(self.probes.others()))]
        return (
            f"SELECT subject_id, grade, possible, points_low, points_high, {missing} AS missing, "
            f"{extreme('greatest', closed)}::TINYINT AS access, lined{kept} FROM ({inner}) AS done"
        )
