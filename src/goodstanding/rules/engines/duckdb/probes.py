"""The plan, first half: every selection of a rulebook as a row of one small table.

One table of probes joined once with the records does the work of one scan per rule. A probe names its item
(the equal key); sets of values become bit masks, ranges become bounds with sentinels, so that what is left
over is a handful of integer comparisons. What is not stated passes every comparison and is marked afterwards:
`needs` says which inputs a probe looks at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from goodstanding.catalogue.model import Absence, FieldType
from goodstanding.catalogue.retention import kept_from

from ...bounds import HIGHEST, LOWEST
from ...model import (
    Amount,
    Code,
    Count,
    CountOfRecords,
    DateUsed,
    Derived,
    Each,
    Exists,
    FactIn,
    FactIs,
    JudgedRule,
    Latest,
    MeasuredRule,
    NotStated,
    Number,
    Once,
    Per,
    Recorded,
    ResultOf,
    Rule,
    Rulebook,
    Select,
    Table,
    Window,
    all_points,
    leaves,
)
from ...records import Catalogue, item_of, slot_of

CHUNK = 60  # values of one mask: bit 0 is "not stated", bit 1 is "another value"

Measure = tuple[str, str | int]  # ("amount", currency) or ("number", slot)


@dataclass(frozen=True)
class Probe:
    """One selection. `role` is rule, fact, exists or presence; `entry` the ordinal of what it belongs to.

    Rules come first in a rulebook, and the number of a rule's probe is the ordinal of the rule; the others are
    numbered after the last rule. A rule that gives points by a condition or a fact has no probe of its own.
    """

    number: int
    role: str
    entry: int
    owner: str
    select: Select
    window: Window
    rule: Rule | None = None
    fact: Recorded | None = None
    leaf: Exists | None = None
    presence: int | None = None  # the probe that tells whether anything is recorded at all
    group: tuple[str, ...] = ()  # the kinds of tie of the group whose records it looks at


@dataclass
class Probes:
    """All probes of a rulebook, and what they look at."""

    rulebook: Rulebook
    catalogue: Catalogue
    on: date
    all: list[Probe] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    codes: dict[int, list[str]] = field(default_factory=dict)

    def measure_of(self, item: str, of: Amount | Number) -> Measure:
        """The column that a measure is read from."""
        if isinstance(of, Amount):
            return ("amount", of.currency)
        return ("number", slot_of(self.catalogue, item, of.field, FieldType.NUMBER))

    def code_slot(self, item: str, name: str) -> int:
        """The slot of a code field, 0 to 3."""
        return slot_of(self.catalogue, item, name, FieldType.CODE)

    def bounds(self, probe: Probe) -> dict[Measure, tuple[int, int]]:
        """Inclusive bounds of every measure that a probe tests."""
        found = {}
        tests = [
            (self.measure_of(probe.select.item, Number(one.field)), one.range) for one in probe.select.numbers
        ]
        if probe.select.amount is not None:
            tests.append((("amount", probe.select.amount.currency), probe.select.amount.range))
        for measure, span in tests:
            low = LOWEST if span.low is None else span.low
            found[measure] = (low, HIGHEST if span.high is None else span.high - 1)
        return found

    def of(self, probe: Probe) -> Measure | None:
        """The measure whose value a probe's rule or fact uses."""
        used: Amount | Number | Code | CountOfRecords | None = None
        if probe.rule is not None and isinstance(probe.rule.award, Per | Table):
            used = probe.rule.award.measure
        if probe.fact is not None and not isinstance(probe.fact, Count):
            used = probe.fact.of
        if used is None or isinstance(used, CountOfRecords | Code):
            return None
        return self.measure_of(probe.select.item, used)

    def code_of(self, probe: Probe) -> int | None:
        """The slot of the code that a probe's fact uses, 0 to 3."""
        fact = probe.fact
        if isinstance(fact, Latest) and isinstance(fact.of, Code):
            return self.code_slot(probe.select.item, fact.of.field)
        if isinstance(fact, Count) and fact.distinct is not None:
            return self.code_slot(probe.select.item, fact.distinct)
        return None

    def of_fact(self, fact: Recorded) -> Probe:
        """The probe of a fact."""
        return next(one for one in self.with_role("fact") if one.fact is fact)

    def facts_behind(self, rule: JudgedRule | MeasuredRule) -> set[str]:
        """The facts that a rule without probe rests on, and theirs."""
        asked = [] if isinstance(rule, MeasuredRule) else list(leaves(rule.when))
        facts = {one.fact for one in asked if isinstance(one, FactIn | FactIs)}
        if isinstance(rule, MeasuredRule):
            facts.add(rule.fact)
        for fact in reversed(self.rulebook.facts_in_order()):
            if fact.id in facts and isinstance(fact, Derived):
                facts.update(fact.facts)
        return facts

    def behind(self, rule: JudgedRule | MeasuredRule) -> list[int]:
        """The probes that a rule without probe rests on: by its facts, and by its condition."""
        facts = self.facts_behind(rule)
        return [
            one.number
            for one in self.with_role("fact", "exists")
            if (one.owner in facts if one.fact is not None else one.owner == rule.id)
        ]

    def closing(self) -> frozenset[int]:
        """The probes whose records close a line that has no record of its own."""
        given: list[JudgedRule | MeasuredRule] = [*self.rulebook.judged, *self.rulebook.measured]
        return frozenset(number for rule in given for number in self.behind(rule))

    def spans(self, probe: Probe) -> dict[DateUsed, tuple[date | None, date | None]]:
        """The days, [from, to), in which a date of a record must lie; None is open."""
        found: dict[DateUsed, tuple[date | None, date | None]] = {}
        for one in probe.select.dated:
            first, end = one.from_day, one.to_day
            if one.outside:
                if first is not None and end is not None:
                    continue
                first, end = end, first  # outside an open span is inside the rest
            low, high = found.get(one.used, (None, None))
            found[one.used] = (
                max((day for day in (low, first) if day is not None), default=None),
                min((day for day in (high, end) if day is not None), default=None),
            )
        return found

    def left_out(self, probe: Probe) -> dict[DateUsed, list[tuple[date, date]]]:
        """The spans of days, [from, to), in which a date of a record must not lie."""
        found: dict[DateUsed, list[tuple[date, date]]] = {}
        for one in probe.select.dated:
            if one.outside and one.from_day is not None and one.to_day is not None:
                found.setdefault(one.used, []).append((one.from_day, one.to_day))
        return found

    def dated(self) -> list[tuple[DateUsed, int]]:
        """The dates that a selection tests beside its window, and how many spans are left out at most."""
        tested = {one.used for probe in self.all for one in probe.select.dated}
        many = {one: max(len(self.left_out(probe).get(one, ())) for probe in self.all) for one in tested}
        return [(one, many[one]) for one in DateUsed if one in tested]

    def days(self, probe: Probe) -> tuple[date, date]:
        """The days, [from, to), of a probe's window. Where its date is the one that retention counts from,
        retention is a later first day, and costs nothing; `kept` says what is left to compare."""
        first, end = probe.window.bounds(self.on)
        item = item_of(self.catalogue, probe.select.item)
        if probe.window.used is DateUsed.DECIDED_ON and not item.listing:
            first = max(first, kept_from(item, self.on))
        return first, end

    def kept(self, probe: Probe) -> tuple[date, date]:
        """The earliest day that still counts: of the day that retention counts from, and of the day on which
        a listing left its list. The first of all days where there is nothing to compare."""
        item = item_of(self.catalogue, probe.select.item)
        earliest = kept_from(item, self.on)
        if not item.listing:
            return earliest, date.min
        # What is in effect has not left: retention has not begun.
        return date.min, date.min if probe.select.in_effect else earliest

    def grouped(self) -> dict[tuple[str, ...], list[int]]:
        """The probes that look at the records of a group, by the kinds of tie that make it."""
        found: dict[tuple[str, ...], list[int]] = {}
        for one in self.all:
            if one.group:
                found.setdefault(one.group, []).append(one.number)
        return found

    def others(self) -> list[tuple[str, date]]:
        """The results of other rulebooks that facts read: path and day, each once."""
        facts = (one for one in self.rulebook.facts if isinstance(one, ResultOf))
        return list(dict.fromkeys((one.rulebook, one.day.day(self.on)) for one in facts))

    def with_role(self, *roles: str) -> list[Probe]:
        """The probes of these roles."""
        return [one for one in self.all if one.role in roles]


def build(rulebook: Rulebook, catalogue: Catalogue, on: date) -> Probes:
    """Number the selections of a rulebook. Refusal GS-RULES-021, 022 if the catalogue lacks something."""
    probes = Probes(rulebook, catalogue, on)
    ordinal = {one.id: one.ordinal for one in rulebook.entries()}
    found: list[Probe] = []
    for rule in rulebook.selecting:
        number = ordinal[rule.id]
        probes.all.append(Probe(number, "rule", number, rule.id, rule.select, rule.window, rule=rule))
    for fact in rulebook.facts:
        if isinstance(fact, Recorded):
            entry = ordinal[fact.id]
            found.append(
                Probe(0, "fact", entry, fact.id, fact.select, fact.window, fact=fact, group=fact.group)
            )
    for owner, condition in rulebook.conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, Exists):
                found.append(Probe(0, "exists", ordinal[owner], owner, leaf.select, leaf.window, leaf=leaf))
    after = len(rulebook.rules)
    numbered = [*probes.all, *(replace(one, number=after + place) for place, one in enumerate(found, 1))]
    probes.all.clear()
    presences: dict[tuple[str, Window, tuple[str, ...]], int] = {}
    for probe in numbered:
        presence = None
        if item_of(catalogue, probe.select.item).absence is Absence.UNKNOWN:
            key = (probe.select.item, probe.window, probe.group)
            presence = presences.setdefault(key, after + len(found) + len(presences) + 1)
        probes.all.append(replace(probe, presence=presence))
    for (item, window, group), number in presences.items():
        probes.all.append(Probe(number, "presence", 0, "", Select(item), window, group=group))
    for probe in probes.all:
        for measure in (*probes.bounds(probe), probes.of(probe)):
            if measure is not None and measure not in probes.measures:
                probes.measures.append(measure)
        for code in probe.select.codes:
            named = probes.codes.setdefault(probes.code_slot(probe.select.item, code.field), [])
            named += [value for value in code.values if value not in named]
    return probes


# Inputs that may be not stated, as bits of `needs`: four codes, three dates, and as many measures as there are.
DAY, SERIOUSNESS, EFFECT, CODE, DATED, MEASURE = 1, 2, 4, 8, 128, 1024
DATES = tuple(DateUsed)


def table(probes: Probes) -> tuple[list[str], list[list[object]]]:
    """Columns (name and type) and rows of the table of probes."""
    columns = [
        "probe SMALLINT",
        "entry SMALLINT",
        "role VARCHAR",
        "item VARCHAR",
        "day_kind VARCHAR",
        "day_from DATE",
        "day_to DATE",
        "kept_from DATE",
        "left_from DATE",
        "needs BIGINT",
        "in_effect BOOLEAN",
        "s_mask BIGINT",
        "size BIGINT",
        "known BOOLEAN",
        "unit BIGINT",
        "round_up BIGINT",
        "reach BIGINT",
        "measure SMALLINT",
        "tabled BOOLEAN",
    ]
    masks = [
        (slot, chunk) for slot, named in sorted(probes.codes.items()) for chunk in range(0, len(named), CHUNK)
    ]
    columns += [f"c{slot}_{chunk}_mask BIGINT" for slot, chunk in masks]
    for used, many in probes.dated():
        spans = ["in", *(f"out{place}" for place in range(many))]
        columns += [f"{one}_{used.value}_{end} DATE" for one in spans for end in ("from", "to")]
    for number in range(len(probes.measures)):
        columns += [f"m{number}_low BIGINT", f"m{number}_high BIGINT"]
    rows = [_row(probes, probe, masks) for probe in probes.all]
    return columns, rows


def _row(probes: Probes, probe: Probe, masks: list[tuple[int, int]]) -> list[object]:
    select = probe.select
    needs = DAY
    if select.seriousness:
        needs |= SERIOUSNESS
    if select.in_effect:
        needs |= EFFECT
    tested = {probes.code_slot(select.item, one.field): one.values for one in select.codes}
    for slot in tested:
        needs |= CODE << slot
    for dated in select.dated:
        needs |= DATED << DATES.index(dated.used)
    bounds = probes.bounds(probe)
    for number, tested_measure in enumerate(probes.measures):
        if tested_measure in bounds:
            needs |= MEASURE << number
    size, known, unit, round_up = _award(probe.rule)
    measure = probes.of(probe)
    row: list[object] = [
        probe.number,
        probe.entry,
        probe.role,
        select.item,
        probe.window.used.value,
        *probes.days(probe),
        *probes.kept(probe),
        needs,
        select.in_effect,
        sum(1 << one for one in select.seriousness) | 1 if select.seriousness else -1,
        size,
        known,
        unit,
        round_up,
        probe.rule.reach if probe.rule else None,
        None if measure is None else probes.measures.index(measure),
        probe.rule is not None and isinstance(probe.rule.award, Table) and measure is not None,
    ]
    for slot, chunk in masks:
        if slot not in tested:
            row.append(-1 if chunk == 0 else 0)
            continue
        part = probes.codes[slot][chunk : chunk + CHUNK]
        mask = sum(4 << place for place, value in enumerate(part) if value in tested[slot])
        row.append(mask | 1 if chunk == 0 else mask)
    for used, many in probes.dated():
        row += probes.spans(probe).get(used, (None, None))
        out = probes.left_out(probe).get(used, [])
        row += [day for one in (*out, *[(None, None)] * (many - len(out))) for day in one]
    for each in probes.measures:
        row += bounds.get(each, (LOWEST, HIGHEST))
    return row


def _award(rule: Rule | None) -> tuple[int | None, bool, int | None, int | None]:
    """Size of the points (of one unit, with `unit`), whether it is known, the unit, what rounds it up."""
    if rule is None:
        return 0, True, None, None
    award = rule.award
    if isinstance(award, Each | Once):
        return abs(award.points), True, None, None
    if isinstance(award, NotStated):
        return award.at_most, False, None, None
    if isinstance(award, Per):
        return abs(award.points), True, award.unit, award.unit - 1 if award.started else 0
    return max(abs(one) for one in all_points(award)), True, None, None
