"""No record means none only for days of which a delivery tells; where none does, nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import Assessment, Record, Subject
from goodstanding.rules import model as m
from goodstanding.rules.around import Around
from goodstanding.rules.delivered import Coverage, Gap, gap_of, gaps, read_coverage
from goodstanding.rules.engines import reference
from goodstanding.rules.engines.duckdb import explain_one
from goodstanding.rules.lines import Status
from tests.unit.rules.bothways import ON, A, C, index, record
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

YEAR = m.Window(m.Span.CURRENT_YEAR)  # 1 January up to and with ON, 1 March 2025
LAST_YEAR = m.Window(m.Span.PREVIOUS_YEAR)
NEW_YEAR, TOMORROW = date(2025, 1, 1), ON + timedelta(days=1)
WHOLE: Coverage = {"t/a": [(date.min, TOMORROW)], "t/c": [(date.min, TOMORROW)]}
NEVER: Coverage = {}
FIRM = Subject(1, "enterprise")
UNKNOWN = m.Interval(None, None)

Assess = Callable[..., Assessment]


@pytest.fixture(params=["reference", "duckdb"])
def assess(request: pytest.FixtureRequest, tmp_path: Path) -> Assess:
    """Either engine, over one firm and what was delivered."""

    def one(rulebook: m.Rulebook, coverage: Coverage | None, *records: Record) -> Assessment:
        if request.param == "reference":
            return reference.assess(rulebook, CATALOGUE, FIRM, records, ON, Around(coverage=coverage))
        extract = write(tmp_path, [FIRM], [(1, each) for each in records], coverage=coverage)
        return explain_one(rulebook, CATALOGUE, extract, 1, ON)

    return one


def candidacy(of: m.Condition) -> m.Rulebook:
    """B where a condition is met, else A."""
    return index(grading=m.Ladder((m.Step("B", of), m.Step("A", None))))


NO_RECORD = candidacy(m.Not(m.Exists(A, YEAR)))


def test_where_the_source_was_delivered_no_record_means_none(assess: Assess) -> None:
    assert assess(NO_RECORD, WHOLE).grade == "B"


def test_where_it_was_never_delivered_it_cannot_be_told(assess: Assess) -> None:
    found = assess(NO_RECORD, NEVER)
    assert (found.grade, found.possible) == (None, ("B", "A"))
    assert found.missing == ("grades",)
    assert [one.status for one in found.lines] == [Status.ABSENT]


def test_without_any_word_of_deliveries_the_item_alone_says_what_absence_means(assess: Assess) -> None:
    assert assess(NO_RECORD, None).grade == "B"


def test_a_record_that_is_there_is_there_whatever_was_delivered(assess: Assess) -> None:
    assert assess(NO_RECORD, NEVER, record(1)).grade == "A"


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([(NEW_YEAR, TOMORROW)], True),
        ([(NEW_YEAR, ON)], False),  # delivered as of yesterday
        ([(NEW_YEAR + timedelta(days=1), TOMORROW)], False),
        ([(date(2025, 2, 1), TOMORROW), (NEW_YEAR, date(2025, 2, 1))], True),  # two that touch, in any order
        ([(NEW_YEAR, date(2025, 1, 31)), (date(2025, 2, 1), TOMORROW)], False),
    ],
)
def test_every_day_of_the_window_must_be_covered(
    assess: Assess, spans: list[tuple[date, date]], told: bool
) -> None:
    assert (assess(NO_RECORD, {"t/a": spans}).grade == "B") is told


def test_of_a_window_without_delivery_there_may_be_more_than_is_recorded(assess: Assess) -> None:
    each = m.Rule("each", TITLE, (LAW,), A, YEAR, m.Each(-1_000), cap=-2_500)
    assert assess(index(each), WHOLE, record(1)).points == m.Interval.exactly(-1_000)
    assert assess(index(each), NEVER, record(1)).points == m.Interval(-2_500, -1_000)
    full = assess(index(each), NEVER, record(1), record(2), record(3))
    assert full.points == m.Interval.exactly(-2_500), "the cap is reached, whatever was not delivered"


def test_counts_have_no_upper_end_and_sums_are_not_known(assess: Assess) -> None:
    for fact, expected in (
        (m.Count("n", TITLE, A, YEAR), m.Interval(1, None)),
        (m.Sum("n", TITLE, A, YEAR, m.Number("days")), UNKNOWN),
        (m.Latest("n", TITLE, A, YEAR, m.Number("days")), UNKNOWN),
        (m.Largest("n", TITLE, A, YEAR, m.Number("days")), m.Interval(9, None)),
    ):
        many = m.MeasuredRule("many", TITLE, (LAW,), "n", m.PerUnit(1, 1))
        found = assess(index(many, facts=(fact,)), NEVER, record(1, 9))
        wanted = m.Interval(expected.low or 0, expected.high)
        assert found.points == wanted, fact
        assert assess(index(many, facts=(fact,)), WHOLE, record(1, 9)).points != wanted


def test_what_absence_never_tells_no_delivery_changes(assess: Assess) -> None:
    book = candidacy(m.Not(m.Exists(C, YEAR)))
    assert assess(book, WHOLE).grade is None
    assert assess(book, NEVER, record(1, item="t/c")).grade == "A"


def test_days_before_retention_are_not_asked_for() -> None:
    """What is kept for 12 months counts no more, delivered or not."""
    begun = date(2024, 3, 2)
    always = m.Window(m.Span.ALL)
    assert gap_of(CATALOGUE["t/a"], always, ON, {"t/a": [(begun, TOMORROW)]}) is None
    late = {"t/a": [(begun + timedelta(days=1), TOMORROW)]}
    assert gap_of(CATALOGUE["t/a"], always, ON, late) == (begun, begun + timedelta(days=1))


def test_a_list_that_only_this_ledger_writes_needs_no_delivery() -> None:
    ours = replace(CATALOGUE["t/b"], own=True)
    assert gap_of(ours, YEAR, ON, NEVER) is None
    assert gap_of(CATALOGUE["t/b"], YEAR, ON, NEVER) == (NEW_YEAR, TOMORROW)


def test_gaps_name_the_entry_the_item_and_the_days() -> None:
    rule = m.Rule("each", TITLE, (LAW,), A, LAST_YEAR, m.Each(-1_000))
    judged = m.JudgedRule("none", TITLE, (LAW,), m.Not(m.Exists(A, YEAR)), 500)
    book = index(rule, judged)
    assert gaps(book, CATALOGUE, ON, WHOLE) == gaps(book, CATALOGUE, ON, None) == ()
    # From the first day that retention leaves of last year.
    assert gaps(book, CATALOGUE, ON, {"t/a": [(date.min, date(2025, 2, 1))]}) == (
        Gap("none", "t/a", date(2025, 2, 1), TOMORROW),
    )
    assert gaps(book, CATALOGUE, ON, NEVER) == (
        Gap("each", "t/a", date(2024, 3, 2), NEW_YEAR),
        Gap("none", "t/a", NEW_YEAR, TOMORROW),
    )


def test_coverage_is_read_from_parts_and_a_part_that_lacks_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coverage.parquet"
    rows = {"item": ["t/a", "t/a"], "from_on": [date(2020, 1, 1), NEW_YEAR], "to_on": [date(2021, 1, 1), ON]}
    pq.write_table(pa.table(rows), path)
    assert read_coverage((path,)) == {"t/a": [(date(2020, 1, 1), date(2021, 1, 1)), (NEW_YEAR, ON)]}
    for bad in ({"item": ["t/a"], "from_on": [ON]}, {"item": [None], "from_on": [ON], "to_on": [ON]}):
        pq.write_table(pa.table(bad), path)
        with pytest.raises(Refusal, match="GS-RULES-027"):
            read_coverage((path,))
