"""Rules that give points by a condition or by a fact: what they give, what they say, and to whom."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.core.reader import Access
from goodstanding.rules import model as m
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.lines import Assessment, Line, Status
from goodstanding.rules.records import Subject
from tests.unit.rules.bothways import ALWAYS, DECIDED, ON, A, C, asked, index, record
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

DAYS = m.Latest("days", TITLE, A, ALWAYS, m.Number("days"))
TOTAL_DAYS = m.Sum("days", TITLE, A, ALWAYS, m.Number("days"))


def judged(when: m.Condition, points: int, section: str | None = None) -> m.JudgedRule:
    """A rule that gives points for a condition."""
    return m.JudgedRule("judged", TITLE, (LAW,), when, points, section)


def measured(award: m.PerUnit | m.FactTable, cap: int | None = None) -> m.MeasuredRule:
    """A rule that gives points for the days."""
    return m.MeasuredRule("measured", TITLE, (LAW,), "days", award, cap)


def own(found: Assessment) -> list[Line]:
    """The lines without record that no absence caused."""
    return [one for one in found.lines if one.record_id is None and one.status is not Status.ABSENT]


def test_who_has_no_record_gets_the_points_for_its_absence_and_a_line_says_so() -> None:
    rulebook = index(judged(m.Not(m.Exists(A, ALWAYS)), 300))
    clean, blamed = asked(rulebook), asked(rulebook, record(1))
    assert clean.points == m.Interval.exactly(300) and clean.grade == m.MEASURED
    assert own(clean) == [Line("judged", None, m.Interval.exactly(300), Status.MET)]
    assert blamed.points == m.Interval.exactly(0) and own(blamed) == []
    assert [(one.rule, one.record_id, one.points) for one in blamed.lines] == [
        ("judged", 1, m.Interval.exactly(0))
    ]


@pytest.mark.parametrize(("points", "between"), [(300, (0, 300)), (-300, (-300, 0))])
def test_where_nothing_is_known_the_points_lie_between_and_the_rule_is_named(
    points: int, between: tuple[int, int]
) -> None:
    found = asked(index(judged(m.Exists(C, ALWAYS), points)))
    assert found.points == m.Interval(*between)
    assert (found.grade, found.possible, found.missing) == (None, ("measured", ""), ("judged",))
    assert own(found) == [Line("judged", None, m.Interval(*between), Status.UNKNOWN)]


@pytest.mark.parametrize(
    ("days", "points"), [(-1, 0), (0, 0), (10, 0), (11, 0), (12, -20), (13, -20), (14, -40)]
)
def test_whole_units_above_the_threshold_count_and_nothing_below_it(days: int, points: int) -> None:
    found = asked(index(measured(m.PerUnit(2, -20, over=10)), facts=(DAYS,)), record(1, days))
    assert found.points == m.Interval.exactly(points)


@pytest.mark.parametrize(("days", "points"), [(10, 0), (11, 20), (12, 20), (13, 40), (99, 100)])
def test_units_begun_count_where_the_rule_says_so_up_to_the_cap(days: int, points: int) -> None:
    rule = measured(m.PerUnit(2, 20, over=10, started=True), cap=100)
    assert asked(index(rule, facts=(DAYS,)), record(1, days)).points == m.Interval.exactly(points)


BRACKETS = m.FactTable((m.Bracket(m.Range(0, 5), -300), m.Bracket(m.Range(7, 10), -100)))


@pytest.mark.parametrize(
    ("days", "points"), [(-1, 0), (0, -300), (4, -300), (5, 0), (6, 0), (7, -100), (9, -100), (10, 0)]
)
def test_a_bracket_holds_its_first_number_and_not_the_next_bracket_s(days: int, points: int) -> None:
    found = asked(index(measured(BRACKETS), facts=(DAYS,)), record(1, days))
    assert found.points == m.Interval.exactly(points)
    assert own(found) == ([Line("measured", None, found.points, Status.MET)] if points else [])


def test_an_interval_that_meets_two_brackets_and_the_gap_between_gives_their_extremes() -> None:
    perhaps = m.Select("t/a", codes=(m.CodeTest("kind", ("x",)),))
    facts = (m.Sum("days", TITLE, perhaps, ALWAYS, m.Number("days")),)
    some = asked(index(measured(BRACKETS), facts=facts), record(1, 4, kind="x"), record(2, 3))
    assert some.points == m.Interval(-300, 0) and some.missing == ("days", "measured")
    sure = asked(index(measured(BRACKETS), facts=facts), record(1, 7, kind="x"), record(2, 2))
    assert sure.points == m.Interval.exactly(-100)


def test_a_number_without_bound_takes_without_bound_unless_the_rule_is_capped() -> None:
    unknown = record(1, None)
    free = asked(index(measured(m.PerUnit(1, -100)), facts=(TOTAL_DAYS,)), unknown)
    assert free.points == m.Interval(None, 0)
    capped = asked(index(measured(m.PerUnit(1, -100), cap=-500), facts=(TOTAL_DAYS,)), unknown)
    assert capped.points == m.Interval(-500, 0)


def test_points_without_records_count_in_their_section_and_under_its_bounds() -> None:
    met = m.Not(m.Exists(A, ALWAYS))
    sections = (m.Section("law", TITLE, at_most=200),)
    assert asked(index(judged(met, 300, "law"), sections=sections)).points == m.Interval.exactly(200)
    assert asked(index(judged(met, 300), sections=sections)).points == m.Interval.exactly(300)


def test_a_line_without_record_is_as_closed_as_the_records_that_it_is_worked_out_from() -> None:
    ratio = m.SumOf("twice", TITLE, ("days", "days"))
    rules = (
        judged(m.FactIn("twice", m.Range(1)), 300),
        m.JudgedRule("open", TITLE, (LAW,), m.Not(m.Exists(C, ALWAYS)), 100),
    )
    closed = asked(index(*rules, facts=(TOTAL_DAYS, ratio)), record(1, 5, access=Access.SHARED))
    access = {one.rule: one.access for one in own(closed)}
    assert access == {"judged": Access.SHARED, "open": Access.PUBLIC}
    by_condition = asked(index(judged(m.Exists(A, ALWAYS), 300)), record(1, access=Access.RESTRICTED))
    assert [one.access for one in own(by_condition)] == [Access.RESTRICTED]


def test_the_sql_engine_shows_a_public_reader_no_points_that_rest_on_a_closed_record(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rulebook = index(judged(m.Exists(A, ALWAYS), 300))
    closed = record(1, access=Access.SHARED)
    extract = write(tmp_path_factory.mktemp("closed"), [Subject(1, "enterprise")], [(1, closed)])
    with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, ON, readable=Access.PUBLIC) as run:
        (found,) = duckdb_engine.assessments_of(run)
    assert found.points is None and found.grade is None
    assert {(one.rule, one.record_id, one.points, one.status) for one in found.lines} == {
        ("judged", None, None, Status.CLOSED)
    }


def test_two_of_three_conditions_must_be_met_and_what_cannot_be_told_may_or_may_not_count() -> None:
    old = m.RegisteredFor(m.Range(12))
    two = m.AtLeastOf(2, (m.Exists(A, ALWAYS), m.Exists(C, ALWAYS), old))
    rulebook = index(judged(two, 100))
    long_ago, lately = date(2000, 1, 1), date(2025, 1, 1)
    assert asked(rulebook, record(1), registered=long_ago).points == m.Interval.exactly(100)
    assert asked(rulebook, record(1), registered=lately).points == m.Interval(0, 100)
    assert asked(rulebook, registered=lately).points == m.Interval.exactly(0)
    assert asked(rulebook, record(1), record(2, item="t/c")).points == m.Interval.exactly(100)


@pytest.mark.parametrize(
    ("first", "end", "outside", "counts"),
    [
        (DECIDED, None, False, True),
        (None, DECIDED, False, False),
        (date(2025, 1, 1), date(2025, 1, 16), False, True),
        (date(2025, 1, 1), date(2025, 1, 15), False, False),
        (date(2025, 1, 15), date(2025, 1, 16), True, False),
        (date(2025, 1, 16), date(2025, 1, 17), True, True),
        (DECIDED, None, True, False),
        (None, DECIDED, True, True),
    ],
)
def test_a_dated_selection_takes_from_its_first_day_up_to_and_not_its_last(
    first: date | None, end: date | None, outside: bool, counts: bool
) -> None:
    dated = m.Select("t/a", dated=(m.DatedTest(m.DateUsed.DECIDED_ON, first, end, outside),))
    found = asked(index(judged(m.Exists(dated, ALWAYS), 100)), record(1))
    assert found.points == m.Interval.exactly(100 if counts else 0)


def test_a_record_without_the_date_may_or_may_not_lie_in_the_span() -> None:
    grace = m.DatedTest(m.DateUsed.OCCURRED_ON, date(2020, 1, 23), date(2020, 7, 1), outside=True)
    found = asked(index(judged(m.Exists(m.Select("t/a", dated=(grace,)), ALWAYS), -100)), record(1))
    assert found.points == m.Interval(-100, 0) and found.missing == ("judged",)
