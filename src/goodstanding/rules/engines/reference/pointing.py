"""Points: what each rule gives, and their sum by sections."""

from __future__ import annotations

from goodstanding.core.reader import Access

from ...bounds import fitting
from ...lines import Line, Status
from ...model import (
    AnyRule,
    CountOfRecords,
    Each,
    FactTable,
    Interval,
    JudgedRule,
    MeasuredRule,
    NotStated,
    Once,
    Per,
    Rule,
    Table,
    all_points,
)
from ...records import Record
from .answers import added, clip
from .asking import Asking
from .selecting import Match


class Pointing(Asking):
    """Adds up the points of a rulebook, once its facts are found."""

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

    def rule_points(self, rule: AnyRule) -> Interval:
        """The rule's share of the total; writes its lines."""
        if isinstance(rule, Rule):
            total = self.by_records(rule)
        elif isinstance(rule, JudgedRule):
            answer = self.ask(rule.when, rule.id)
            size = 0 if answer is False else abs(rule.points)
            total = _signed(rule, size if answer else 0, size)
            self.own_line(rule, total, self.condition_access(rule.when))
        else:
            total = self.by_fact(rule)
            self.own_line(rule, total, self.access({rule.fact}))
        if not total.exact:
            self.missing.add(rule.id)
        return fitting(total, self.rulebook.path, rule.id)

    def by_records(self, rule: Rule) -> Interval:
        """The share of a rule that gives points by records.

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
            interval = _signed(rule, share if sure else 0, share)
            total = added(total, interval)
            self.line(rule.id, taken, sure, interval)
        return total

    def by_fact(self, rule: MeasuredRule) -> Interval:
        """The share of a rule that gives points by a fact's number, between the extremes of its interval."""
        value = self.number(rule.fact)
        limit = rule.reach
        low: int | None
        high: int | None
        if isinstance(rule.award, FactTable):
            sizes = [
                abs(one.points) for one in rule.award.brackets if value.within(one.range) is not False
            ] + [0 for gap in rule.award.gaps if value.within(gap) is not False]
            low, high = min(sizes), max(sizes)
        else:
            low = 0 if value.low is None else abs(rule.award.given(value.low))
            high = None if value.high is None else abs(rule.award.given(value.high))
        if limit is not None:
            low, high = min(low, limit), limit if high is None else min(high, limit)
        return _signed(rule, low, high)

    def own_line(self, rule: JudgedRule | MeasuredRule, points: Interval, access: Access) -> None:
        """Write down what a rule gives without a record of its own; nothing where it surely gives nothing."""
        if points != Interval.exactly(0):
            status = Status.MET if points.exact else Status.UNKNOWN
            self.lines.append(Line(rule.id, None, points, status, access))

    def started(self) -> Interval:
        """The points that the subject starts with, as far as that is known."""
        chosen: list[int] = []
        for one in self.rulebook.start:
            answer = True if one.when is None else self.ask(one.when, "start")
            if answer is not False:
                chosen.append(one.points)
            if answer is True:
                break
        return Interval(min(chosen), max(chosen))

    def points(self) -> Interval:
        """The total: start, rules, sections, floor and ceiling."""
        total = self.started()
        shares = [(one.section, self.rule_points(one)) for one in self.rulebook.rules]
        for section in (None, *self.rulebook.sections):
            name = section.id if section else None
            part = added(*(share for owner, share in shares if owner == name))
            if section is not None:
                part = clip(part, section.at_least, section.at_most)
            total = added(total, part)
        return fitting(
            clip(total, self.rulebook.floor, self.rulebook.ceiling), self.rulebook.path, "the total"
        )


def _signed(rule: AnyRule, low: int | None, high: int | None) -> Interval:
    """Sizes from low to high as points: what a rule takes turns the interval round."""
    if not rule.deducts:
        return Interval(low, high)
    return Interval(None if high is None else -high, None if low is None else -low)
