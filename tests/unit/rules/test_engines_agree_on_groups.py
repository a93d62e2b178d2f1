"""Groups, quotas by rank and results of other rulebooks mean the same on every engine, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.rules.delivered import Coverage
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines.duckdb import buckets
from goodstanding.rules.engines.reference import Everyone, Found, assess_everyone
from goodstanding.rules.extract import Extract
from goodstanding.rules.lines import Assessment
from goodstanding.rules.ranking import CutOffs
from goodstanding.rules.records import Record, Subject
from goodstanding.rules.shelf import Shelf
from goodstanding.rules.ties import Tie
from tests.unit.rules.depth import TIMES
from tests.unit.rules.invented import CATALOGUE, DAYS, coverages, ledgers
from tests.unit.rules.invented_groups import SECOND, shelves, tie_lists
from tests.unit.rules.parts import write

Ledger = tuple[list[Subject], list[tuple[int, Record]], tuple[tuple[int, int], ...]]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def by_reference(
    shelf: Shelf, ledger: Ledger, ties: tuple[Tie, ...], on: date, coverage: Coverage | None = None
) -> dict[tuple[str, date], Found]:
    """Everyone's assessment by every rulebook of the order."""
    subjects, records, merges = ledger
    everyone = Everyone(subjects, records, ties, Extract((), merges=merges).resolved(), coverage)
    results: dict[tuple[str, date], tuple[Assessment, ...]] = {}
    found = {}
    for one in shelf.order(shelf.on(SECOND, on), on):
        found[one.key] = assess_everyone(one.rulebook, CATALOGUE, everyone, one.on, results)
        results[one.key] = found[one.key].assessments
    return found


def cuts(found: dict[tuple[str, date], Found]) -> dict[tuple[str, date], CutOffs]:
    """The cut-offs of every rulebook."""
    return {key: one.cut_offs for key, one in found.items()}


@settings(max_examples=60 * TIMES, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(shelves(), ledgers(), tie_lists(), st.sampled_from(DAYS), coverages())
def test_everyone_in_order_gives_what_the_reference_gives(
    shelf: Shelf, ledger: Ledger, ties: tuple[Tie, ...], on: date, coverage: Coverage | None
) -> None:
    subjects, records, merges = ledger
    expected = by_reference(shelf, ledger, ties, on, coverage)
    order = shelf.order(shelf.on(SECOND, on), on)
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, ties=ties, coverage=coverage)
        with duckdb_engine.in_order(order, CATALOGUE, lambda _: extract, threads=1) as ordered:
            found = duckdb_engine.assessments_of(ordered.run)
    assert ordered.cut_offs == cuts(expected)
    assert found == list(expected[(SECOND, on)].assessments)


@settings(max_examples=15 * TIMES, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(shelves(), ledgers(), tie_lists(), st.sampled_from(DAYS), st.integers(1, 6))
def test_one_explained_with_the_cut_offs_of_a_run_gives_what_the_run_gave(
    shelf: Shelf, ledger: Ledger, ties: tuple[Tie, ...], on: date, subject: int
) -> None:
    subjects, records, merges = ledger
    expected = by_reference(shelf, ledger, ties, on)
    into = Extract((), merges=merges).resolved().get(subject, subject)
    everyone = {one.subject_id: one for one in expected[(SECOND, on)].assessments}
    order = shelf.order(shelf.on(SECOND, on), on)
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, ties=ties)

        def explained() -> Assessment:
            return duckdb_engine.explain_in_order(
                order, CATALOGUE, lambda _: extract, subject, cuts(expected)
            )

        if into not in everyone:
            with pytest.raises(Refusal, match="GS-RULES-032"):
                explained()
        else:
            assert explained() == everyone[into]


@settings(max_examples=10 * TIMES, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(shelves(), ledgers(), tie_lists(), st.sampled_from(DAYS))
def test_in_buckets_everyone_is_ranked_before_the_first_gets_a_grade(
    shelf: Shelf, ledger: Ledger, ties: tuple[Tie, ...], on: date
) -> None:
    subjects, records, merges = ledger
    order = shelf.order(shelf.on(SECOND, on), on)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        extract = write(Path(folder), subjects, records, merges=merges, ties=ties)
        patch.setattr(buckets, "at_once", lambda _: 5)
        with duckdb_engine.in_order(order, CATALOGUE, lambda _: extract, threads=1) as ordered:
            found = duckdb_engine.assessments_of(ordered.run)
    expected = by_reference(shelf, ledger, ties, on)
    assert ordered.cut_offs == cuts(expected)
    assert found == list(expected[(SECOND, on)].assessments)
