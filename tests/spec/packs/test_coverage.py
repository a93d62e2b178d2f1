"""The table of what the rulebooks carry is made by a command, and every row of the facts is in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.cli.rulebook.coverage import covered
from goodstanding.rules.coverage import Coverage, State
from tests.reference import REFERENCE, coverage_page


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


@pytest.fixture(scope="module")
def found(pack: Pack) -> Coverage:
    return covered(pack)


def test_the_page_says_what_the_rulebooks_say() -> None:
    assert (REFERENCE / "coverage.md").read_text(encoding="utf-8") == coverage_page(), "make reference"


def test_every_table_that_is_asked_for_is_there(pack: Pack) -> None:
    asked = [30, *range(31, 37), *range(60, 73), *range(90, 95)]
    assert [one.id for one in pack.tables] == [str(one) for one in asked]


def test_every_row_of_the_facts_is_carried(found: Coverage) -> None:
    assert found.open == ()


def test_no_rulebook_names_a_row_that_no_table_has(found: Coverage) -> None:
    assert found.strange == ()


def test_what_does_not_run_always_says_why(found: Coverage) -> None:
    for table in found.tables:
        for row in table.rows:
            for one in row.carriers:
                runs = one.state in (State.RUNS, State.UNCERTAIN, State.WHOLE)
                assert runs == (one.because is None), (row.id, one)


def test_the_tables_have_as_many_rows_as_the_facts(pack: Pack, shared: Path) -> None:
    rows = {}
    for one in pack.tables:
        (path,) = (shared / "facts/tables").glob(f"{one.id}_*.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows[one.id] = len(list(csv.DictReader(file)))
    assert {one.id: one.rows for one in pack.tables} == rows


def test_what_the_facts_leave_uncertain_never_runs_as_if_it_were_sure(found: Coverage, shared: Path) -> None:
    carriers = {row.id: row.carriers for table in found.tables for row in table.rows}
    doubtful = []
    for table in found.tables:
        (path,) = (shared / "facts/tables").glob(f"{table.table.id}_*.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 1):
                if row["confidence"].startswith("uncertain"):
                    doubtful.append(f"{table.table.id}/{number}")
    assert doubtful
    sure = [row for row in doubtful if any(one.state is State.RUNS for one in carriers[row])]
    assert sure == []
