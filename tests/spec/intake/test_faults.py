"""A file of two hundred faults: each is reported with row, column, value, rule and remedy; good rows load."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from goodstanding.intake import CheckedBatch, workspace, write_problem_file
from tests.spec.intake.faults import NOTE, REFUSED, REPORTED, SECRETS, Fault, every
from tests.spec.intake.penalties import check, good_rows, header, line, problems, row

FAULTS = every()
FIRST = 1000
"""Number of the first faulty row's decision; a good row stands between each two."""


def _file(path: Path) -> Path:
    lines = [header().encode()]
    for place, fault in enumerate(FAULTS):
        lines.append(fault.written(FIRST + place))
        lines.append(line(row(FIRST + len(FAULTS) + place).values()).encode())
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def _row_of(fault: Fault) -> int:
    return 2 + 2 * FAULTS.index(fault)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> CheckedBatch:
    folder = tmp_path_factory.mktemp("faults")
    return check(_file(folder / "faults.csv"), duckdb.connect())


def test_there_are_two_hundred() -> None:
    assert len(FAULTS) >= 200


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{place}-{one.rule}" for place, one in enumerate(FAULTS)])
def test_each_fault_is_told(checked: CheckedBatch, fault: Fault) -> None:
    found = [one for one in problems(checked) if one[0] == _row_of(fault)]
    told = [one for one in found if one[3] == fault.rule and one[6] == fault.outcome]
    assert told, f"{fault.name}: expected {fault.rule}, found {found}"
    _row, column, value, _rule, clause, remedy, _outcome = told[0]
    assert (column or "") == fault.column
    assert remedy.endswith(".") and len(remedy) > 20
    assert (clause is not None) == (fault.outcome == REFUSED)
    if fault.hidden or fault.outcome == REFUSED:
        assert value is None
    elif fault.column and fault.value:
        assert value == fault.value[:200]
    if fault.outcome == REFUSED:
        assert len(found) == 1, "a refused row is told by one rule and nothing else"


def test_each_faulty_row_is_told_of_nothing_else(checked: CheckedBatch) -> None:
    for fault in FAULTS:
        rules = {one[3] for one in problems(checked) if one[0] == _row_of(fault)}
        allowed = {fault.rule}
        if fault.column == "文号" and not fault.value:
            allowed |= {"key-missing", "instrument-missing"}
        assert rules == allowed, fault.name


def test_the_good_rows_load(checked: CheckedBatch) -> None:
    noted = sum(one.outcome == NOTE for one in FAULTS)
    assert checked.counts.rows_read == 2 * len(FAULTS)
    assert checked.counts.good == len(FAULTS) + noted
    assert checked.counts.refused == sum(one.outcome == REFUSED for one in FAULTS)
    assert checked.counts.reported == sum(one.outcome == REPORTED for one in FAULTS)
    loaded = {number for (number,) in good_rows(checked, "row")}
    assert loaded >= {3 + 2 * place for place in range(len(FAULTS))}
    assert not loaded & {_row_of(one) for one in FAULTS if one.outcome != NOTE}


def test_the_problem_file_can_be_corrected_and_holds_no_secret(checked: CheckedBatch, tmp_path: Path) -> None:
    target = tmp_path / "problems.csv"
    written = write_problem_file(checked, target)
    assert written == checked.counts.refused + checked.counts.reported
    text = target.read_text()
    for secret in SECRETS:
        assert secret not in text
    assert "2025-02-30" in text, "a bad row stands with its cells, to be corrected"
    assert oct(target.stat().st_mode & 0o777) == "0o600"
    found = check(target, duckdb.connect())
    assert found.counts.good == 0, "sent back as it is, nothing of it loads"


def test_nothing_that_is_refused_is_left_on_disk(tmp_path: Path) -> None:
    source = _file(tmp_path / "faults.csv")
    with workspace(tmp_path / "rooms") as room:
        batch = check(source, room.con)
        write_problem_file(batch, tmp_path / "problems.csv")
    source.unlink()
    left = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert left == [tmp_path / "problems.csv"]
    for secret in SECRETS:
        assert secret.encode() not in left[0].read_bytes()


def test_no_table_that_is_handed_on_holds_what_is_refused(checked: CheckedBatch) -> None:
    for table in (checked.table, checked.problems, checked.rejected):
        text = str(checked.con.execute(f"SELECT * FROM {table}").fetchall())
        for secret in SECRETS:
            assert secret not in text
