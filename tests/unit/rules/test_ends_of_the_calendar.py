"""At the ends of the calendar both engines give the right answer, or the day is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import Record, Subject
from goodstanding.rules import model as m
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines import reference
from goodstanding.rules.force import check_day
from tests.unit.rules.bothways import ON, A, index
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

YEAR = m.Window(m.Span.MONTHS, 12)
DAYS = (date.min, date(1, 12, 31), ON, date(9999, 12, 1), date.max)


def judged(when: m.Condition) -> m.Rulebook:
    return index(m.JudgedRule("judged", TITLE, (LAW,), when, 300))


def both(rulebook: m.Rulebook, firm: Subject, records: list[Record], folder: Path) -> m.Interval | None:
    """The points, if both engines give the same result."""
    plain = reference.assess(rulebook, CATALOGUE, firm, records, ON)
    extract = write(folder, [firm], [(firm.subject_id, one) for one in records])
    assert duckdb_engine.explain_one(rulebook, CATALOGUE, extract, firm.subject_id, ON) == plain
    return plain.points


@pytest.mark.parametrize("since", DAYS)
@pytest.mark.parametrize("months", [m.Range(12), m.Range(None, 12), m.Range(1, 1200)])
def test_a_registration_on_any_day_has_its_age(since: date, months: m.Range, tmp_path: Path) -> None:
    points = both(judged(m.RegisteredFor(months)), Subject(1, "enterprise", since), [], tmp_path)
    young = since >= ON
    expected = (not young) if months == m.Range(12) else young if months == m.Range(None, 12) else False
    assert points == m.Interval.exactly(300 if expected else 0)


@pytest.mark.parametrize("day", DAYS)
def test_a_record_of_any_day_is_within_its_window_or_not(day: date, tmp_path: Path) -> None:
    record = Record(1, A.item, decided_on=day, effective_from=day, effective_to=day)
    points = both(judged(m.Exists(A, YEAR)), Subject(1, "enterprise"), [record], tmp_path)
    assert points == m.Interval.exactly(300 if day == ON else 0)


@pytest.mark.parametrize("on", [date.min, date(1, 12, 31), date.max])
def test_a_day_around_which_there_is_no_year_is_refused(on: date) -> None:
    always = replace(judged(m.Exists(A, YEAR)), in_force_from=date.min)
    with pytest.raises(Refusal) as refused:
        check_day(always, on)
    assert refused.value.code == "GS-RULES-026"
    check_day(always, date(2, 1, 1))
    for window in (YEAR, m.Window(m.Span.PREVIOUS_YEAR), m.Window(m.Span.ALL)):
        for day in (date(2, 1, 1), date(9999, 12, 30)):
            low, high = window.bounds(day)
            assert low < high
