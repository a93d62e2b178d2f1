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
from ...delivered import Coverage, gap_of
from ...model import (
    Amount,
    Code,
    Count,
    CountOfRecords,
    DateUsed,
    Derived,
    Exists,
    FactIn,
    FactIs,
    JudgedRule,
    Latest,
    MeasuredRule,
    Number,
    Per,
    Recorded,
    ResultOf,
    Rule,
    Rulebook,
    Select,
    Table,
    Window,
    leaves,
)
from ...records import Catalogue, item_of, slot_of

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
    uncovered: bool = (
        False  # absence would mean none, and no delivery covers the window: there may always be more
    )
    group: tuple[str, ...] = ()  # the kinds of tie of the group whose records it looks at

    @property
    def may_lack(self) -> bool:
        """Whether there may be a line that says that nothing is known."""
        return self.presence is not None or self.uncovered


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


def build(rulebook: Rulebook, catalogue: Catalogue, on: date, coverage: Coverage | None = None) -> Probes:
    """Number the selections of a rulebook; `coverage` as of an extract.

    Refusal GS-RULES-021, 022 if the catalogue lacks something."""
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
        asked = item_of(catalogue, probe.select.item)
        if asked.absence is Absence.UNKNOWN:
            key = (probe.select.item, probe.window, probe.group)
            presence = presences.setdefault(key, after + len(found) + len(presences) + 1)
        uncovered = gap_of(asked, probe.window, on, coverage) is not None
        probes.all.append(replace(probe, presence=presence, uncovered=uncovered))
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
