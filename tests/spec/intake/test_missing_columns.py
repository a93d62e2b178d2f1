"""A file may lack any column that no row needs: its cells count as empty, and nothing breaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.core.errors import Refusal
from goodstanding.intake import check_file

CONTRACTS = ("cn/penalties", "br/cepim", "uk-food/establishments", "us-nyc/graded-inspections")


@pytest.mark.parametrize("path_of", CONTRACTS)
def test_each_optional_column_may_be_missing(path_of: str, tmp_path: Path) -> None:
    pack = load_pack(path_of.split("/")[0])
    contract = pack.contract(path_of)
    names = [one.name for one in contract.columns]
    left_out = 0
    for missing in names:
        kept = [one for one in names if one != missing]
        path = tmp_path / "less.csv"
        path.write_text(
            "\n".join([contract.delimiter.join(kept), contract.delimiter.join("7" for _ in kept), ""])
        )
        try:
            batch = check_file(
                path,
                contract,
                {one.path: one for one in pack.items},
                work=tmp_path / "work",
                con=duckdb.connect(),
                today=date(2026, 3, 31),
                currency=pack.currency,
                schemes=pack.own_schemes,
            )
        except Refusal as refusal:
            assert refusal.code == "GS-INTAKE-011", "only an indispensable column stops a file"
            continue
        left_out += 1
        assert batch.counts.rows_read == 1
        assert batch.counts.agree()
    assert left_out
