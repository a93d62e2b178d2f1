"""The worked examples of a rulebook, run by the reference engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from goodstanding.catalogue.model import FieldType
from goodstanding.core.errors import Refusal

from .around import Around
from .engines.reference import assess
from .lines import Assessment
from .model import Example, Given, Interval, Recorded, ResultOf, Rulebook, written
from .ranking import CutOff
from .records import SLOTS, Catalogue, Record, Subject, slot_of
from .versions import composed


@dataclass(frozen=True)
class ExampleResult:
    """What an example expects and what came out; `differences` is empty if they agree."""

    example: Example
    assessment: Assessment | None
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the example holds."""
        return not self.differences


def record_of(given: Given, number: int, catalogue: Catalogue) -> Record:
    """The record of an example, its fields put into their slots."""
    numbers: list[int | None] = [None] * SLOTS
    codes: list[str | None] = [None] * SLOTS
    for name, value in given.numbers:
        numbers[slot_of(catalogue, given.item, name, FieldType.NUMBER)] = value
    for name, text in given.codes:
        codes[slot_of(catalogue, given.item, name, FieldType.CODE)] = text
    return Record(
        record_id=number,
        item=given.item,
        occurred_on=given.occurred_on,
        decided_on=given.decided_on,
        effective_from=given.effective_from,
        effective_to=given.effective_to,
        amount=given.amount,
        currency=given.currency,
        seriousness=given.seriousness,
        numbers=tuple(numbers),
        codes=tuple(codes),
        counts_until=given.counts_until,
    )


def shown(points: Interval | None) -> str:
    """Points as a reader writes them."""
    if points is None:
        return "no total"
    if points.low is not None and points.low == points.high:
        return written(points.low)
    low = "open" if points.low is None else written(points.low)
    high = "open" if points.high is None else written(points.high)
    return f"[{low}, {high}]"


def around_of(
    rulebook: Rulebook,
    example: Example,
    own: Sequence[Record],
    numbers: Iterator[int],
    catalogue: Catalogue,
) -> Around:
    """What an example gives beside the subject's own records.

    Args:
        own: the subject's records, which are part of its group.
        numbers: the next free numbers of records.
    """
    members = [
        (one.tie, [record_of(each, next(numbers), catalogue) for each in one.records])
        for one in example.members
    ]
    kinds = {one.group for one in rulebook.facts if isinstance(one, Recorded) and one.group}
    return Around(
        results=_results(rulebook, example),
        groups={
            ties: {
                1: own,
                **{number: theirs for number, (tie, theirs) in enumerate(members, 2) if tie in ties},
            }
            for ties in kinds
        },
        cut_offs={one.quota: CutOff(one.surely, one.possibly) for one in example.cutoffs},
    )


def _results(rulebook: Rulebook, example: Example) -> dict[tuple[str, date], Assessment]:
    """The results of other rulebooks; grade and points of one of them on one day are one result."""
    facts = {one.id: one for one in rulebook.facts if isinstance(one, ResultOf)}
    found: dict[tuple[str, date], Assessment] = {}
    for given in example.results:
        fact = facts.get(given.fact)
        if fact is None:
            continue  # the checker says so
        key = (fact.rulebook, given.on or fact.day.day(example.on))
        before = found.get(key, Assessment(1, None, (), None, (), ()))
        told = replace(before, points=given.points) if fact.points else replace(before, grade=given.grade)
        found[key] = told
    return found


@dataclass(frozen=True)
class ExampleCase:
    """What an engine is given to run an example: the rulebook is composed for the day."""

    rulebook: Rulebook
    subject: Subject
    records: tuple[Record, ...]
    around: Around


def case_of(rulebook: Rulebook, example: Example, catalogue: Catalogue) -> ExampleCase:
    """The case that an example describes: subject 1, and records numbered from 1.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 052, 053 (amendments).
    """
    numbers = count(1)
    records = tuple(record_of(one, next(numbers), catalogue) for one in example.records)
    subject = Subject(1, rulebook.subject_kinds[0], example.registered_on)
    whole = composed((rulebook,), rulebook, example.on)
    return ExampleCase(whole, subject, records, around_of(whole, example, records, numbers, catalogue))


def run_example(rulebook: Rulebook, example: Example, catalogue: Catalogue) -> ExampleResult:
    """Run one example. A refusal while running it is a difference."""
    try:
        case = case_of(rulebook, example, catalogue)
        found = assess(case.rulebook, catalogue, case.subject, case.records, example.on, case.around)
    except Refusal as error:
        return ExampleResult(example, None, (f"{error.code}: {error.what}",))
    differences = []
    if found.grade != example.grade:
        tell = [one or "cannot tell" for one in (example.grade, found.grade)]
        differences.append(f"grade: expected {tell[0]}, found {tell[1]}")
    if example.points is not None and example.points != found.points:
        differences.append(f"points: expected {shown(example.points)}, found {shown(found.points)}")
    if example.missing is not None and example.missing != found.missing:
        differences.append(f"missing: expected {list(example.missing)}, found {list(found.missing)}")
    if example.lines is not None:
        there = [(one.rule, one.points) for one in found.lines]
        for line in example.lines:
            fits = [one for one in there if one[0] == line.rule and line.points in (None, one[1])]
            if fits:
                there.remove(fits[0])
            else:
                differences.append(
                    f"lines: none of {line.rule}" + (f" with {shown(line.points)}" if line.points else "")
                )
        differences += [f"lines: {rule} with {shown(points)} is not expected" for rule, points in there]
    return ExampleResult(example, found, tuple(differences))


def run_examples(rulebook: Rulebook, catalogue: Catalogue) -> tuple[ExampleResult, ...]:
    """Run every example of a rulebook; `passed` and `differences` say what came out."""
    return tuple(run_example(rulebook, one, catalogue) for one in rulebook.examples)
