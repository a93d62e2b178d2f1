"""The clean file for measuring has no fault, keys of its own, and organisations that the register has."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.generator import flat, generate_flat
from goodstanding.generator.deliveries import DELIVERIES, Spread

FINDINGS = sorted({one.contract for one in DELIVERIES if one.spread is Spread.SKEWED})


@pytest.mark.parametrize("contract", FINDINGS)
def test_a_clean_file_of_any_contract_of_findings(contract: str, tmp_path: Path) -> None:
    made = generate_flat(tmp_path, records=500, organisations=200, seed=1, contract=contract)
    stated = load_pack("cn").contract(contract)
    with made.register.open(encoding="utf-8", newline="") as file:
        known = {row["统一社会信用代码"] for row in csv.DictReader(file)}
    with made.records.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(known) == 200 == made.register_rows
    assert len(rows) == 500 == made.record_rows
    assert list(rows[0]) == [column.name for column in stated.columns]
    assert {row[stated.subject.identifier] for row in rows} <= known
    assert len({tuple(row[name] for name in stated.key) for row in rows}) == 500


def test_chunks_make_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = generate_flat(tmp_path / "a", records=1_000, organisations=100, seed=1)
    monkeypatch.setattr(flat, "CHUNK", 300)
    parts = generate_flat(tmp_path / "b", records=1_000, organisations=100, seed=1)
    assert whole.records.read_bytes() == parts.records.read_bytes()
    assert not list((tmp_path / "b").glob("*.part"))


def test_a_contract_that_nobody_sends_findings_under_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cn/registration"):
        generate_flat(tmp_path, records=1, organisations=1, seed=1, contract="cn/registration")
