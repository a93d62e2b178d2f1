"""Parquet files that are handed to `goodstanding evaluate`: what is wrong with them is said, and by its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.core.errors import Refusal
from goodstanding.rules import Record, Subject
from goodstanding.rules.parts import read_items
from goodstanding.rules.ties import Tie
from tests.spec.cli.test_rulebook_commands import RULEBOOK, told
from tests.unit.rules.parts import write

FINE = "cn/environment.fine"
OVER_A_MILLION = RULEBOOK.replace(
    "{item: environment.fine}", "{item: environment.fine, amount: {at_least: 1 CNY}}"
)
ON = ("--on", "2020-03-01")


def fined(number: int) -> Record:
    return Record(record_id=number, item=FINE, decided_on=date(2020, 1, 10), amount=100, currency="CNY")


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Three firms, of which the second was fined twice; the third is a branch of it."""
    firms = [Subject(one, "enterprise") for one in (1, 2, 3)]
    folder = tmp_path / "parts"
    write(folder, firms, [(2, fined(7)), (2, fined(8))], ties=[Tie(3, 2, "branch_of")])
    (folder / "tried.yaml").write_text(RULEBOOK, encoding="utf-8")
    (folder / "amounts.yaml").write_text(OVER_A_MILLION, encoding="utf-8")
    return folder


def change(path: Path, query: str) -> None:
    """Write the file again with the rows of a query about `t`."""
    table = pq.read_table(path)
    with duckdb.connect() as con:
        con.register("t", table)
        pq.write_table(con.sql(query).to_arrow_table(), path)


def replaced(column: str, to: str) -> str:
    return f"SELECT * REPLACE ({to} AS {column}) FROM t"


def refused(parts: Path, *more: str, book: str = "amounts") -> Refusal:
    out = str(parts / "out")
    failed = CliRunner().invoke(
        app, ["evaluate", str(parts / f"{book}.yaml"), "--extract", str(parts), "--out", out, *ON, *more]
    )
    assert isinstance(failed.exception, Refusal), failed.output
    assert failed.exception.where and failed.exception.why and failed.exception.remedy
    return failed.exception


TYPES = [
    ("records", "amount", "amount::VARCHAR"),
    ("records", "amount", "amount::DOUBLE"),
    ("records", "amount", "amount::DECIMAL(18,2)"),
    ("records", "decided_on", "decided_on::VARCHAR"),
    ("records", "decided_on", "decided_on::TIMESTAMP"),
    ("records", "number_1", "number_1::DOUBLE"),
    ("records", "record_id", "record_id::VARCHAR"),
    ("records", "code_1", "1"),
    ("subjects", "subject_id", "subject_id::VARCHAR"),
    ("subjects", "registered_on", "'2001-01-01'"),
    ("endings", "counts_until", "'2001-01-01'"),
    ("ties", "other_id", "other_id::DOUBLE"),
]


@pytest.mark.parametrize(("part", "column", "to"), TYPES)
def test_a_column_of_another_type_is_refused_and_never_cast(
    parts: Path, part: str, column: str, to: str
) -> None:
    change(parts / f"{part}.parquet", replaced(column, to))
    found = refused(parts)
    assert found.code == "GS-RULES-080"
    assert f"{part}.parquet, column {column}" in found.where


ROWS = [
    ("records", replaced("record_id", "7"), "GS-RULES-081", "record_id, row 2"),
    (
        "subjects",
        replaced("subject_id", "CASE subject_id WHEN 3 THEN 2 ELSE subject_id END"),
        "GS-RULES-081",
        "row 3",
    ),
    (
        "records",
        replaced("subject_id", "CASE record_id WHEN 8 THEN 9 ELSE 2 END"),
        "GS-RULES-082",
        "subject_id, row 2",
    ),
    ("ties", replaced("other_id", "9"), "GS-RULES-082", "other_id, row 1"),
    ("records", replaced("item", "'cn/environment.fines'"), "GS-RULES-083", "item, row 1, and 1 more rows"),
    ("subjects", replaced("kind", "'company'"), "GS-RULES-084", "kind, row 1, and 2 more rows"),
    ("records", replaced("item", "NULL::VARCHAR"), "GS-RULES-085", "item, row 1"),
    ("subjects", replaced("kind", "NULL::VARCHAR"), "GS-RULES-085", "kind, row 1"),
    ("records", replaced("seriousness", "4::TINYINT"), "GS-RULES-085", "seriousness, row 1"),
    ("records", replaced("access", "(record_id - 5)::TINYINT"), "GS-RULES-085", "access, row 2"),
    (
        "endings",
        "SELECT 7::BIGINT AS record_id, NULL::DATE AS counts_until",
        "GS-RULES-085",
        "counts_until, row 1",
    ),
    ("records", "SELECT * EXCLUDE item FROM t", "GS-RULES-027", "records.parquet"),
    ("records", "SELECT * EXCLUDE decided_on FROM t", "GS-RULES-027", "records.parquet"),
    ("records", "SELECT * EXCLUDE currency FROM t", "GS-RULES-027", "records.parquet"),
    ("subjects", "SELECT * EXCLUDE registered_on FROM t", "GS-RULES-027", "subjects.parquet"),
    ("ties", "SELECT * EXCLUDE from_on FROM t", "GS-RULES-027", "ties.parquet"),
]


@pytest.mark.parametrize(("part", "query", "code", "where"), ROWS)
def test_a_wrong_row_is_refused_by_file_column_and_row(
    parts: Path, part: str, query: str, code: str, where: str
) -> None:
    change(parts / f"{part}.parquet", query)
    found = refused(parts)
    assert found.code == code, found
    assert f"{part}.parquet" in found.where and where in found.where, found


def test_a_misspelt_item_is_answered_with_the_nearest(parts: Path) -> None:
    change(parts / "records.parquet", replaced("item", "'cn/environment.fines'"))
    assert refused(parts).remedy.startswith(f"Did you mean {FINE}")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def csv(path: Path) -> None:
    path.write_text("record_id,subject_id,item\n1,1,a\n", encoding="utf-8")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def parts_that_differ(path: Path) -> None:
    pq.write_table(pq.read_table(path).drop(["number_4"]), path.with_name("records2.parquet"))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (nothing, "0 bytes"),
        (folder, "it is a folder"),
        (csv, "no whole Parquet file"),
        (cut_off, "no whole Parquet file"),
        (parts_that_differ, "one table"),
    ],
)
def test_what_is_no_parquet_file_is_refused(parts: Path, spoil: Callable[[Path], None], why: str) -> None:
    spoil(parts / "records.parquet")
    found = refused(parts)
    assert found.code == "GS-RULES-027" and why in found.why and "records.parquet" in found.where


def test_files_named_one_by_one_are_checked_alike(parts: Path, tmp_path: Path) -> None:
    words = ["evaluate", str(parts / "tried.yaml"), "--out", str(tmp_path / "o"), *ON]
    failed = CliRunner().invoke(app, [*words, "--records", str(tmp_path / "none.parquet")])
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-RULES-027"
    both = CliRunner().invoke(
        app, [*words, "--extract", str(parts), "--records", str(parts / "records.parquet")]
    )
    assert isinstance(both.exception, Refusal) and both.exception.code == "GS-CLI-021"


def test_a_column_that_the_rulebook_does_not_look_at_may_be_missing(parts: Path, tmp_path: Path) -> None:
    change(parts / "records.parquet", "SELECT record_id, subject_id, item, decided_on FROM t")
    found = told(
        "evaluate", str(parts / "tried.yaml"), "--extract", str(parts), "--out", str(tmp_path / "o"), *ON
    )
    assert found["grades"] == {"A": 2, "B": 1}


def test_without_subjects_nobody_is_unknown(parts: Path, tmp_path: Path) -> None:
    (parts / "subjects.parquet").unlink()
    found = told(
        "evaluate", str(parts / "tried.yaml"), "--extract", str(parts), "--out", str(tmp_path / "o"), *ON
    )
    assert found["grades"] == {"B": 1}


def numbered(parts: Path, number: int = 12) -> None:
    change(parts / "records.parquet", replaced("item", f"{number}::INTEGER"))


def items(path: Path, rows: Sequence[tuple[str | None, int]]) -> Path:
    pq.write_table(
        pa.table(
            {"item": [one for one, _ in rows], "number": pa.array([one for _, one in rows], pa.int32())}
        ),
        path,
    )
    return path


def test_numbered_items_have_their_names_in_a_file_beside_the_parts(parts: Path, tmp_path: Path) -> None:
    numbered(parts)
    assert "items.parquet" in refused(parts).remedy
    elsewhere = items(tmp_path / "names.parquet", [(FINE, 12)])
    words = ["evaluate", str(parts / "tried.yaml"), "--out", str(tmp_path / "o"), *ON]
    by_name = ["--records", str(parts / "records.parquet"), "--subjects", str(parts / "subjects.parquet")]
    assert told(*words, *by_name, "--items", str(elsewhere))["grades"] == {"A": 2, "B": 1}
    items(parts / "items.parquet", [(FINE, 12), ("cn/environment.warning", 13)])
    assert told(*words, *by_name)["grades"] == {"A": 2, "B": 1}
    assert told(*words, "--extract", str(parts))["grades"] == {"A": 2, "B": 1}


def test_a_number_without_a_name_is_an_unknown_item(parts: Path) -> None:
    numbered(parts, 99)
    items(parts / "items.parquet", [(FINE, 12)])
    found = refused(parts)
    assert found.code == "GS-RULES-083" and "99" in found.what


@pytest.mark.parametrize(
    "rows", [[(FINE, 1), (FINE, 2)], [(FINE, 1), ("cn/environment.warning", 1)], [(None, 1)]]
)
def test_a_number_means_one_item(tmp_path: Path, rows: list[tuple[str | None, int]]) -> None:
    with pytest.raises(Refusal) as refused:
        read_items(items(tmp_path / "items.parquet", rows))
    assert refused.value.code in ("GS-RULES-081", "GS-RULES-085", "GS-RULES-080")


def test_merged_organisations_are_read_as_one(parts: Path, tmp_path: Path) -> None:
    pairs = pa.table({"from_subject_id": pa.array([2]), "into_subject_id": pa.array([1])})
    pq.write_table(pairs, parts / "merges.parquet")
    found = told(
        "evaluate", str(parts / "tried.yaml"), "--extract", str(parts), "--out", str(tmp_path / "o"), *ON
    )
    assert found["grades"] == {"A": 1, "B": 1}, "the second firm is read as the first, which was fined"


def test_run_json_explains_every_code_of_the_result(parts: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    told("evaluate", str(parts / "tried.yaml"), "--extract", str(parts), "--out", str(out), *ON)
    key = json.loads((out / "run.json").read_text(encoding="utf-8"))
    codes: dict[str, Any] = key["codes"]
    lines = pq.read_table(out / "lines.parquet").to_pylist()
    assert {codes["rule"][str(one["rule"])]["id"] for one in lines} == {"fine"}
    assert codes["rule"][str(lines[0]["rule"])]["title"] == {"en": "Fine", "zh": "罚款"}
    assert {codes["status"][str(one["status"])] for one in lines} == {"met"}
    assert {codes["access"][str(one["access"])] for one in lines} == {"public"}
    for one in pq.read_table(out / "assessments.parquet").to_pylist():
        grades = [each["grade"] for each in codes["possible"] if one["possible"] >> each["bit"] & 1]
        assert grades == [one["grade"]]
    assert key["files"].keys() >= {"records.parquet", "subjects.parquet", "ties.parquet"}
    assert len(key["files"]["records.parquet"]) == 64 and len(key["applied"]["digest"]) == 64
    assert datetime.fromisoformat(key["on"]).date() == date(2020, 3, 1)


def test_a_refused_run_leaves_no_key_beside_another_runs_files(parts: Path) -> None:
    out = parts / "out"
    told("evaluate", str(parts / "tried.yaml"), "--extract", str(parts), "--out", str(out), *ON)
    numbered(parts)
    refused(parts)
    assert not (out / "run.json").exists()


def test_comparing_over_files_checks_them_too(parts: Path) -> None:
    change(parts / "records.parquet", replaced("record_id", "7"))
    book = str(parts / "tried.yaml")
    failed = CliRunner().invoke(app, ["rulebook", "diff", book, book, "--extract", str(parts), *ON])
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-RULES-081"
