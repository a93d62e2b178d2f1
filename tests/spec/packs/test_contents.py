"""What the packs that come with Goodstanding promise: laws, ends, categories, and who is left out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodstanding.catalogue.domains import DOMAINS
from goodstanding.catalogue.loading import Catalogue, load_packs
from goodstanding.catalogue.model import Target
from goodstanding.core.identifiers.registry import SCHEMES

ALL = ("br", "cn", "uk-food", "us-nyc")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_packs(ALL)


def test_all_four_load(catalogue: Catalogue) -> None:
    assert tuple(one.name for one in catalogue.packs) == ALL


def test_every_category_of_public_credit_information_has_an_item(catalogue: Catalogue) -> None:
    national = catalogue.pack("cn")

    assert [one.number for one in national.categories] == list(range(1, 20))
    assert {one.category for one in national.items} == set(range(1, 20))


def test_every_domain_has_an_item(catalogue: Catalogue) -> None:
    assert {one.domain for one in catalogue.pack("cn").items} == set(DOMAINS)


def test_only_the_lists_that_grow_are_new_with_the_system(catalogue: Catalogue) -> None:
    new = [one.number for one in catalogue.pack("cn").categories if not one.existed_before]

    assert new == [17, 18]


def test_every_item_has_a_law_and_an_end(catalogue: Catalogue) -> None:
    for item in catalogue.items:
        assert item.basis, item.path
        assert 0 < item.retention.months <= 360, item.path


def test_every_scheme_is_known_to_the_core_or_stated_by_the_pack(catalogue: Catalogue) -> None:
    for pack in catalogue.packs:
        own = {one.name for one in pack.own_schemes}
        assert set(pack.schemes) <= own | set(SCHEMES), pack.name


def test_files_bring_reported_listings_and_never_our_own(catalogue: Catalogue) -> None:
    brought = {path for one in catalogue.contracts for _, path in one.record.items}
    brought |= {one.record.item for one in catalogue.contracts if one.record.item}

    assert {one.path for one in catalogue.items if one.listing and not one.own} <= brought
    assert not {one.path for one in catalogue.items if one.own} & brought


def test_brazils_registers_are_reported_listings(catalogue: Catalogue) -> None:
    items = catalogue.pack("br").items

    assert [one.path for one in items] == ["br/sanctions.ceis", "br/sanctions.cnep", "br/sanctions.cepim"]
    assert all(one.listing and not one.own for one in items)


def test_no_contract_takes_in_a_field_on_persons_of_the_double_disclosure_standard(
    catalogue: Catalogue,
) -> None:
    about_persons = {
        "法定代表人",
        "法定代表人证件类型",
        "法定代表人证件号码",
        "自然人证件类型",
        "自然人证件号码",
    }
    for path in ("cn/penalties", "cn/permits"):
        columns = {one.name: one for one in catalogue.contract(path).columns}
        assert all(columns[name].ignored for name in about_persons), path


@pytest.mark.parametrize(
    ("path", "table", "added"),
    [
        ("cn/penalties", "20_dual_disclosure_penalty.csv", {"目录事项", "失信程度"}),
        ("cn/permits", "21_dual_disclosure_licence.csv", {"目录事项"}),
    ],
)
def test_every_field_of_the_double_disclosure_standard_is_there_with_its_length(
    path: str, table: str, added: set[str], catalogue: Catalogue, shared: Path
) -> None:
    with (shared / "facts" / "tables" / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {one.name: one for one in catalogue.contract(path).columns}

    assert set(columns) == {row["name_zh"] for row in rows} | added
    for row in rows:
        column = columns[row["name_zh"]]
        if row["length"] and column.max_length:
            assert column.max_length == int(row["length"]), column.name


def test_long_dates_mean_open_ended_and_amounts_are_in_ten_thousand_yuan(catalogue: Catalogue) -> None:
    penalties = catalogue.contract("cn/penalties")

    assert "2099/12/31" in penalties.column("处罚有效期").null
    assert penalties.column("处罚决定日期").formats[0] == "%Y/%m/%d"
    assert penalties.column("罚款金额(万元)").scale == 1_000_000


def test_every_contract_of_china_refuses_individual_businesses_and_closed_authorities(
    catalogue: Catalogue,
) -> None:
    for contract in catalogue.pack("cn").contracts:
        rules = {one.id for one in contract.refuse if one.column == contract.subject.identifier}
        assert {"individual-business", "closed-authority"} <= rules, contract.path


def test_persons_come_in_as_holders_of_roles_only(catalogue: Catalogue) -> None:
    named = [one.path for one in catalogue.contracts if one.role.person]

    assert named == ["cn/roles"]
    assert catalogue.contract("cn/roles").target is Target.ROLES


def test_each_refused_matter_names_its_clause_and_reason(catalogue: Catalogue) -> None:
    refused = catalogue.pack("cn").refused

    assert {one.clause for one in refused} >= {"1.1", "1.2", "1.3", "1.4"}
    assert all(one.reason.en and one.reason.zh for one in refused)


def test_lists_beyond_filing_and_finance_have_no_item_and_say_why(catalogue: Catalogue) -> None:
    lists = {one.id: one for one in catalogue.pack("cn").lists}

    culture = lists["culture-and-tourism"]
    assert not culture.item
    assert culture.reason is not None
    social = catalogue.item(lists["social-organisations-abnormal"].item)
    assert set(social.grounds) == {"filing", "finance"}


def test_the_publicity_rule_of_a_day_is_the_one_in_force_on_it(catalogue: Catalogue) -> None:
    rules = {one.id: one for one in catalogue.pack("cn").publicity}

    assert rules["n58"].valid_to == rules["o36-general"].valid_from
    assert (rules["o36-general"].minimum_months, rules["o36-general"].maximum_months) == (3, 12)
    assert (rules["o36-serious"].minimum_months, rules["o36-serious"].maximum_months) == (12, 36)
    assert rules["n58"].uncertain == ("minimum_months", "maximum_months")


def test_doubtful_terms_are_marked(catalogue: Catalogue) -> None:
    kinds = {one.code: one for one in catalogue.pack("cn").penalty_kinds}

    assert kinds["P05"].uncertain
    assert kinds["P03a"].seriousness is None
    assert "P12" not in kinds  # detention: natural persons only
