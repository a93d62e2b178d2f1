"""Facts: numbers and codes worked out from records, and from other facts."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import FieldType
from goodstanding.core.reader import Access

from ...bounds import fitting
from ...lines import Line, Status
from ...model import (
    Code,
    Count,
    Derived,
    Fact,
    Interval,
    Latest,
    RatioOf,
    Recorded,
    ResultOf,
    Sum,
    SumOf,
    WeightedOf,
)
from ...records import slot_of
from .answers import UNKNOWN, added
from .deriving import ratio, weighted
from .selecting import Match, Selecting


class Facts(Selecting):
    """Works out the facts of a rulebook, each after those that it rests on."""

    def find_facts(self) -> None:
        """The value of every fact; what is not known is named as missing.

        A fact that rests on others is named where they are known and it is not: then none of them is at fault.
        """
        for fact in self.rulebook.facts_in_order():
            value = self.value(fact)
            if isinstance(value, Interval):
                fitting(value, self.rulebook.path, fact.id)
            self.values[fact.id] = value
            if isinstance(value, str) or value.exact:
                continue
            if isinstance(fact, Derived) and not all(self.known(one) for one in fact.facts):
                continue
            self.missing.add(fact.id)

    def known(self, fact: str) -> bool:
        """Whether a fact has one value."""
        value = self.values[fact]
        return isinstance(value, str) or value.exact

    def value(self, fact: Fact) -> Interval | str:
        """The value of a fact; a text for a code that is known."""
        if isinstance(fact, ResultOf):
            return self.result(fact)
        return self.recorded(fact) if isinstance(fact, Recorded) else self.derived(fact)

    def result(self, fact: ResultOf) -> Interval | str:
        """What another rulebook says of the subject; nothing, where it does not cover it on that day."""
        other = self.around.results.get((fact.rulebook, fact.day.day(self.on)))
        value: Interval | str = UNKNOWN
        if other is not None:
            told = other.points if fact.points else other.grade
            value = UNKNOWN if told is None else told
        known = isinstance(value, str) or value.exact
        status = Status.MET if known else Status.UNKNOWN
        access = Access.PUBLIC if other is None else other.access
        self.lines.append(Line(fact.id, None, Interval.exactly(0), status, access))
        return value

    def recorded(self, fact: Recorded) -> Interval | str:
        """The value of a fact worked out from records."""
        found = self.matches(fact.select, fact.window, fact.group)
        absent = self.absent(fact.select, fact.window, fact.group)
        if absent:
            self.line(fact.id, None, False, Interval.exactly(0))
        if isinstance(fact, Latest):
            return self.latest(fact, found, absent)
        for match in found:
            self.line(fact.id, match, match.sure, Interval.exactly(0))
        if isinstance(fact, Count):
            return self.count(fact, found, absent)
        values = [(self.measure(one.record, fact.of), one.sure) for one in found]
        open_ended = absent or any(value is None for value, _ in values)
        numbers = [(value, known) for value, known in values if value is not None]
        if isinstance(fact, Sum):
            if open_ended:
                return UNKNOWN
            return Interval(
                sum(value if known else min(value, 0) for value, known in numbers),
                sum(value if known else max(value, 0) for value, known in numbers),
            )
        certain = [value for value, known in numbers if known]
        if not found and not absent:
            return UNKNOWN if fact.if_none is None else Interval.exactly(fact.if_none)
        return Interval(
            max(certain) if certain else None, None if open_ended else max(value for value, _ in numbers)
        )

    def count(self, fact: Count, found: list[Match], absent: bool) -> Interval:
        """How many records; or how many codes, where each record without one may hold another."""
        if fact.distinct is None:
            return Interval(sum(one.sure for one in found), None if absent else len(found))
        codes = [(self.code(one, fact, fact.distinct), one.sure) for one in found]
        sure = {code for code, known in codes if known and code is not None}
        perhaps = {code for code, _ in codes if code is not None}
        unstated = sum(code is None for code, _ in codes)
        return Interval(len(sure), None if absent else len(perhaps) + unstated)

    def code(self, match: Match, fact: Recorded, name: str) -> str | None:
        """A code field of a record; None where it is not stated."""
        return match.record.codes[slot_of(self.catalogue, fact.select.item, name, FieldType.CODE)]

    def latest(self, fact: Latest, found: list[Match], absent: bool) -> Interval | str:
        """The value on the latest record; not known where a later record may count."""
        if not found:
            if absent or fact.if_none is None:
                return UNKNOWN
            return fact.if_none if isinstance(fact.if_none, str) else Interval.exactly(fact.if_none)
        top = max(found, key=lambda one: (one.day or date.max, one.record.record_id))
        self.line(fact.id, top, top.sure, Interval.exactly(0))
        if not top.sure or self.uncovered(fact.select, fact.window):
            return UNKNOWN
        if isinstance(fact.of, Code):
            code = self.code(top, fact, fact.of.field)
            return UNKNOWN if code is None else code
        value = self.measure(top.record, fact.of)
        return UNKNOWN if value is None else Interval.exactly(value)

    def derived(self, fact: Derived) -> Interval:
        """A fact that rests on the numbers of other facts."""
        parts = [self.number(one) for one in fact.facts]
        if isinstance(fact, RatioOf):
            return ratio(fact, *parts)
        if isinstance(fact, WeightedOf):
            return weighted(fact, parts)
        if isinstance(fact, SumOf):
            return added(*parts)
        known = [one.low for one in parts if one.low is not None]
        highs = [one.high for one in parts]
        return Interval(
            max(known) if known else None,
            None if None in highs else max(one for one in highs if one is not None),
        )

    def number(self, fact: str) -> Interval:
        """What is known of a fact's number."""
        value = self.values[fact]
        assert isinstance(value, Interval), f"{fact} is a code"
        return value

    def access(self, facts: set[str]) -> Access:
        """The access class of the most closed record that these facts rest on."""
        resting = set(facts)
        for fact in reversed(self.rulebook.facts_in_order()):
            if fact.id in resting and isinstance(fact, Derived):
                resting.update(fact.facts)
        return Access(max((one.access for one in self.lines if one.rule in resting), default=Access.PUBLIC))
