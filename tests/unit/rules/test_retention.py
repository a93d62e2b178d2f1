"""What is past its retention counts in no rulebook, whatever window a rule asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.core.reader import Access
from goodstanding.rules import Assessment, Record, Subject, parse_rulebook
from goodstanding.rules.engines import reference
from goodstanding.rules.engines.duckdb import explain_one
from goodstanding.rules.model import Interval
from tests.unit.rules.invented import CATALOGUE
from tests.unit.rules.parts import write

BOOK = """
rulebook: t/kept
kind: grade
title: {en: Kept, zh: 保存}
authority: t/nobody
basis: [{instrument: invented}]
in_force: {from: 2000-01-01}
subjects: {kinds: [enterprise]}
period: PERIOD
start: 100
rules:
  - id: first
    title: {en: First, zh: 第一}
    basis: [{instrument: invented}]
    select: {item: ITEM}
    each: -11
grades: {A: 90.., B: ..90}
"""
FIRM = Subject(1, "enterprise")
# "a" is kept for 12 months, the listing "b" for 6, "c", of which absence says nothing, for 6.
ON = date(2024, 12, 31)
OLD = date(2023, 12, 31)

Assess = Callable[..., Assessment]


@pytest.fixture(params=["reference", "duckdb"])
def assess(request: pytest.FixtureRequest, tmp_path: Path) -> Assess:
    """Either engine, over one firm."""

    def one(*records: Record, item: str = "a", period: str = "all") -> Assessment:
        book = parse_rulebook(BOOK.replace("ITEM", item).replace("PERIOD", period))
        if request.param == "reference":
            return reference.assess(book, CATALOGUE, FIRM, records, ON)
        extract = write(tmp_path / f"{item}-{len(records)}", [FIRM], [(1, each) for each in records])
        return explain_one(book, CATALOGUE, extract, 1, ON)

    return one


def record(number: int = 1, item: str = "a", **said: Any) -> Record:
    """A record that costs 11 points."""
    return replace(Record(number, f"t/{item}", access=Access.PUBLIC), **said)


def test_a_record_counts_until_its_retention_ends_even_where_a_rule_looks_at_everything(
    assess: Assess,
) -> None:
    kept, over = record(1, decided_on=date(2024, 1, 1)), record(2, decided_on=OLD)
    found = assess(kept, over)
    assert [one.record_id for one in found.lines] == [1]
    assert found.points == Interval.exactly(8900)


def test_retention_counts_from_the_decision_also_where_a_rule_goes_by_the_day_of_the_fact(
    assess: Assess,
) -> None:
    by_fact = "{years: 3, date: occurred_on}"
    late = record(1, occurred_on=date(2023, 3, 1), decided_on=date(2024, 6, 1))
    early = record(2, occurred_on=date(2024, 6, 1), decided_on=OLD)
    assert [one.record_id for one in assess(late, early, period=by_fact).lines] == [1]


def test_a_record_without_the_day_a_rule_goes_by_is_past_its_retention_by_its_other_days(
    assess: Assess,
) -> None:
    assert assess(record(occurred_on=OLD)).points == Interval.exactly(10000)
    assert assess(record(effective_from=OLD)).points == Interval.exactly(10000)
    unclear = assess(record(occurred_on=date(2024, 6, 1)))
    assert unclear.points == Interval(8900, 10000) and unclear.missing == ("first",)


def test_where_no_day_is_stated_it_cannot_be_told_whether_a_record_counts(assess: Assess) -> None:
    unclear = assess(record())
    assert unclear.points == Interval(8900, 10000) and unclear.grade is None


def test_a_listing_counts_while_it_is_in_effect_and_for_its_retention_after_it_left(assess: Assess) -> None:
    long_ago = date(2015, 1, 1)
    standing = record(1, "b", decided_on=long_ago)
    to_leave = record(2, "b", decided_on=long_ago, effective_to=date(2030, 1, 1))
    left = record(3, "b", decided_on=long_ago, effective_to=date(2024, 7, 1))
    gone = record(4, "b", decided_on=long_ago, effective_to=date(2024, 6, 30))
    found = assess(standing, to_leave, left, gone, item="b")
    assert [one.record_id for one in found.lines] == [1, 2, 3]


def test_what_is_past_its_retention_says_nothing_of_what_is_recorded(assess: Assess) -> None:
    found = assess(record(1, "c", decided_on=OLD), item="c")
    assert found.grade is None and found.missing == ("first",)
