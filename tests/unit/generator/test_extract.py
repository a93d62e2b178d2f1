"""A generated extract has the columns of the ledger's, skewed counts, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from goodstanding.generator import ExtractFiles, ExtractItem, generate_extract

COLUMNS = [
    ("record_id", "BIGINT"), ("subject_id", "BIGINT"), ("item", "INTEGER"), ("occurred_on", "DATE"),
    ("decided_on", "DATE"), ("effective_from", "DATE"), ("effective_to", "DATE"), ("amount", "BIGINT"),
    ("currency", "VARCHAR"), ("seriousness", "TINYINT"), ("access", "TINYINT"), ("number_1", "BIGINT"),
    ("number_2", "BIGINT"), ("number_3", "BIGINT"), ("number_4", "BIGINT"), ("code_1", "VARCHAR"),
    ("code_2", "VARCHAR"), ("code_3", "VARCHAR"), ("code_4", "VARCHAR"),
]  # fmt: skip
ITEMS = (
    ExtractItem(11, weight=6, amount=5_000_000, term=365),
    ExtractItem(12, weight=3, currency="", numbers=(10,), codes=(("a", "b"), ("x",)), seriousness=False),
    ExtractItem(13, currency="USD", access=1),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> ExtractFiles:
    folder = tmp_path_factory.mktemp("extract")
    return generate_extract(folder, organisations=5_000, records=60_000, seed=8, items=ITEMS, part=25_000)


def _records(files: ExtractFiles) -> str:
    return f"read_parquet({[str(path) for path in files.records]})"


def _described(path: Path) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in _rows(f"DESCRIBE SELECT * FROM '{path}'")]


def _rows(query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(":memory:") as connection:
        return connection.execute(query).fetchall()


def test_the_columns_are_those_of_the_extract(files: ExtractFiles) -> None:
    assert all(_described(path) == COLUMNS for path in files.records)
    assert _described(files.endings[0]) == [("record_id", "BIGINT"), ("counts_until", "DATE")]
    assert _described(files.subjects[0]) == [
        ("subject_id", "BIGINT"),
        ("kind", "VARCHAR"),
        ("registered_on", "DATE"),
        ("division", "VARCHAR"),
    ]


def test_the_numbers_of_rows_are_as_asked_for(files: ExtractFiles) -> None:
    assert len(files.records) == len(files.endings) == 3
    rows = _rows(f"SELECT count(*), count(DISTINCT record_id), max(record_id) FROM {_records(files)}")
    assert rows == [(60_000, 60_000, 60_000)]
    assert _rows(f"SELECT count(*), max(subject_id) FROM '{files.subjects[0]}'") == [(5_000, 5_000)]
    assert (files.record_rows, files.subject_rows) == (60_000, 5_000)


def test_three_in_a_hundred_have_an_ending_and_some_of_these_are_void(files: ExtractFiles) -> None:
    ended, void, orphans = _rows(
        f"""SELECT count(*), count(*) FILTER (counts_until = DATE '0001-01-01'),
                   count(*) FILTER (record_id NOT IN (SELECT record_id FROM {_records(files)}))
            FROM read_parquet({[str(path) for path in files.endings]})"""
    )[0]
    assert ended == files.ending_rows
    assert 0.025 < ended / 60_000 < 0.035
    assert 0.2 < void / ended < 0.3
    assert orphans == 0


def test_each_item_has_what_it_states(files: ExtractFiles) -> None:
    rows = _rows(
        f"""SELECT item, count(*), max(amount), any_value(currency), count(effective_to), count(seriousness),
                   max(number_1), min(code_1), max(code_1), max(code_2), max(code_3), max(access)
            FROM {_records(files)} GROUP BY item ORDER BY item"""
    )
    first, second, third = rows
    assert first[0] == 11
    assert 35_000 < first[1] < 37_000
    assert first[2] <= 5_000_000
    assert first[3:] == ("CNY", first[1], first[1], None, None, None, None, None, 0)
    assert second[2:] == (None, None, 0, 0, 9, "a", "b", "x", None, 0)
    assert third[3:6] == ("USD", 0, third[1])
    assert third[11] == 1


def test_counts_per_subject_are_skewed(files: ExtractFiles) -> None:
    counts = [
        many
        for (many,) in _rows(f"SELECT count(*) FROM {_records(files)} GROUP BY subject_id ORDER BY 1 DESC")
    ]
    assert len(counts) <= 2_000
    assert counts[0] > 1_000
    assert counts[len(counts) // 2] < 20


def test_the_same_seed_gives_the_same_bytes(files: ExtractFiles, tmp_path: Path) -> None:
    again = generate_extract(tmp_path, organisations=5_000, records=60_000, seed=8, items=ITEMS, part=25_000)
    for one, other in zip(
        (*files.records, *files.endings, *files.subjects),
        (*again.records, *again.endings, *again.subjects),
        strict=True,
    ):
        assert one.read_bytes() == other.read_bytes()


def test_records_keep_their_order_in_a_part(files: ExtractFiles) -> None:
    rows = _rows(
        f"SELECT count(*) FROM read_parquet('{files.records[0]}', file_row_number = true) "
        "WHERE record_id <> file_row_number + 1"
    )
    assert rows == [(0,)]


def test_an_extract_needs_an_item(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs an item"):
        generate_extract(tmp_path, organisations=1, records=1, seed=1, items=())
