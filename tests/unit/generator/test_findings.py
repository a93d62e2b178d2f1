"""Even a small province has every case of a finding, and chains on both sides of five penalised outlets."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.generator import generate_province
from goodstanding.generator.determined import CASES

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("province")
    generate_province(made, organisations=2_000, records=16_000, seed=3, today=TODAY, faults=False)
    return made


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["findings", "grading-inputs"])
def test_every_item_is_found_on_every_ground(folder: Path, name: str) -> None:
    contract = load_pack("cn").contract(f"cn/{name}")
    texts = {path: text for text, path in contract.record.items}
    cases = CASES[contract.path]
    assert {one.item for one in cases} == set(texts)
    found = {(row["目录事项"], row["情形"]) for row in _rows(folder, name)}
    wanted = {(texts[one.item], one.cells["情形"][0]) for one in cases if len(one.cells.get("情形", ())) == 1}
    assert wanted <= found


def test_amounts_lie_at_the_threshold_of_the_law_next_to_it_and_are_left_out(folder: Path) -> None:
    about = ("税务稽查处理处罚决定", "other")
    rows = [row for row in _rows(folder, "findings") if (row["目录事项"], row["情形"]) == about]
    amounts = {row["金额(元)"] for row in rows}
    assert {"999999.99", "1000000.00", "1000000.01", ""} <= amounts


def test_of_each_chain_four_five_or_six_outlets_are_penalised_within_a_year(folder: Path) -> None:
    ties = [row for row in _rows(folder, "ties") if row["关系类型"] in ("分支机构", "子公司")]
    head = {row["统一社会信用代码"]: row["关联方统一社会信用代码"] for row in ties}
    outlets: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder, "penalties-outlets"):
        outlets[head[row["统一社会信用代码"]]].add(row["统一社会信用代码"])
        decided = date.fromisoformat(row["处罚决定日期"].replace("/", "-"))
        assert 0 < (TODAY - decided).days <= 301
    assert {len(one) for one in outlets.values()} == {4, 5, 6}


def test_a_finding_is_never_older_than_the_organisation(folder: Path) -> None:
    born = {row["统一社会信用代码"]: row["成立日期"] for row in _rows(folder, "registration")}
    for row in _rows(folder, "findings"):
        assert row["决定日期"].replace("/", "-") >= born[row["统一社会信用代码"]].replace("/", "-")
