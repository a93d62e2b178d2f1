"""What a ledger can hold and no engine may stumble over: chains of merges, and records of the last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import Record, Subject
from goodstanding.rules import model as m
from goodstanding.rules.engines.duckdb import assess_all, assessments_of
from goodstanding.rules.engines.explaining import Explaining
from goodstanding.rules.engines.reference import Everyone, assess_everyone
from goodstanding.rules.shelf import Asked
from tests.unit.rules.bothways import ALWAYS, ON, A, asked, index, record
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

EACH = index(m.Rule("each", TITLE, (LAW,), A, ALWAYS, m.Each(-1_000)))
FIRMS = [Subject(number, "enterprise") for number in (1, 2, 3)]
OWNED: list[tuple[int, Record]] = [(1, record(1)), (2, record(2)), (3, record(3))]


def test_merges_of_merged_subjects_are_followed_by_every_engine(tmp_path: Path) -> None:
    chain = ((1, 2), (2, 3))
    found = assess_everyone(EACH, CATALOGUE, Everyone(FIRMS, OWNED, merged=dict(chain)), ON).assessments
    assert [(one.subject_id, one.points) for one in found] == [(3, m.Interval.exactly(-3_000))]
    extract = write(tmp_path, FIRMS, OWNED, merges=chain)
    with assess_all(EACH, CATALOGUE, extract, ON, threads=1) as run:
        assert tuple(assessments_of(run)) == found
    with Explaining((Asked(EACH, ON),), CATALOGUE, extract) as explaining:
        assert [explaining.of(one) for one in (1, 2, 3)] == [*found, *found, *found]


def test_merges_in_a_circle_are_refused_by_every_engine(tmp_path: Path) -> None:
    circle = ((1, 2), (2, 3), (3, 1))
    with pytest.raises(Refusal, match="GS-RULES-028"):
        Everyone(FIRMS, OWNED, merged=dict(circle))
    extract = write(tmp_path, FIRMS, OWNED, merges=circle)
    with pytest.raises(Refusal, match="GS-RULES-028"):
        assess_all(EACH, CATALOGUE, extract, ON)
    with pytest.raises(Refusal, match="GS-RULES-028"):
        Explaining((Asked(EACH, ON),), CATALOGUE, extract)


def test_a_record_of_the_last_day_of_the_calendar_has_not_happened_yet() -> None:
    for window in (ALWAYS, m.Window(m.Span.MONTHS, 1200), m.Window(m.Span.CURRENT_YEAR)):
        rule = m.Rule("each", TITLE, (LAW,), A, window, m.Each(-1_000))
        assert asked(index(rule), replace(record(1), decided_on=date.max)).points == m.Interval.exactly(0)
