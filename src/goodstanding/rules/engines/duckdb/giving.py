"""Rules that give points by a condition or by a fact: columns of a subject's row, and lines without a record.

A rule has the columns j<ordinal>_low and _high, its points (NULL is open), and j<ordinal>_access, that of the
most closed record that it rests on.
"""

from __future__ import annotations

from ...model import FactTable, JudgedRule, MeasuredRule, PerUnit, ResultOf
from .asking import Asking
from .intervals import exact, extreme, outside
from .pointing import MET, UNKNOWN

Given = JudgedRule | MeasuredRule


class Giving(Asking):
    """Builds the layers of the rules that have no probe of their own."""

    def given(self) -> list[tuple[int, Given]]:
        """These rules, each with its ordinal."""
        return [(n, one) for n, one in enumerate(self.rulebook.rules, 1) if isinstance(one, Given)]

    def give(self) -> None:
        """A layer of answers, then a layer of points."""
        asked, points = [], []
        for number, rule in self.given():
            name = f"j{number}"
            if isinstance(rule, JudgedRule):
                asked.append(f"{self.ask(rule.when)} AS {name}_met")
                self.note(rule.id, rule.when)
                size = str(abs(rule.points))
                low = f"CASE WHEN {name}_met THEN {size} ELSE 0 END"
                high: str = f"CASE WHEN {name}_met IS FALSE THEN 0 ELSE {size} END"
            elif isinstance(rule.award, FactTable):
                low, high = self._by_table(rule, rule.award)
            else:
                low, high = self._per_unit(rule, rule.award)
            if rule.deducts:
                low, high = f"-({high})", f"-({low})"
            points.append(f"({low})::BIGINT AS {name}_low, ({high})::BIGINT AS {name}_high")
            points.append(f"{self._access(rule)}::TINYINT AS {name}_access")
            self.unsure.append((rule.id, f"NOT {exact(name)}"))
        self.layers += [", ".join(one) for one in (asked, points) if one]

    def _per_unit(self, rule: MeasuredRule, award: PerUnit) -> tuple[str, str]:
        name, limit = self.names[rule.fact], rule.reach

        def size(end: str) -> str:
            above = f"{name}_{end}::HUGEINT - {award.over}"
            begun = f" + {award.unit - 1}" if award.started else ""
            units = f"(({above}{begun}) // {award.unit}) * {abs(award.points)}"
            return units if limit is None else f"least({units}, {limit})"

        most = "NULL" if limit is None else str(limit)
        return (
            f"CASE WHEN {name}_low > {award.over} THEN {size('low')} ELSE 0 END",
            f"CASE WHEN {name}_high IS NULL THEN {most} WHEN {name}_high > {award.over} "
            f"THEN {size('high')} ELSE 0 END",
        )

    def _by_table(self, rule: MeasuredRule, award: FactTable) -> tuple[str, str]:
        """The extremes over the brackets that the interval meets, and over the gaps between them."""
        name, limit = self.names[rule.fact], rule.reach
        assert limit is not None, "a table names its largest points"
        sizes = [(one.range, min(abs(one.points), limit)) for one in award.brackets]
        sizes += [(gap, 0) for gap in award.gaps]
        ends = []
        for way, otherwise in (("least", limit), ("greatest", 0)):
            cases = [
                f"CASE WHEN {outside(f'{name}_low', f'{name}_high', span)} THEN {otherwise} ELSE {size} END"
                for span, size in sizes
            ]
            ends.append(extreme(way, cases))
        return ends[0], ends[1]

    def _access(self, rule: Given) -> str:
        facts = self.probes.facts_behind(rule)
        resting = [f"coalesce(p{one}_access, 0)" for one in self.probes.behind(rule)]
        resting += [f"coalesce({self.other(one)}_access, 0)" for _, one in self.results() if one.id in facts]
        return extreme("greatest", resting) if resting else "0"

    def section_of_given(self, section: str | None, end: str) -> list[str]:
        """The columns that add to a section."""
        return [f"j{number}_{end}" for number, rule in self.given() if rule.section == section]

    def results(self) -> list[tuple[int, ResultOf]]:
        """The facts that are results of other rulebooks, each with its ordinal."""
        ordinal = {one.id: one.ordinal for one in self.rulebook.entries()}
        return [(ordinal[one.id], one) for one in self.rulebook.facts if isinstance(one, ResultOf)]

    def kept(self) -> list[str]:
        """The columns that the lines need of a subject's row."""
        mine = [f"j{number}_{part}" for number, _ in self.given() for part in ("low", "high", "access")]
        for number, fact in self.results():
            mine.append(f"coalesce({self.other(fact)}_access, 0)::TINYINT AS e{number}_access")
            mine.append(f"{exact(self.names[fact.id])} AS e{number}_known")
        return mine

    def own_lines(self, results: str) -> list[str]:
        """The lines of these rules, without record, none of a rule that surely gives nothing; and of results."""
        told = [
            f"SELECT subject_id, {number}::SMALLINT AS rule, NULL::BIGINT AS record_id, 0::BIGINT AS points_low, "
            f"0::BIGINT AS points_high, (CASE WHEN e{number}_known THEN {MET} ELSE {UNKNOWN} END)::TINYINT "
            f"AS status, e{number}_access AS access FROM {results}"
            for number, _ in self.results()
        ]
        return told + [
            f"SELECT subject_id, {number}::SMALLINT AS rule, NULL::BIGINT AS record_id, "
            f"j{number}_low AS points_low, j{number}_high AS points_high, "
            f"(CASE WHEN {exact(f'j{number}')} THEN {MET} ELSE {UNKNOWN} END)::TINYINT AS status, "
            f"j{number}_access AS access FROM {results} "
            f"WHERE (j{number}_low = 0 AND j{number}_high = 0) IS NOT TRUE"
            for number, _ in self.given()
        ]
