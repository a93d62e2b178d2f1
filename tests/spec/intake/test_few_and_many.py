"""A small file is asked for personal numbers in another way than a large one: both find the same."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from goodstanding.intake import check as checking
from tests.spec.intake.faults import cpf_number, identity_number
from tests.spec.intake.penalties import check, good_rows, problems, row, text_file

PLAIN = row(1)
NUMBERS = (identity_number(), cpf_number(), cpf_number(dotted=False), f"见{identity_number()}号")
# Of each column: a person's number, as the whole cell and within a text, and what only looks like one.
ROWS = [
    PLAIN,
    *(
        {**row(2 + at * 10 + nth), name: number}
        for at, name in enumerate(PLAIN)
        for nth, number in enumerate((*NUMBERS, "13800138000", "123456789012345678"))
    ),
]


@pytest.mark.parametrize("buffer", [0, 1 << 20], ids=["many", "few"])
def test_a_persons_number_is_refused_in_whatever_column_and_however_many_rows_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    monkeypatch.setattr(checking, "_ONE_BUFFER", buffer)
    found = check(text_file(tmp_path / "numbers.csv", ROWS), duckdb.connect())
    refused = {one[0] for one in problems(found) if one[3] == "personal-number"}
    planted = {line for line, one in enumerate(ROWS, 2) if any(value in NUMBERS for value in one.values())}
    assert refused == planted
    kept = str(good_rows(found, "body")) + str(problems(found))
    assert not [one for one in NUMBERS if one in kept]
