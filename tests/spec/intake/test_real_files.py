"""The real files that lie beside the project: every row is accounted for, and no person's number is echoed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.intake import CheckedBatch, check_file, workspace, write_problem_file

TODAY = date(2026, 3, 31)
BRAZIL = {"ceis": "ceis_2018-03.csv", "cnep": "cnep_2023-09.csv", "cepim": "cepim_2023-09.csv"}


@contextmanager
def _checked(pack_name: str, source: str, path: Path, home: Path) -> Iterator[CheckedBatch]:
    pack = load_pack(pack_name)
    with workspace(home / "rooms") as room:
        batch = check_file(
            path,
            pack.contract(f"{pack_name}/{source}"),
            {one.path: one for one in pack.items},
            work=room.work,
            con=room.con,
            today=TODAY,
            currency=pack.currency,
            schemes=pack.own_schemes,
        )
        assert batch.counts.agree()
        yield batch


def _one(batch: CheckedBatch, query: str) -> int:
    found = batch.con.execute(query).fetchone()
    assert found is not None
    return int(found[0])


def test_new_york(shared: Path, tmp_path: Path) -> None:
    path = shared / "data/us-nyc/nyc_graded_inspections_2010_2015.csv"
    with _checked("us-nyc", "graded-inspections", path, tmp_path) as batch:
        assert batch.counts.rows_read == 94_195
        assert batch.path_taken == "fast"
        minus_one = batch.con.execute(
            f"SELECT count(*) FROM {batch.problems} WHERE rule = 'number-range' AND column_name = 'score'"
        ).fetchone()
        assert minus_one is not None and 11 <= minus_one[0] <= 13
        alone = _one(batch, f"SELECT count(*) FROM {batch.table} WHERE subject_only")
        assert 700 <= alone <= 738
        # the number of each row is the line of the file, whatever DuckDB's threads did
        with path.open(newline="") as file:
            lines = {number: cells[0] for number, cells in enumerate(csv.reader(file), 1)}
        rows = batch.con.execute(f"SELECT row, identifier FROM {batch.table}").fetchall()
        assert all(lines[number] == identifier for number, identifier in rows)


def test_united_kingdom(shared: Path, tmp_path: Path) -> None:
    path = shared / "data/uk-fhrs/fhrs_london_2021-08.csv.gz"
    with _checked("uk-food", "establishments", path, tmp_path) as batch:
        assert batch.counts.rows_read == 71_659
        refused = dict(batch.refused_by_clause)
        assert refused["home"] >= 9_858 - refused["natural-person"]
        names = batch.con.execute(f"SELECT name FROM {batch.table}").fetchall()
        assert not [
            name for (name,) in names if re.match(r"(?i)(mr|mrs)[. ]", name) and "ltd" not in name.lower()
        ]
        placeholder = _one(
            batch, f"SELECT count(*) FROM {batch.table} WHERE subject_only AND decided_on IS NULL"
        )
        assert placeholder > 8_000


def test_brazil(shared: Path, tmp_path: Path) -> None:
    read = refused_suppressed = 0
    for source, name in BRAZIL.items():
        path = shared / "data/br" / name
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        column = "nome" if source == "ceis" else "nomeSancionado"
        suppressed = {n for n, one in enumerate(rows, 2) if "NOME SUPRIMIDO" in one[column].upper()}
        with _checked("br", source, path, tmp_path) as batch:
            assert batch.counts.rows_read == len(rows)
            read += len(rows)
            refused = batch.con.execute(
                f"SELECT DISTINCT row FROM {batch.problems} WHERE outcome = 'refused'"
            ).fetchall()
            assert suppressed <= {number for (number,) in refused}
            refused_suppressed += len(suppressed)
            report = tmp_path / f"{source}.problems.csv"
            write_problem_file(batch, report)
            secrets = {part for n in suppressed for part in re.findall(r"[\d.\-]{11,}", rows[n - 2][column])}
            tables = str(
                [
                    batch.con.execute(f"SELECT * FROM {one}").fetchall()
                    for one in (batch.table, batch.problems)
                ]
            )
        for left in (one for one in tmp_path.rglob("*") if one.is_file()):
            text = left.read_text()
            assert not [one for one in secrets if one in text], f"{left.name} echoes a person's number"
        assert not [one for one in secrets if one in tables]
    assert read == 6_805 + 781 + 4_032
    assert refused_suppressed == 102


def test_brazils_invalid_numbers_are_reported_with_their_line(shared: Path, tmp_path: Path) -> None:
    path = shared / "data/br" / BRAZIL["ceis"]
    lines = path.read_text().splitlines()
    with _checked("br", "ceis", path, tmp_path) as batch:
        found = batch.con.execute(
            f"SELECT row, value_shown FROM {batch.problems} WHERE rule = 'identifier-check'"
        ).fetchall()
        refused = batch.con.execute(f"SELECT row FROM {batch.problems} WHERE outcome = 'refused'").fetchall()
    assert 1 <= len(found) <= 3, "three in the file; those of a sole trader are refused instead"
    assert all(lines[row - 1].startswith(value) for row, value in found)
    assert not {row for row, _ in found} & {row for (row,) in refused}


@pytest.mark.parametrize("source", sorted(BRAZIL))
def test_the_same_file_gives_the_same_keys_and_bodies(shared: Path, tmp_path: Path, source: str) -> None:
    path = shared / "data/br" / BRAZIL[source]
    seen = []
    for _ in range(2):
        with _checked("br", source, path, tmp_path) as batch:
            rows = batch.con.execute(
                f"SELECT row, source_key, body FROM {batch.table} ORDER BY row"
            ).fetchall()
            assert len({key for _row, key, _body in rows}) == len(rows)
            seen.append((batch.file_digest, rows))
    assert seen[0] == seen[1]
