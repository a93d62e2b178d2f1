"""The reference engine: plain Python, slow and obviously right. What a rulebook means is what this does.

Three-valued throughout: a test on a value that is not known is neither met nor failed, and what rests on it
is an interval. A grade is given only where every possibility leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Absence, FieldType
from goodstanding.catalogue.retention import is_kept
from goodstanding.core.dates import add_months
from goodstanding.core.reader import Access

from ..force import check_day
from ..lines import Assessment, Line, Status
from ..model import (
    All,
    Amount,
    Any,
    Bands,
    Code,
    Condition,
    Count,
    CountOfRecords,
    Each,
    Exists,
    Fact,
    FactIn,
    FactIs,
    Interval,
    LargestOf,
    Latest,
    Not,
    NotStated,
    Number,
    Once,
    Per,
    PointsIn,
    Recorded,
    RegisteredFor,
    Rule,
    Rulebook,
    Select,
    Sum,
    SumOf,
    Table,
    Window,
    all_points,
    invalid,
    leaves,
)
from ..records import Catalogue, Record, Subject, item_of, slot_of

UNKNOWN = Interval(None, None)
SHOWN = (Status.MET, Status.UNKNOWN, Status.ABSENT)  # the order in which lines of one entry stand


@dataclass(frozen=True)
class Match:
    """A record that a selection takes: surely, or perhaps."""

    record: Record
    day: date | None
    sure: bool

    @property
    def order(self) -> tuple[bool, date, int]:
        """Sure before perhaps, then by day, then by record id; a day that is not known comes last."""
        return (not self.sure, self.day or date.max, self.record.record_id)


def both(answers: Sequence[bool | None]) -> bool | None:
    """Kleene's and."""
    if any(one is False for one in answers):
        return False
    return None if any(one is None for one in answers) else True


def either(answers: Sequence[bool | None]) -> bool | None:
    """Kleene's or."""
    if any(one is True for one in answers):
        return True
    return None if any(one is None for one in answers) else False


def _add(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Case:
    """One subject on one day."""

    def __init__(
        self, rulebook: Rulebook, catalogue: Catalogue, subject: Subject, records: Sequence[Record], on: date
    ) -> None:
        self.rulebook = rulebook
        self.catalogue = catalogue
        self.subject = subject
        self.on = on
        self.records = [one for one in records if one.counts_until is None or on < one.counts_until]
        self.values: dict[str, Interval | str] = {}
        self.lines: list[Line] = []
        self.missing: set[str] = set()
        self.total: Interval | None = None

    # Selection

    def takes(self, record: Record, select: Select, window: Window) -> bool | None:
        """Whether a selection takes a record: yes, no, or cannot tell.

        A record past its item's retention is taken by none. Where it states no day that retention can count
        from, it does not state the window's day either, and that already cannot be told.
        """
        if record.item != select.item:
            return False
        day: date | None = getattr(record, window.used.value)
        answers: list[bool | None] = [None if day is None else window.counts(day, self.on)]
        answers.append(is_kept(item_of(self.catalogue, record.item), record, self.on))
        for code in select.codes:
            value = record.codes[slot_of(self.catalogue, select.item, code.field, FieldType.CODE)]
            answers.append(None if value is None else value in code.values)
        for number in select.numbers:
            found = record.numbers[slot_of(self.catalogue, select.item, number.field, FieldType.NUMBER)]
            answers.append(None if found is None else number.range.holds(found))
        if select.amount is not None:
            amount = self.measure(record, Amount(select.amount.currency))
            answers.append(None if amount is None else select.amount.range.holds(amount))
        if select.seriousness:
            answers.append(None if record.seriousness is None else record.seriousness in select.seriousness)
        if select.in_effect:
            begun = None if record.effective_from is None else record.effective_from <= self.on
            answers.append(both([begun, record.effective_to is None or self.on < record.effective_to]))
        return both(answers)

    def matches(self, select: Select, window: Window) -> list[Match]:
        """The records that a selection takes, in order."""
        found = []
        for record in self.records:
            taken = self.takes(record, select, window)
            if taken is not False:
                found.append(Match(record, getattr(record, window.used.value), taken is True))
        return sorted(found, key=lambda one: one.order)

    def absent(self, select: Select, window: Window) -> bool:
        """Whether nothing is recorded of the item in the window, and this means that nothing is known."""
        if item_of(self.catalogue, select.item).absence is Absence.NONE:
            return False
        anything = Select(select.item)
        return not any(self.takes(one, anything, window) for one in self.records)

    def measure(self, record: Record, of: Amount | Number) -> int | None:
        """The number or amount on a record; None where it is not known, or in another currency."""
        if isinstance(of, Amount):
            return record.amount if record.currency == of.currency else None
        return record.numbers[slot_of(self.catalogue, record.item, of.field, FieldType.NUMBER)]

    def line(self, rule: str, match: Match | None, sure: bool, points: Interval) -> None:
        """Write down a reason."""
        if match is None:
            self.lines.append(Line(rule, None, points, Status.ABSENT))
            return
        record = match.record
        access = Access.RESTRICTED if record.access is None else record.access
        status = Status.MET if sure else Status.UNKNOWN
        self.lines.append(Line(rule, record.record_id, points, status, access))

    # Points

    def worth(self, rule: Rule, record: Record) -> tuple[int | None, bool]:
        """The points of one record before the cap, and whether they are known.

        Where they are not, the number is the most that the rule can give; None is without bound.
        """
        award = rule.award
        if isinstance(award, Each | Once):
            return award.points, True
        if isinstance(award, NotStated):
            return award.furthest, False
        if isinstance(award, Per):
            value = self.measure(record, award.measure)
            if value is None:
                return None, False
            units = -(-value // award.unit) if award.started else value // award.unit
            return award.points * max(units, 0), True
        if isinstance(award.measure, CountOfRecords):
            raise TypeError("a table by count has no points for one record")
        value = self.measure(record, award.measure)
        if value is None:
            return max(all_points(award), key=abs), False
        return award.points(value), True

    def rule_points(self, rule: Rule) -> Interval:
        """The rule's share of the total; writes its lines.

        Worked out in sizes, without the sign: each record adds to what is used of the cap. What is sure
        comes first, so that what is not sure only widens the interval.
        """
        limit = rule.reach
        cast: list[tuple[Match | None, int | None, bool]] = []
        for number, match in enumerate(self.matches(rule.select, rule.window)):
            if isinstance(rule.award, Table) and isinstance(rule.award.measure, CountOfRecords):
                worth, known = rule.award.points(number + 1) - rule.award.points(number), True
                cast.append((match, abs(worth), match.sure))
                continue
            points, known = self.worth(rule, match.record)
            cast.append((match, None if points is None else abs(points), known and match.sure))
        cast.sort(key=lambda one: not one[2])
        if self.absent(rule.select, rule.window):
            cast.append((None, None, False))
        used = 0
        total = Interval.exactly(0)
        for taken, size, sure in cast:
            share = size
            if limit is not None:
                after = limit if size is None else min(used + size, limit)
                share, used = after - used, after
            points = None if share is None else -share if rule.deducts else share
            interval = (
                Interval(points, points)
                if sure
                else Interval(points, 0)
                if rule.deducts
                else Interval(0, points)
            )
            total = Interval(_add(total.low, interval.low), _add(total.high, interval.high))
            self.line(rule.id, taken, sure, interval)
        if not total.exact:
            self.missing.add(rule.id)
        return total

    # Facts

    def recorded(self, fact: Recorded) -> Interval | str:
        """The value of a fact worked out from records; a text for a code that is known."""
        found = self.matches(fact.select, fact.window)
        absent = self.absent(fact.select, fact.window)
        if absent:
            self.line(fact.id, None, False, Interval.exactly(0))
        if isinstance(fact, Latest):
            return self.latest(fact, found, absent)
        for match in found:
            self.line(fact.id, match, match.sure, Interval.exactly(0))
        sure = [one.record for one in found if one.sure]
        if isinstance(fact, Count):
            return Interval(len(sure), None if absent else len(found))
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

    def latest(self, fact: Latest, found: list[Match], absent: bool) -> Interval | str:
        """The value on the latest record; not known where a later record may count."""
        if not found:
            if absent or fact.if_none is None:
                return UNKNOWN
            return fact.if_none if isinstance(fact.if_none, str) else Interval.exactly(fact.if_none)
        top = max(found, key=lambda one: (one.day or date.max, one.record.record_id))
        self.line(fact.id, top, top.sure, Interval.exactly(0))
        if not top.sure:
            return UNKNOWN
        if isinstance(fact.of, Code):
            slot = slot_of(self.catalogue, fact.select.item, fact.of.field, FieldType.CODE)
            code = top.record.codes[slot]
            return UNKNOWN if code is None else code
        value = self.measure(top.record, fact.of)
        return UNKNOWN if value is None else Interval.exactly(value)

    def derived(self, fact: Fact) -> Interval:
        """The sum or the largest of other facts."""
        assert isinstance(fact, SumOf | LargestOf)
        parts = [value for one in fact.facts if isinstance(value := self.values[one], Interval)]
        lows, highs = [one.low for one in parts], [one.high for one in parts]
        if isinstance(fact, SumOf):
            low = high = 0
            return Interval(
                None if None in lows else sum((one for one in lows if one is not None), low),
                None if None in highs else sum((one for one in highs if one is not None), high),
            )
        known = [one for one in lows if one is not None]
        return Interval(
            max(known) if known else None,
            None if None in highs else max(one for one in highs if one is not None),
        )

    # Conditions

    def ask(self, condition: Condition, owner: str) -> bool | None:
        """The answer to a condition; its owner is named as missing where a record or date is not known."""
        match condition:
            case All():
                return both([self.ask(one, owner) for one in condition.of])
            case Any():
                return either([self.ask(one, owner) for one in condition.of])
            case Not():
                inner = self.ask(condition.of, owner)
                return None if inner is None else not inner
            case FactIn():
                value = self.values[condition.fact]
                assert isinstance(value, Interval)
                return value.within(condition.range)
            case FactIs():
                code = self.values[condition.fact]
                return code in condition.values if isinstance(code, str) else None
            case PointsIn():
                assert self.total is not None
                return self.total.within(condition.range)
            case Exists():
                answer = self.exists(condition)
            case RegisteredFor():
                answer = self.registered(condition)
        if answer is None:
            self.missing.add(owner)
        return answer

    def exists(self, condition: Exists) -> bool | None:
        """Whether there is a selected record."""
        found = self.matches(condition.select, condition.window)
        if any(one.sure for one in found):
            return True
        return None if found or self.absent(condition.select, condition.window) else False

    def registered(self, condition: RegisteredFor) -> bool | None:
        """Whether the months since registration lie in the range."""
        since = self.subject.registered_on
        if since is None:
            return None
        low, high = condition.months.low, condition.months.high
        return (low is None or add_months(since, low) <= self.on) and (
            high is None or self.on < add_months(since, high)
        )

    def condition_lines(self) -> None:
        """A line for each record that a condition looks at."""
        for owner, condition in self.rulebook.conditions():
            for leaf in leaves(condition):
                if isinstance(leaf, Exists):
                    for match in self.matches(leaf.select, leaf.window):
                        self.line(owner, match, match.sure, Interval.exactly(0))
                    if self.absent(leaf.select, leaf.window):
                        self.line(owner, None, False, Interval.exactly(0))

    # The result

    def points(self) -> Interval:
        """The total: start, rules, sections, floor and ceiling."""
        chosen: list[int] = []
        for start in self.rulebook.start:
            answer = True if start.when is None else self.ask(start.when, "start")
            if answer is not False:
                chosen.append(start.points)
            if answer is True:
                break
        total = Interval(min(chosen), max(chosen))
        shares = [(one.section, self.rule_points(one)) for one in self.rulebook.rules]
        for section in (None, *self.rulebook.sections):
            part = Interval.exactly(0)
            for name, share in shares:
                if name == (section.id if section else None):
                    part = Interval(_add(part.low, share.low), _add(part.high, share.high))
            if section is not None:
                part = clip(part, section.at_least, section.at_most)
            total = Interval(_add(total.low, part.low), _add(total.high, part.high))
        return clip(total, self.rulebook.floor, self.rulebook.ceiling)

    def by_grading(self) -> set[str]:
        """The grades that are possible before bars and overrides; "" is no grade at all."""
        grading = self.rulebook.grading
        possible: set[str] = set()
        if isinstance(grading, Bands):
            value = self.total if grading.of is None else self.values[grading.of]
            assert isinstance(value, Interval)
            possible = {one.grade for one in grading.bands if value.within(one.range) is not False}
            if value.within(grading.reach) is not True:
                possible.add("")
                if value.exact:
                    self.missing.add(grading.of or "points")
            return possible
        for step in grading.steps:
            answer = True if step.when is None else self.ask(step.when, "grades")
            if answer is not False:
                possible.add(step.grade)
            if answer is True:
                break
        return possible

    def assess(self) -> Assessment:
        """Everything, in the order in which a reader would."""
        rulebook = self.rulebook
        for fact in rulebook.facts_in_order():
            self.values[fact.id] = self.recorded(fact) if isinstance(fact, Recorded) else self.derived(fact)
            value = self.values[fact.id]
            if isinstance(fact, Recorded) and isinstance(value, Interval) and not value.exact:
                self.missing.add(fact.id)
        self.total = self.points() if rulebook.has_points else None
        possible = self.by_grading()
        order = rulebook.grades
        for bar in rulebook.bars:
            answer = self.ask(bar.when, bar.id)
            best = order.index(bar.at_best)
            barred = {bar.at_best if one and order.index(one) < best else one for one in possible}
            possible = barred if answer is True else possible if answer is False else possible | barred
        for override in reversed(rulebook.overrides):
            answer = self.ask(override.when, override.id)
            if answer is not False:
                possible = {override.grade} | (set() if answer is True else possible)
        self.condition_lines()
        ordinal = {one.id: one.ordinal for one in rulebook.entries()}
        lines = sorted(
            self.lines, key=lambda one: (ordinal[one.rule], SHOWN.index(one.status), one.record_id or 0)
        )
        told = len(possible) == 1 and possible != {""}
        return Assessment(
            subject_id=self.subject.subject_id,
            grade=next(iter(possible)) if told else None,
            possible=tuple(one for one in (*order, "") if one in possible),
            points=self.total,
            missing=() if told else tuple(sorted(self.missing)),
            lines=tuple(lines),
            access=max((one.access for one in lines), default=Access.PUBLIC),
        )


def clip(value: Interval, low: int | None, high: int | None) -> Interval:
    """An interval kept between two bounds, both included; None is no bound."""
    lowest, highest = value.low, value.high
    if low is not None:
        lowest = low if lowest is None else max(lowest, low)
        highest = None if highest is None else max(highest, low)
    if high is not None:
        lowest = None if lowest is None else min(lowest, high)
        highest = high if highest is None else min(highest, high)
    return Interval(lowest, highest)


def assess(
    rulebook: Rulebook, catalogue: Catalogue, subject: Subject, records: Sequence[Record], on: date
) -> Assessment:
    """Assess one subject on one day.

    Args:
        rulebook: a checked rulebook.
        catalogue: items by full path, for the slots of fields and for what absence means.
        subject: its kind must be one of the rulebook's.
        records: its own records, ended ones included (`counts_until`).
        on: the day; it must lie in the rulebook's time in force.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day), 032 (kind of subject).
    """
    check_day(rulebook, on)
    if subject.kind not in rulebook.subject_kinds:
        raise invalid(
            32,
            f"{rulebook.path} does not grade a subject of kind {subject.kind}",
            remedy="ask about one of " + ", ".join(rulebook.subject_kinds),
        )
    return Case(rulebook, catalogue, subject, records, on).assess()
