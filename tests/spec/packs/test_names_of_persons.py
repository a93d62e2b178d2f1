"""China's contracts leave out natural persons and their trades, though the row carries an enterprise's code.

What a source writes under the name or the class of the party is looked at as well as the code; names are
invented. An organisation's name, short ones among them, stays admitted.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.loading import Catalogue, load_packs
from goodstanding.core.identifiers.usci import check_character
from goodstanding.intake import check_file

ORGANISATION = "法人及非法人组织"
PERSONS = (
    "欧阳建国",
    "欧 阳 建 国",
    "欧阳建",
    "司马相",
    "上官小婉",
    "诸葛亮亮",
    "张三",
    "张 三",
    "张　三",
    "张三丰",
    "王李小明",
    "张三先生",
    "李四女士",
    "张三（个体工商户）",
    "张三(个体户)",
    "某县王五面馆（经营者王五）",
    "李某",
    "李某某",
    "李*明",
    "王××",
    "张三等3人",
    "张三等三人",
    "买买提·吐尔逊",
)
ORGANISATIONS = (
    "溟澹精密机械有限公司",
    "王麻子剪刀厂",
    "张江高科技园",
    "欧阳饭店",
    "白云区小学",
    "金山合作社",
    "高新区管理局",
    "华山医院",
    "江北站",
    "同仁堂药店",
    "溟澹集团",
    "安平县农业局",
    "某市个体劳动者协会",
    "张三先生食品有限公司",
    "溟澹合伙企业（有限合伙）",
    "溟澹（北 京）科技有限公司",
)
CLASSES_OF_PERSONS = ("自然人", "个体工商户", "个体户", "个体工商户（经营者张三）", "个人", "公民")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_packs(("cn",))


def _refused(
    catalogue: Catalogue, path: str, parties: list[tuple[str, str]], folder: Path
) -> tuple[set[int], int]:
    """The rows (from 0) that are refused of a file of these names and classes, and how many are good."""
    pack, contract = catalogue.pack("cn"), catalogue.contract(path)
    item = next(name for name, _ in contract.record.items)
    file = folder / f"{contract.path.partition('/')[2]}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [one.name for one in contract.columns], restval="")
        writer.writeheader()
        for number, (name, kind) in enumerate(parties):
            body = f"91990100MA{number:07d}"
            filled = {one.name: "某事" for one in contract.columns if one.required and one.type == "text"}
            dates = {one.name: "2025/03/01" for one in contract.columns if one.type == "date"}
            row = filled | dates | {"行政相对人类别": kind, "目录事项": item, "处罚类别": "罚款"}
            row |= {"许可类别": "普通", "当前状态": "1", contract.subject.name: name}
            row |= {contract.subject.identifier: body + check_character(body)}
            row |= {contract.instrument.number: f"某罚〔2025〕{number}号"}
            known = {one.name for one in contract.columns if not one.ignored}
            writer.writerow({key: value for key, value in row.items() if key in known})
    con = duckdb.connect()
    batch = check_file(
        file,
        contract,
        {one.path: one for one in pack.items},
        work=folder / "work",
        con=con,
        today=date(2026, 1, 1),
        currency=pack.currency,
    )
    rows = con.execute(
        f"SELECT DISTINCT row FROM {batch.problems} WHERE outcome = 'refused' ORDER BY row"
    ).fetchall()
    first = 2  # the header is the first line
    return {int(row) - first for (row,) in rows}, batch.counts.good


@pytest.mark.parametrize("path", ["cn/penalties", "cn/permits"])
def test_a_name_of_a_person_is_refused_whatever_the_code(
    path: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    refused, good = _refused(catalogue, path, [(name, ORGANISATION) for name in PERSONS], tmp_path)

    assert [name for number, name in enumerate(PERSONS) if number not in refused] == []
    assert good == 0


@pytest.mark.parametrize("path", ["cn/penalties", "cn/permits"])
def test_a_name_of_an_organisation_is_admitted(path: str, catalogue: Catalogue, tmp_path: Path) -> None:
    refused, good = _refused(catalogue, path, [(name, ORGANISATION) for name in ORGANISATIONS], tmp_path)

    assert [ORGANISATIONS[number] for number in sorted(refused)] == []
    assert good == len(ORGANISATIONS)


@pytest.mark.parametrize("path", ["cn/penalties", "cn/permits"])
def test_a_class_of_persons_is_refused_and_an_unknown_class_is_no_good_row(
    path: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    classes = (*CLASSES_OF_PERSONS, "其他", ORGANISATION)
    refused, good = _refused(catalogue, path, [("溟澹有限公司", one) for one in classes], tmp_path)

    assert refused == set(range(len(CLASSES_OF_PERSONS)))
    assert good == 1


def test_every_contract_that_takes_a_name_looks_at_it(catalogue: Catalogue) -> None:
    rules = {"trade-in-name", "courtesy-title", "name-of-a-person"}
    named = [one for one in catalogue.contracts if one.subject.name]

    assert len(named) >= 10
    for contract in named:
        looked = {one.id for one in contract.refuse if one.column == contract.subject.name}
        assert rules <= looked, contract.path
