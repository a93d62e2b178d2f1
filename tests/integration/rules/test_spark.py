"""Three engines, one meaning: what the reference says of many ledgers, Spark says too, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines import spark as spark_engine
from goodstanding.rules.engines.duckdb import assessments_of, in_order
from goodstanding.rules.engines.reference import assess_everyone
from goodstanding.rules.extract import Extract
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Rulebook
from goodstanding.rules.records import Subject
from tests.integration.rules.drawn import Cases, drawn
from tests.unit.rules.bothways import ALWAYS, ON, A, index, record
from tests.unit.rules.invented import CATALOGUE, DAYS, ITEMS, LAW, TITLE, coverages, lists, rulebooks
from tests.unit.rules.invented_groups import SECOND, shelves
from tests.unit.rules.parts import write

# py4j leaves its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

DEEP = settings().max_examples > 100
LEDGERS = 40 if DEEP else 25
BOOKS = 120 if DEEP else 8
SHELVES = 65 if DEEP else 5  # of two or three rulebooks each

any_kind = st.tuples(
    st.one_of(rulebooks(), rulebooks(), rulebooks(), lists()), st.sampled_from(DAYS), coverages()
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """Ledgers side by side."""
    return Cases.of(tmp_path_factory.mktemp("cases"), LEDGERS)


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """The same ledgers, their items as numbers."""
    return Cases.of(tmp_path_factory.mktemp("numbered"), LEDGERS, items=ITEMS)


@pytest.mark.parametrize("number", range(BOOKS))
def test_spark_gives_what_the_reference_gives(
    session: Any, cases: Cases, numbered: Cases, number: int
) -> None:
    rulebook, on, coverage = drawn(any_kind, BOOKS)[number]
    extract = replace((numbered if number % 2 else cases).extract, coverage=coverage)
    everyone = replace(cases.everyone, coverage=coverage)
    expected = assess_everyone(rulebook, CATALOGUE, everyone, on).assessments
    with spark_engine.assess_all(rulebook, CATALOGUE, extract, on, session=session) as run:
        assert_same(assessments_of(run), expected, rulebook)
        assert run.counts == {"subjects": len(expected), "lines": sum(len(one.lines) for one in expected)}
    with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, on) as other:
        assert_same(assessments_of(other), expected, rulebook)


@pytest.mark.parametrize("number", range(SHELVES))
def test_groups_ranks_and_results_of_other_rulebooks_are_the_same_on_spark(
    session: Any, cases: Cases, number: int
) -> None:
    shelf, on = drawn(st.tuples(shelves(), st.sampled_from(DAYS)), SHELVES)[number]
    order = shelf.order(shelf.on(SECOND, on), on)
    results: dict[tuple[str, date], tuple[Assessment, ...]] = {}
    cut_offs = {}
    for one in order:
        found = assess_everyone(one.rulebook, CATALOGUE, cases.everyone, one.on, results)
        results[one.key], cut_offs[one.key] = found.assessments, found.cut_offs
    with in_order(
        order, CATALOGUE, lambda _: cases.extract, assess=spark_engine.assess_all, session=session
    ) as ordered:
        assert_same(assessments_of(ordered.run), results[(SECOND, on)], order[-1].rulebook)
    assert ordered.cut_offs == cut_offs


def assert_same(found: list[Assessment], expected: tuple[Assessment, ...], rulebook: Rulebook) -> None:
    """Each case by itself, so that what differs can be read."""
    for one, other in zip(found, expected, strict=False):
        assert one == other, rulebook
    assert len(found) == len(expected)


def test_a_number_beyond_64_bits_is_refused(session: Any, tmp_path: Path) -> None:
    """A point for each of 2^62 units: cut to 64 bits, the total would be another number."""
    count = m.Sum("many", TITLE, A, ALWAYS, m.Number("days"))
    rule = m.MeasuredRule("each", TITLE, (LAW,), "many", m.PerUnit(1, 100))
    extract = write(tmp_path, [Subject(1, "enterprise")], [(1, record(1, 2**62))])
    for engine in (duckdb_engine.assess_all, partial(spark_engine.assess_all, session=session)):
        with pytest.raises(Refusal, match="GS-RULES-047"):
            engine(index(rule, facts=(count,)), CATALOGUE, extract, ON)


def test_parts_that_are_not_there_are_refused(session: Any, tmp_path: Path) -> None:
    written = write(tmp_path, [Subject(1, "enterprise")], [(1, record(1))])
    there = written.records[0]
    for lacking in (
        Extract((tmp_path / "none.parquet",)),
        Extract(written.endings),
        Extract((there,), endings=(tmp_path / "none.parquet",)),
    ):
        with pytest.raises(Refusal, match="GS-RULES-027"):
            spark_engine.assess_all(index(), CATALOGUE, lacking, ON, session=session)
