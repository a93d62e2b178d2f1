"""One organisation looked up in the parts and read by the reference: the same as in a run over everyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.rules.delivered import Coverage
from goodstanding.rules.engines.duckdb import assessments_of, in_order
from goodstanding.rules.engines.explaining import Explaining, rows
from goodstanding.rules.extract import Extract
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Rulebook
from goodstanding.rules.shelf import Asked, Shelf
from goodstanding.rules.ties import Tie
from tests.unit.rules.invented import CATALOGUE, DAYS, ITEMS, coverages, ledgers, lists, rulebooks
from tests.unit.rules.invented_groups import SECOND, shelves, tie_lists
from tests.unit.rules.parts import write
from tests.unit.rules.test_engines_agree import Ledger, by_reference

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def in_small_groups(extract: Extract, *, ordered: bool) -> Extract:
    """The same records in two parts of row groups of two rows; in order of subject, or as they came."""
    (path,) = extract.records
    table = pq.read_table(path)
    halves = []
    for number in range(2):
        half = table.filter(pa.array([place % 2 == number for place in range(len(table))], pa.bool_()))
        part = path.with_name(f"half-{number}.parquet")
        pq.write_table(half.sort_by("subject_id") if ordered else half, part, row_group_size=2)
        halves.append(part)
    return replace(extract, records=tuple(halves))


@settings(max_examples=30, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(
    st.one_of(rulebooks(), lists()),
    ledgers(),
    st.sampled_from(DAYS),
    st.integers(1, 6),
    st.booleans(),
    st.booleans(),
    coverages(),
)
def test_one_explained_gives_what_the_run_over_everyone_gave(
    rulebook: Rulebook,
    ledger: Ledger,
    on: date,
    subject: int,
    ordered: bool,
    numbered: bool,
    coverage: Coverage | None,
) -> None:
    subjects, records, merges = ledger
    into = Extract((), merges=merges).resolved().get(subject, subject)
    everyone = {one.subject_id: one for one in by_reference(rulebook, ledger, on, coverage)}
    numbers = {path: place for place, path in enumerate(ITEMS, 7)} if numbered else None
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "HELD", 1)  # the second part is opened again for every look
        extract = write(Path(folder), subjects, records, merges=merges, numbers=numbers, coverage=coverage)
        extract = in_small_groups(extract, ordered=ordered)
        with Explaining((Asked(rulebook, on),), CATALOGUE, extract) as explaining:
            if into in everyone:
                assert explaining.of(subject) == everyone[into]
            else:
                with pytest.raises(Refusal, match="GS-RULES-032"):
                    explaining.of(subject)


@settings(max_examples=10, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(shelves(), ledgers(), tie_lists(), st.sampled_from(DAYS), coverages())
def test_with_groups_ranks_and_results_it_gives_what_the_run_gave(
    shelf: Shelf, ledger: Ledger, ties: tuple[Tie, ...], on: date, coverage: Coverage | None
) -> None:
    subjects, records, merges = ledger
    order = shelf.order(shelf.on(SECOND, on), on)
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, ties=ties, coverage=coverage)
        with in_order(order, CATALOGUE, lambda _: extract, threads=1) as ordered:
            expected: Mapping[int, Assessment] = {one.subject_id: one for one in assessments_of(ordered.run)}
            with Explaining(order, CATALOGUE, extract, ordered.cut_offs) as explaining:
                assert {one: explaining.of(one) for one in expected} == expected


def test_a_part_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    shelf = tmp_path / "records.parquet"
    shelf.write_bytes(b"nothing")
    with pytest.raises(Refusal, match="GS-RULES-027"):
        rows.Rows((shelf,), frozenset({"subject_id"}))


def test_a_part_without_its_key_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.parquet"
    pq.write_table(pa.table({"subject_id": pa.array([1], pa.int64())}), path)
    with pytest.raises(Refusal, match="record_id"):
        rows.Rows((path,), frozenset({"subject_id", "record_id"}))


@pytest.mark.parametrize("many", [2, 2000])
def test_words_are_read_from_whatever_encoding_a_part_is_written_in(tmp_path: Path, many: int) -> None:
    """Of few rows DuckDB makes no dictionary, and pyarrow makes none out of lengths and bytes."""
    path = tmp_path / "records.parquet"
    duckdb.sql(
        f"COPY (SELECT i AS subject_id, 'w' || (i % 3) AS word, 'x' || i AS other FROM range({many}) AS t(i)) "
        f"TO '{path}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy)"
    )
    part = rows.Rows((path,), frozenset({"subject_id"}))
    assert part.of([1]) == [{"word": "w1", "other": "x1"}]
    part.close()
