"""Checks against the catalogue: a rule that can never match looks as if everyone kept it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goodstanding.catalogue.model import FieldType
from goodstanding.core.errors import Refusal

from ..model import (
    Amount,
    Code,
    Count,
    CountOfRecords,
    DatedTest,
    DateUsed,
    Largest,
    Latest,
    Number,
    Per,
    Rulebook,
    Select,
    Span,
    Sum,
    Table,
    Window,
)
from ..records import Catalogue, item_of, slot_of
from .findings import Finding, finding


def measures(rulebook: Rulebook) -> Iterator[tuple[str, str, Amount | Number | Code | CountOfRecords]]:
    """What is measured of records, with the entry that does and the item."""
    for rule in rulebook.selecting:
        if isinstance(rule.award, Per | Table):
            yield rule.id, rule.select.item, rule.award.measure
    for fact in rulebook.facts:
        if isinstance(fact, Latest | Sum | Largest):
            yield fact.id, fact.select.item, fact.of
        if isinstance(fact, Count) and fact.distinct is not None:
            yield fact.id, fact.select.item, Code(fact.distinct)


def dated(rulebook: Rulebook) -> Iterator[Finding]:
    """Some day passes all tests of a date, before the rulebook goes out of force."""
    for owner, select, _ in rulebook.selects():
        for used in DateUsed:
            if not _a_day(tuple(one for one in select.dated if one.used is used), rulebook.in_force_to):
                yield finding(
                    34,
                    owner,
                    f"no day of {used} passes its tests",
                    "mend the days; such a rule never matches",
                )


def _a_day(tests: tuple[DatedTest, ...], end: date | None) -> bool:
    """Whether a day before `end` passes them all: it is enough to try where one of them begins or ends."""
    bounds = {day for one in tests for day in (one.from_day, one.to_day) if day is not None}
    tried = {date.min, *bounds, *(day - timedelta(days=1) for day in bounds if day > date.min)}
    return any((end is None or day < end) and all(one.holds(day) for one in tests) for day in tried)


def _asks_listed(select: Select, window: Window) -> bool:
    """Whether it is what `listed` reads into."""
    return select == Select(select.item, in_effect=True) and window == Window(
        Span.ALL, used=DateUsed.EFFECTIVE_FROM
    )


def matching(rulebook: Rulebook, catalogue: Catalogue) -> Iterator[Finding]:
    """Every item exists and has the fields that rules look at, of the right type."""

    def tried(
        owner: str, path: str, field: str = "", type_: FieldType = FieldType.NUMBER
    ) -> Iterator[Finding]:
        try:
            slot_of(catalogue, path, field, type_) if field else item_of(catalogue, path)
        except Refusal as error:
            yield finding(int(error.code[-3:]), owner, error.what, error.remedy)

    for owner, select, window in rulebook.selects():
        missing = list(tried(owner, select.item))
        yield from missing
        if missing:
            continue
        if _asks_listed(select, window) and not catalogue[select.item].listing:
            yield finding(
                34, owner, f"{select.item} is no list", "name a listing, or ask whether a record exists"
            )
        for code in select.codes:
            yield from tried(owner, select.item, code.field, FieldType.CODE)
        for number in select.numbers:
            yield from tried(owner, select.item, number.field)
    for owner, item, measure in measures(rulebook):
        if item in catalogue and isinstance(measure, Number | Code):
            type_ = FieldType.CODE if isinstance(measure, Code) else FieldType.NUMBER
            yield from tried(owner, item, measure.field, type_)
