"""Lines and matches become one row per subject: facts, total, grade.

Each step is a layer over the one before. A condition is a nullable boolean (NULL is "cannot tell"); the grades
that are possible are bits of one integer, the best grade lowest, and the bit above them all is "no grade".
"""

from __future__ import annotations

from datetime import date

from ...model import (
    All,
    Any,
    Bands,
    Code,
    Condition,
    Count,
    Exists,
    FactIn,
    FactIs,
    Largest,
    LargestOf,
    Latest,
    Not,
    PointsIn,
    Range,
    Recorded,
    RegisteredFor,
    Rulebook,
    Span,
    Sum,
    Window,
    leaves,
)
from .matching import day, quoted
from .probes import Probe, Probes


def within(low: str, high: str, span: Range) -> str:
    """Whether an interval lies in a range, as a nullable boolean; NULL bounds are open."""
    met, failed = [], []
    if span.low is not None:
        met.append(f"{low} >= {span.low}")
        failed.append(f"{high} < {span.low}")
    if span.high is not None:
        met.append(f"{high} < {span.high}")
        failed.append(f"{low} >= {span.high}")
    if not met:
        return "TRUE"
    return f"(CASE WHEN {' AND '.join(met)} THEN TRUE WHEN {' OR '.join(failed)} THEN FALSE END)"


class Outcome:
    """Builds the layers for one rulebook."""

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self.rulebook: Rulebook = probes.rulebook
        self.names = {one.id: f"f{number}" for number, one in enumerate(self.rulebook.facts)}
        self.layers: list[str] = []
        self.unsure: list[tuple[str, str]] = []  # (id, expression: it is not known)

    # What is summed up per subject

    def sums(self, lines: str, *, open_ended: bool, sure: bool = False, access: int | None = None) -> str:
        """Points per subject and section. With `sure`, both ends are the same; `access` where all have it."""
        most = "max(access)" if access is None else str(access)
        parts = ["subject_id", "TRUE AS lined", f"{most} AS access"]
        for number, section in enumerate((None, *self.rulebook.sections)):
            mine = [
                str(one.number)
                for one in self.probes.with_role("rule")
                if one.rule and one.rule.section == (section.id if section else None)
            ]
            keep = (
                "" if not self.rulebook.sections else f" FILTER (WHERE rule IN ({', '.join(mine) or 'NULL'}))"
            )
            for end in ("low", "high"):
                total = f"coalesce(sum(points_{'low' if sure else end}){keep}, 0)::BIGINT"
                if open_ended:
                    opened = f"coalesce(bool_or(points_{end} IS NULL){keep}, FALSE)"
                    total = f"CASE WHEN NOT {opened} THEN {total} END"
                parts.append(f"{total} AS s{number}_{end}")
        return f"SELECT {', '.join(parts)} FROM {lines} GROUP BY subject_id"

    def counts(self, matches: str) -> str:
        """What facts and conditions need, per subject."""
        parts = ["subject_id"]
        for probe in self.probes.with_role("fact", "exists"):
            keep = f"FILTER (WHERE probe = {probe.number}"
            name = f"p{probe.number}"
            parts.append(f"count(*) {keep} AND sure) AS {name}_sure")
            parts.append(f"count(*) {keep}) AS {name}_all")
            fact = probe.fact
            if isinstance(fact, Sum | Largest):
                parts.append(f"count(*) {keep} AND value IS NULL) AS {name}_null")
            if isinstance(fact, Sum):
                for end, extreme in (("low", "least"), ("high", "greatest")):
                    step = f"CASE WHEN sure THEN value ELSE {extreme}(value, 0) END"
                    parts.append(f"coalesce(sum({step}) {keep}), 0)::BIGINT AS {name}_{end}")
            if isinstance(fact, Largest):
                parts.append(f"max(value) {keep} AND sure) AS {name}_low")
                parts.append(f"max(value) {keep}) AS {name}_high")
        return f"SELECT {', '.join(parts)} FROM {matches} GROUP BY subject_id"

    def latest_values(self) -> str:
        """The value of the latest record of each fact, per subject; NULL where it is not known."""
        parts = ["subject_id"]
        for probe in self.probes.with_role("fact"):
            if isinstance(probe.fact, Latest):
                column = "code" if isinstance(probe.fact.of, Code) else "value"
                parts.append(
                    f"max({column}) FILTER (WHERE probe = {probe.number} AND sure) AS p{probe.number}_value"
                )
        return f"SELECT {', '.join(parts)} FROM tops GROUP BY subject_id"

    def absent_flags(self) -> str:
        """Which probes have nothing recorded, per subject."""
        parts = ["subject_id"]
        for probe in self.probes.with_role("fact", "exists"):
            if probe.presence is not None:
                parts.append(f"bool_or(probe = {probe.number}) AS p{probe.number}_absent")
        return f"SELECT {', '.join(parts)} FROM absences GROUP BY subject_id"

    # Facts

    def _absent(self, probe: Probe) -> str:
        return f"coalesce(p{probe.number}_absent, FALSE)" if probe.presence is not None else "FALSE"

    def _recorded(self, fact: Recorded) -> tuple[str, str]:
        probe = next(one for one in self.probes.with_role("fact") if one.fact is fact)
        name, absent = f"p{probe.number}", self._absent(probe)
        total = f"coalesce({name}_all, 0)"
        if isinstance(fact, Count):
            return f"coalesce({name}_sure, 0)", f"CASE WHEN NOT {absent} THEN {total} END"
        if isinstance(fact, Sum):
            told = f"NOT {absent} AND coalesce({name}_null, 0) = 0"
            return tuple(f"CASE WHEN {told} THEN coalesce({name}_{end}, 0) END" for end in ("low", "high"))  # type: ignore[return-value]
        if fact.if_none is None:
            none = "NULL"
        else:
            none = quoted(fact.if_none) if isinstance(fact.if_none, str) else str(fact.if_none)
        empty = f"{total} = 0 AND NOT {absent}"
        if isinstance(fact, Latest):
            value = f"CASE WHEN {empty} THEN {none} ELSE {name}_value END"
            return value, value
        told = f"NOT {absent} AND coalesce({name}_null, 0) = 0"
        return (
            f"CASE WHEN {empty} THEN {none} ELSE {name}_low END",
            f"CASE WHEN {empty} THEN {none} WHEN {told} THEN {name}_high END",
        )

    def facts(self) -> None:
        """A layer for each fact, in the order in which they rest on each other."""
        for fact in self.rulebook.facts_in_order():
            name = self.names[fact.id]
            if isinstance(fact, Recorded):
                low, high = self._recorded(fact)
                exact = f"{name}_low IS NOT NULL AND {name}_low = {name}_high"
                self.unsure.append((fact.id, f"({exact}) IS NOT TRUE"))
            else:
                parts = [self.names[one] for one in fact.facts]
                lows, highs = [f"{one}_low" for one in parts], [f"{one}_high" for one in parts]
                if isinstance(fact, LargestOf):
                    low = f"greatest({', '.join(lows)})" if len(lows) > 1 else lows[0]
                    told = " AND ".join(f"{one} IS NOT NULL" for one in highs)
                    top = f"greatest({', '.join(highs)})" if len(highs) > 1 else highs[0]
                    high = f"CASE WHEN {told} THEN {top} END"
                else:
                    low, high = " + ".join(lows), " + ".join(highs)
            self.layers.append(f"{low} AS {name}_low, {high} AS {name}_high")

    # Conditions

    def ask(self, condition: Condition) -> str:
        """A condition as a nullable boolean."""
        match condition:
            case All():
                return "(" + " AND ".join(self.ask(one) for one in condition.of) + ")"
            case Any():
                return "(" + " OR ".join(self.ask(one) for one in condition.of) + ")"
            case Not():
                return f"(NOT {self.ask(condition.of)})"
            case FactIn():
                name = self.names[condition.fact]
                return within(f"{name}_low", f"{name}_high", condition.range)
            case FactIs():
                values = ", ".join(quoted(one) for one in condition.values)
                return f"({self.names[condition.fact]}_low IN ({values}))"
            case PointsIn():
                return within("points_low", "points_high", condition.range)
            case Exists():
                return self._exists(condition)
            case RegisteredFor():
                return self._registered(condition)

    def _exists(self, condition: Exists) -> str:
        probe = next(one for one in self.probes.with_role("exists") if one.leaf == condition)
        name = f"p{probe.number}"
        unknown = f"coalesce({name}_all, 0) = 0 AND NOT {self._absent(probe)}"
        return f"(CASE WHEN coalesce({name}_sure, 0) > 0 THEN TRUE WHEN {unknown} THEN FALSE END)"

    def _registered(self, condition: RegisteredFor) -> str:
        tests = []
        for months, older in ((condition.months.low, True), (condition.months.high, False)):
            if months is not None:
                earliest: date = Window(Span.MONTHS, months).bounds(self.probes.on)[0]
                tests.append(f"registered_on {'<' if older else '>='} {day(earliest)}")
        return "(" + " AND ".join(tests) + ")"

    def _note(self, owner: str, condition: Condition, reached: str = "TRUE") -> None:
        for leaf in leaves(condition):
            if isinstance(leaf, Exists | RegisteredFor):
                self.unsure.append((owner, f"{self.ask(leaf)} IS NULL AND {reached}"))

    def _steps(self, prefix: str, owner: str, steps: list[Condition | None]) -> list[str]:
        """For an ordered table: whether each step is possible, as expressions over a new layer."""
        asked = []
        for number, when in enumerate(steps):
            if when is not None:
                asked.append(f"{self.ask(when)} AS {prefix}{number}")
                earlier = [f"{prefix}{one} IS NOT TRUE" for one in range(number)]
                self._note(owner, when, " AND ".join(earlier) or "TRUE")
        if asked:
            self.layers.append(", ".join(asked))
        possible = []
        for number, when in enumerate(steps):
            earlier = [f"{prefix}{one} IS NOT TRUE" for one in range(number)]
            mine = [] if when is None else [f"{prefix}{number} IS NOT FALSE"]
            possible.append(" AND ".join(earlier + mine) or "TRUE")
        return possible

    # Total and grade

    def total(self) -> None:
        """The total, [points_low, points_high]."""
        if not self.rulebook.has_points:
            self.layers.append("NULL::BIGINT AS points_low, NULL::BIGINT AS points_high")
            return
        starts = self.rulebook.start
        possible = self._steps("start", "start", [one.when for one in starts])
        ends = {}
        for end, extreme in (("low", "least"), ("high", "greatest")):
            choices = [
                f"CASE WHEN {test} THEN {one.points}::BIGINT END"
                for test, one in zip(possible, starts, strict=True)
            ]
            begin = choices[0] if len(choices) == 1 else f"{extreme}({', '.join(choices)})"
            parts = [f"({begin})"]
            for number, section in enumerate((None, *self.rulebook.sections)):
                # A subject without lines has no row in `sums`; a NULL in a row that is there is open.
                part = f"CASE WHEN lined IS NULL THEN 0 ELSE s{number}_{end} END"
                if section is not None:
                    part = _clip(f"({part})", end, section.at_least, section.at_most)
                parts.append(f"({part})")
            whole = " + ".join(parts)
            ends[end] = _clip(f"({whole})", end, self.rulebook.floor, self.rulebook.ceiling)
        self.layers.append(f"{ends['low']} AS points_low, {ends['high']} AS points_high")

    def grade(self) -> None:
        """The grades that are possible, as bits: by the table, then bars, then overrides."""
        rulebook = self.rulebook
        bit = {grade: 1 << place for place, grade in enumerate(rulebook.grades)}
        nothing = 1 << len(bit)
        grading = rulebook.grading
        if isinstance(grading, Bands):
            name = self.names[grading.of] if grading.of else "points"
            low, high = f"{name}_low", f"{name}_high"
            terms = []
            for grade in grading.grades:
                mine = [one for one in grading.bands if one.grade == grade]
                tests = " OR ".join(f"{within(low, high, one.range)} IS NOT FALSE" for one in mine)
                terms.append(f"(CASE WHEN {tests} THEN {bit[grade]} ELSE 0 END)")
            outside = f"{within(low, high, grading.reach)} IS NOT TRUE"
            terms.append(f"(CASE WHEN {outside} THEN {nothing} ELSE 0 END)")
            exact = f"({low} IS NOT NULL AND {low} = {high}) IS TRUE"
            self.unsure.append((grading.of or "points", f"({outside} AND {exact})"))
        else:
            possible = self._steps("step", "grades", [one.when for one in grading.steps])
            by_grade: dict[str, list[str]] = {}
            for test, step in zip(possible, grading.steps, strict=True):
                by_grade.setdefault(step.grade, []).append(f"({test})")
            terms = [
                f"(CASE WHEN {' OR '.join(tests)} THEN {bit[grade]} ELSE 0 END)"
                for grade, tests in by_grade.items()
            ]
        self.layers.append(f"({' + '.join(terms)})::BIGINT AS g0")
        number = 0
        for bar in rulebook.bars:
            asked = self.ask(bar.when)
            self._note(bar.id, bar.when)
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
            self._note(override.id, override.when)
            given = str(bit[override.grade])
            self._change(number, asked, given, f"(g{number} | {given})")
            number += 1
        told = " ".join(f"WHEN {place} THEN {quoted(grade)}" for grade, place in bit.items())
        self.layers.append(f"CASE g{number} {told} END AS grade, g{number} AS possible")

    def _change(self, number: int, asked: str, met: str, perhaps: str) -> None:
        self.layers.append(
            f"(CASE WHEN {asked} THEN {met} WHEN {asked} IS NULL THEN {perhaps} ELSE g{number} END)::BIGINT "
            f"AS g{number + 1}"
        )

    def query(self, joined: str) -> str:
        """One row per subject from the joined sums: subject_id, grade, possible, points, missing, access."""
        self.facts()
        self.total()
        self.grade()
        inner = joined
        for number, layer in enumerate(self.layers):
            inner = f"SELECT *, {layer} FROM ({inner}) AS l{number}"
        by_id: dict[str, list[str]] = {}
        for name, test in self.unsure:
            by_id.setdefault(name, []).append(f"({test})")
        lists = [
            f"(CASE WHEN {' OR '.join(tests)} THEN [{quoted(name)}] ELSE []::VARCHAR[] END)"
            for name, tests in by_id.items()
        ]
        lists.append("coalesce(unsure_rules, []::VARCHAR[])")
        missing = f"CASE WHEN grade IS NULL THEN list_sort({' || '.join(lists)}) ELSE []::VARCHAR[] END"
        return (
            f"SELECT subject_id, grade, possible, points_low, points_high, {missing} AS missing, "
            f"coalesce(access, 0)::TINYINT AS access, lined FROM ({inner}) AS done"
        )


def _clip(value: str, end: str, low: int | None, high: int | None) -> str:
    """A bound kept between two bounds; an open low end becomes the lower bound, an open high end the upper."""
    if low is not None:
        open_low = str(low) if end == "low" else "NULL"
        value = f"(CASE WHEN {value} IS NULL THEN {open_low} ELSE greatest({value}, {low}) END)"
    if high is not None:
        open_high = str(high) if end == "high" else "NULL"
        value = f"(CASE WHEN {value} IS NULL THEN {open_high} ELSE least({value}, {high}) END)"
    return value
