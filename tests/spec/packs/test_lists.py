"""What China's lists promise: each has a rulebook, nobody is taken for an entry, and data can come in."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.core.identifiers.usci import check_character
from goodstanding.intake import check_file
from goodstanding.rules import Record, Rulebook, Subject, load_rulebook
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.model import CANDIDATE, NONE, Because, Kind, Override

WHOLE_DAY = 10  # characters of a day; a year alone is no day that a rulebook could be held to
REFUSED = {"cn/culture-and-tourism", "cn/overloading", "cn/redlist-youth-volunteers"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


@pytest.fixture(scope="module")
def lists(pack: Pack) -> list[Rulebook]:
    return [one for one in map(load_rulebook, pack.rulebooks) if one.kind is Kind.LIST]


def test_every_list_has_a_rulebook_of_its_time_and_every_rulebook_a_list(
    pack: Pack, lists: list[Rulebook]
) -> None:
    known = {f"cn/{one.id}": one for one in pack.lists}
    assert set(known) == {one.of_list for one in lists}
    for rulebook in lists:
        assert rulebook.of_list is not None
        of_list = known[rulebook.of_list]
        assert rulebook.in_force_from >= of_list.valid_from, rulebook.path
        if of_list.valid_to is not None:
            assert rulebook.in_force_to is not None and rulebook.in_force_to <= of_list.valid_to


def test_a_list_leads_to_candidates_and_to_nothing_else(lists: list[Rulebook]) -> None:
    for rulebook in lists:
        assert set(rulebook.grades) == {CANDIDATE, NONE}


def test_a_list_whose_criteria_are_not_known_says_why_and_tells_of_nobody(
    pack: Pack, lists: list[Rulebook]
) -> None:
    items = {one.path: one for one in pack.items}
    without = [one for one in lists if one.without_criteria]
    assert len(without) >= 10
    for rulebook in without:
        assert rulebook.untranslatable, rulebook.path
        subject = Subject(1, rulebook.subject_kinds[0])
        found = assess(rulebook, items, subject, [], rulebook.in_force_from)
        assert (found.grade, set(found.possible)) == (None, {CANDIDATE, NONE})


def test_what_the_design_refuses_is_refused_by_its_list(lists: list[Rulebook]) -> None:
    for rulebook in lists:
        if rulebook.of_list in REFUSED:
            assert rulebook.without_criteria
            assert Because.REFUSED in {one.because for one in rulebook.untranslatable}


def test_of_social_organisations_only_filing_and_finance_count(pack: Pack, lists: list[Rulebook]) -> None:
    for rulebook in lists:
        if "social-organisations" not in rulebook.path:
            continue
        for _, select, _ in rulebook.selects():
            fields = {one.field: set(one.values) for one in select.codes}
            if select.item == "cn/charity.penalty":
                assert fields["about"] == {"filing", "finance"}
            if select.item == "cn/charity.finding" and fields["ground"] != {"registration_fraud"}:
                assert fields["about"] == {"filing", "finance"}


def test_an_ordinary_fine_of_600_yuan_is_no_criterion_of_any_list(pack: Pack, lists: list[Rulebook]) -> None:
    """MERICS 2021, 4.2: a fine of 600 yuan led to the same list as defaults of a billion."""
    items = {one.path: one for one in pack.items}
    day = date(2024, 5, 6)
    ordinary = sorted({path for _, path in pack.contract("cn/penalties").record.items})
    fines = [
        Record(number, path, decided_on=day, effective_from=day, amount=600_00, currency="CNY")
        for number, path in enumerate(ordinary, 1)
    ]
    asked = 0
    for rulebook in lists:
        begun = rulebook.in_force_from <= day
        over = rulebook.in_force_to is not None and rulebook.in_force_to <= day
        if not begun or over or "redlist" in rulebook.path:
            continue
        found = assess(rulebook, items, Subject(1, rulebook.subject_kinds[0]), fines, day)
        assert found.grade != CANDIDATE, rulebook.path
        asked += 1
    assert asked >= 15


def test_findings_come_in_by_file_with_their_grounds_and_numbers(pack: Pack, tmp_path: Path) -> None:
    contract = pack.contract("cn/findings")
    code = "91990000MA0000000"
    row = dict.fromkeys((one.name for one in contract.columns), "")
    row |= {
        "统一社会信用代码": code + check_character(code),
        "名称": "溟澹精密机械有限公司",
        "目录事项": "税务稽查处理处罚决定",
        "文书号": "溟税稽罚〔2024〕1号",
        "作出机关": "溟澹市税务局稽查局",
        "决定日期": "2024-03-05",
        "金额(元)": "1,000,000.00",
        "情形": "evasion",
        "占应纳税额比例(万分之一)": "1000",
    }
    file = tmp_path / "findings.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerow(row)
    items = {one.path: one for one in pack.items}
    con = duckdb.connect()
    batch = check_file(
        file,
        contract,
        items,
        work=tmp_path / "work",
        con=con,
        today=date(2024, 6, 1),
        currency=pack.currency,
        schemes=pack.own_schemes,
    )
    assert batch.counts.good == 1
    found = con.execute(f"SELECT item, amount, code_1, number_1 FROM {batch.table}").fetchall()
    assert found == [("cn/tax.determination", 100_000_000, "evasion", 1000)]


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / "tables" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_list_is_in_force_when_the_table_of_facts_says(lists: list[Rulebook], shared: Path) -> None:
    held = 0
    for number, row in enumerate(_rows(shared, "30_lists_national.csv"), 1):
        since, until = row["in_force_from"], row["in_force_to"][:WHOLE_DAY]
        for rulebook in (one for one in lists if f"30/{number}" in one.covers and len(since) == WHOLE_DAY):
            assert rulebook.in_force_from == date.fromisoformat(since), rulebook.path
            if until:
                assert rulebook.in_force_to == date.fromisoformat(until) + timedelta(days=1), rulebook.path
            held += 1
    assert held >= 18


def test_amounts_of_the_tax_list_are_those_of_the_table_of_facts(lists: list[Rulebook], shared: Path) -> None:
    """Order 54, article 6, as table 32 has it; the lower thresholds of before are in the same criteria."""
    (order,) = (one for one in lists if one.path == "cn/lists/tax-major" and one.in_force_to is None)
    for number, row in enumerate(_rows(shared, "32_tax_major_criteria.csv"), 1):
        carrying = [one for one in order.overrides if f"32/{number}" in one.covers]
        if row["amount_yuan"].isdigit():
            assert int(row["amount_yuan"]) * 100 in _lowest_amounts(order, carrying), number
        elif row["amount_yuan"] == "any":
            assert carrying and not _lowest_amounts(order, carrying), number


def _lowest_amounts(rulebook: Rulebook, carrying: list[Override]) -> set[int | None]:
    ids = {one.id for one in carrying}
    return {
        select.amount.range.low
        for owner, select, _ in rulebook.selects()
        if owner in ids and select.amount is not None
    }


def test_shares_inspected_are_those_of_the_table_of_facts(pack: Pack, shared: Path) -> None:
    rulebooks = {one.path: one for one in map(load_rulebook, pack.rulebooks) if one.kind is Kind.TIER}
    lindian = {one.grade: one for one in rulebooks["cn/tiers/agriculture-lindian"].tiers}
    rows = [one for one in _rows(shared, "72_inspection_ratios.csv") if one["scheme"].startswith("Lindian")]
    assert len(rows) == 4
    for row in rows:
        tier = lindian[row["class"]]
        assert (tier.lowest, tier.highest) == (
            int(row["ratio_min_pct"]) * 100,
            int(row["ratio_max_pct"]) * 100,
        )
    for path, rulebook in rulebooks.items():
        if path != "cn/tiers/agriculture-lindian" and path.startswith("cn/tiers/"):
            assert all(one.lowest is None and one.highest is None for one in rulebook.tiers), path
