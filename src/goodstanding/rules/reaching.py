"""Which branches of a rulebook its examples reach: what no example reaches could be changed unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from goodstanding.catalogue.model import FieldType
from goodstanding.core.errors import Refusal

from .engines.workings import Workings, work_out
from .lines import Status
from .model import (
    CANDIDATE,
    Amount,
    Bands,
    CountOfRecords,
    FactTable,
    Interval,
    Kind,
    Ladder,
    MeasuredRule,
    NotStated,
    Range,
    Rule,
    Rulebook,
    Table,
    VersionedBy,
    written,
)
from .ranking import keeps
from .records import Catalogue, slot_of
from .running import ExampleCase, case_of


@dataclass(frozen=True)
class Branch:
    """A place at which a rulebook can go one way: `part` is its kind, `id` the entry, `which` the row of it."""

    part: str
    id: str
    which: str = ""

    def __str__(self) -> str:
        return f"{self.part} {self.id}" + (f", {self.which}" if self.which else "")


def branches(book: Rulebook) -> tuple[Branch, ...]:
    """Every branch: rules and the brackets of their tables, starts, bands or steps, overrides, bars, quotas,
    amendments."""
    return tuple(_branches(book))


def unreached(book: Rulebook, catalogue: Catalogue) -> tuple[Branch, ...]:
    """The branches that no example reaches. An example that is refused reaches none."""
    reached: set[Branch] = set()
    for example in book.examples:
        try:
            case = case_of(book, example, catalogue)
            steps = work_out(case.rulebook, catalogue, case.subject, case.records, example.on, case.around)
        except Refusal:
            continue  # `rulebook check` reports it
        reached.update(_reached(case, steps, catalogue))
        reached.update(
            Branch("amendment", one.id)
            for one in book.amendments
            if one.by is not VersionedBy.ASSESSMENT
            or (one.from_day <= example.on and (one.to_day is None or example.on < one.to_day))
        )
    return tuple(one for one in branches(book) if one not in reached)


def _branches(book: Rulebook) -> Iterator[Branch]:
    if len(book.start) > 1:
        yield from (Branch("start", written(one.points)) for one in book.start)
    for rule in book.rules:
        yield Branch("rule", rule.id)
        if not isinstance(rule, Rule | MeasuredRule):
            continue
        if isinstance(rule.award, Table | FactTable):
            yield from (Branch("rule", rule.id, _span(one.range)) for one in rule.award.brackets)
    grading = book.grading
    if isinstance(grading, Bands):
        yield from (_band(grading, place) for place in range(len(grading.bands)))
    elif isinstance(grading, Ladder) and not book.without_criteria:
        yield from (Branch("step", one.grade, str(at)) for at, one in enumerate(grading.steps, 1))
    yield from (Branch(_override(book, one.grade), one.id) for one in book.overrides)
    yield from (Branch("bar", one.id) for one in book.bars)
    for one in book.quotas:
        yield from (Branch("quota", one.id, which) for which in ("kept", "lost"))
    yield from (Branch("amendment", one.id) for one in book.amendments)


def _override(book: Rulebook, grade: str) -> str:
    if book.kind is not Kind.LIST:
        return "override"
    return "criterion" if grade == CANDIDATE else "exception"


def _band(grading: Bands, place: int) -> Branch:
    """A band of the total is written in points, and one of a fact as its whole numbers."""
    one = grading.bands[place]
    if grading.of is not None:
        return Branch("band", one.grade, _span(one.range))
    low, high = ("" if end is None else written(end) for end in (one.range.low, one.range.high))
    return Branch("band", one.grade, f"{low}..{high}")


def _span(span: Range) -> str:
    return f"{'' if span.low is None else span.low}..{'' if span.high is None else span.high}"


def _reached(case: ExampleCase, steps: Workings, catalogue: Catalogue) -> Iterator[Branch]:
    """What one example reaches."""
    book = case.rulebook
    values = dict(steps.facts)
    if steps.start is not None and steps.start.low is not None and steps.start.exact:
        yield Branch("start", written(steps.start.low))
    yield from _by_lines(case, steps, catalogue)
    for share in steps.given:
        if share.points.exact and share.points.low:
            yield Branch("rule", share.rule)
    for rule in book.measured:
        value = values[rule.fact]
        if isinstance(rule.award, FactTable) and isinstance(value, Interval) and value.exact:
            brackets = (one for one in rule.award.brackets if one.range.holds(value.low or 0))
            yield from (Branch("rule", rule.id, _span(one.range)) for one in brackets)
    grading = book.grading
    if steps.place is not None and isinstance(grading, Bands):
        yield _band(grading, steps.place)
    elif steps.place is not None and isinstance(grading, Ladder):
        yield Branch("step", grading.steps[steps.place].grade, str(steps.place + 1))
    else:
        yield from _possible(book, steps.assessment.possible)
    yield from (
        Branch(_override(book, one.grade), one.id) for one in book.overrides if one.id == steps.override
    )
    yield from (Branch("bar", one) for one in steps.bars)
    for quota in book.quotas:
        cut = case.around.cut_offs.get(quota.id)
        ranked = steps.total if quota.by is None else values[quota.by]
        if cut is not None and isinstance(ranked, Interval):
            kept = keeps(quota, ranked, cut)
            if kept is not None:
                yield Branch("quota", quota.id, "kept" if kept else "lost")


def _possible(book: Rulebook, grades: Collection[str]) -> Iterator[Branch]:
    """Where it cannot be told which band or step holds: those that may. Points that the law never stated can
    lead to a grade without ever giving it surely."""
    grading = book.grading
    if isinstance(grading, Bands):
        places = (place for place, one in enumerate(grading.bands) if one.grade in grades)
        yield from (_band(grading, place) for place in places)
    elif isinstance(grading, Ladder):
        yield from (
            Branch("step", one.grade, str(at))
            for at, one in enumerate(grading.steps, 1)
            if one.grade in grades
        )


def _by_lines(case: ExampleCase, steps: Workings, catalogue: Catalogue) -> Iterator[Branch]:
    """Rules that select records, and the brackets into which those records fall."""
    rules = {one.id: one for one in case.rulebook.selecting}
    records = {one.record_id: one for one in case.records}
    lines = [one for one in steps.assessment.lines if one.rule in rules]
    for name, group in groupby(lines, key=lambda one: one.rule):
        rule, theirs = rules[name], list(group)
        met = [one for one in theirs if one.status is Status.MET]
        if met or (isinstance(rule.award, NotStated) and theirs):
            yield Branch("rule", name)
        if not isinstance(rule.award, Table):
            continue
        measure, numbers = rule.award.measure, []
        if isinstance(measure, CountOfRecords):
            numbers = [len(met)] if len(met) == len(theirs) else []
        for line in met:
            record = records.get(line.record_id or 0)
            if record is None or isinstance(measure, CountOfRecords):
                continue
            if isinstance(measure, Amount):
                value = record.amount
            else:
                slot = slot_of(catalogue, rule.select.item, measure.field, FieldType.NUMBER)
                value = record.numbers[slot]
            numbers += [] if value is None else [value]
        for bracket in rule.award.brackets:
            if any(bracket.range.holds(one) for one in numbers):
                yield Branch("rule", name, _span(bracket.range))
