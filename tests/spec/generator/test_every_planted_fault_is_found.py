"""Intake is held to the ground truth of a generated province: what is planted is found, nothing else is."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.generator import Province, SentFile, generate_province
from goodstanding.generator.deliveries import DELIVERIES
from goodstanding.generator.faults import Kind
from goodstanding.intake import Counts, Outcome, check_file, workspace

TODAY = date(2026, 6, 1)

# What becomes of a row with the fault: the outcome, and the rules of which at least one must be named.
# None: the row is good, or a repetition, and nothing is to be said about it.
EXPECTED: dict[Kind, tuple[Outcome, set[str]] | None] = {
    Kind.SHIFTED: (Outcome.REPORTED, {"required"}),
    Kind.FULL_WIDTH: None,
    Kind.THOUSANDS: None,
    Kind.UNIT: (Outcome.REPORTED, {"number-format"}),
    Kind.MISSING: (Outcome.REPORTED, {"required"}),
    Kind.CHECK: (Outcome.REPORTED, {"identifier-check"}),
    Kind.PLACEHOLDER: (Outcome.REPORTED, {"date-placeholder"}),
    Kind.IMPOSSIBLE: (Outcome.REPORTED, {"date-invalid"}),
    Kind.UNKNOWN: (Outcome.REPORTED, {"item-unknown", "kind-unknown", "role-unknown", "tie-unknown"}),
    Kind.LOST: (Outcome.NOTE, {"replacement-character"}),
    Kind.REPEATED: None,
    Kind.CONFLICT: (Outcome.REPORTED, {"conflicting-key"}),
    Kind.TRADER: (
        Outcome.REFUSED,
        {"individual-business", "other-individual-business", "subject-not-admitted"},
    ),
    Kind.PERSON: (Outcome.REFUSED, {"personal-number"}),
}


@dataclass(frozen=True)
class Checked:
    """What intake said of a file: sums, and by data row (from 1) the outcomes with their rules."""

    counts: Counts
    encoding: str
    findings: dict[int, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    folder = tmp_path_factory.mktemp("province")
    return generate_province(folder, organisations=6_000, records=60_000, seed=17, today=TODAY)


@pytest.fixture(scope="module")
def checked(province: Province, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    rooms = tmp_path_factory.mktemp("rooms")
    return {file.name: _check(province, file, rooms) for file in province.files}


@cache
def _pack() -> Pack:
    return load_pack("cn")


def _check(province: Province, file: SentFile, rooms: Path) -> Checked:
    pack = _pack()
    items = {item.path: item for item in pack.items}
    with workspace(rooms) as room:
        batch = check_file(
            province.folder / file.name,
            pack.contract(file.contract),
            items,
            work=room.work,
            con=room.con,
            today=TODAY,
            currency=pack.currency,
            schemes=pack.own_schemes,
        )
        header = 1 if batch.format in ("csv", "xlsx") else 0
        findings: dict[int, set[tuple[str, str]]] = defaultdict(set)
        rows = room.con.execute(f"SELECT row, outcome, rule FROM {batch.problems}").fetchall()
        for row, outcome, rule in rows:
            findings[row - header].add((outcome, rule))
        return Checked(batch.counts, batch.encoding, dict(findings))


def _planted(province: Province) -> Iterator[tuple[str, int, Kind]]:
    with (province.folder / "planted.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["file"], int(row["row"]), Kind(row["kind"])


def test_every_kind_of_fault_is_there(province: Province) -> None:
    assert {kind for _, _, kind in _planted(province)} == set(Kind) == set(EXPECTED)


def test_each_planted_fault_is_found_at_its_row(province: Province, checked: dict[str, Checked]) -> None:
    for name, row, kind in _planted(province):
        found = checked[name].findings.get(row, set())
        expected = EXPECTED[kind]
        if expected is None:
            assert not found, (name, row, kind, found)
        else:
            outcome, rules = expected
            assert found & {(outcome.value, rule) for rule in rules}, (name, row, kind, found)


def test_nothing_is_found_that_was_not_planted(province: Province, checked: dict[str, Checked]) -> None:
    planted = {(name, row) for name, row, _ in _planted(province)}
    found = {(name, row) for name, one in checked.items() for row in one.findings}
    assert found <= planted


@pytest.mark.parametrize("name", [f"{one.name}.{one.form}" for one in DELIVERIES])
def test_the_sums_of_a_file_are_those_of_its_faults(
    name: str, province: Province, checked: dict[str, Checked]
) -> None:
    file = next(one for one in province.files if one.name == name)
    counts = checked[name].counts

    def planted(outcome: Outcome) -> int:
        kinds = [kind for kind, expected in EXPECTED.items() if expected and expected[0] is outcome]
        return sum(file.faults.get(kind, 0) for kind in kinds)

    assert counts.agree()
    assert counts.rows_read == file.rows
    assert counts.refused == planted(Outcome.REFUSED)
    assert counts.reported == planted(Outcome.REPORTED)
    assert counts.repeated == file.faults.get(Kind.REPEATED, 0)


def test_the_file_in_gb_18030_is_read_as_such(province: Province, checked: dict[str, Checked]) -> None:
    for file in province.files:
        if file.encoding == "gb18030":
            assert checked[file.name].encoding == "gb18030"


def test_a_clean_province_has_no_problem_at_all(tmp_path: Path) -> None:
    made = generate_province(
        tmp_path / "p", organisations=500, records=5_000, seed=17, today=TODAY, faults=False
    )
    for file in made.files:
        result = _check(made, file, tmp_path / "rooms")
        assert result.findings == {}
        assert result.counts.good == file.rows
