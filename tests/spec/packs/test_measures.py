"""What China's pack says of measures and memoranda: each row of the facts, run or refused with its reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.measure import (
    HIGHEST,
    TAKES_RIGHTS,
    Bound,
    Effect,
    Hits,
    Measure,
    Memorandum,
    Process,
)
from goodstanding.catalogue.model import Pack


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack("cn")


@pytest.fixture(scope="module")
def measures(national: Pack) -> dict[str, Measure]:
    return {one.path: one for one in national.measures}


def running(pack: Pack) -> list[Memorandum]:
    return [one for one in pack.memoranda if one.runs]


def rows(shared: Path, table: str) -> list[dict[str, str]]:
    with (shared / "facts" / "tables" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("table", "file", "title"),
    [
        ("punishment", "46_blacklist_mous.csv", "mou_zh"),
        ("reward", "47_redlist_mous.csv", "mou_zh"),
        ("developing", "48_developing_lists.csv", "name_zh"),
    ],
)
def test_every_memorandum_of_the_facts_runs_or_says_why_not(
    table: str, file: str, title: str, national: Pack, shared: Path
) -> None:
    told = {one.number: one for one in national.memoranda if one.table == table}

    assert {number: one.title.zh for number, one in told.items()} == {
        int(row["no"]): row[title] for row in rows(shared, file)
    }
    for one in told.values():
        reason = one.refused or one.waits
        assert one.runs or (reason and reason.en and reason.zh), one.path


def test_every_memorandum_about_natural_persons_is_refused(national: Pack, shared: Path) -> None:
    for table, file in (("punishment", "46_blacklist_mous.csv"), ("reward", "47_redlist_mous.csv")):
        told = {one.number: one for one in national.memoranda if one.table == table}
        for row in rows(shared, file):
            if row["subject_type"] == "mostly natural persons":
                assert told[int(row["no"])].refused is not None, row["mou_zh"]


def test_a_memorandum_that_runs_triggers_what_an_authority_can_carry_out(
    national: Pack, measures: dict[str, Measure]
) -> None:
    authorities = {one.path: one for one in national.authorities}

    assert len(running(national)) == 17
    for memorandum in running(national):
        assert memorandum.agreed, memorandum.path
        for agreed in memorandum.agreed:
            assert measures[agreed.measure].executable, agreed
            assert agreed.authority in authorities, agreed


def test_lists_that_trigger_are_lists_that_are_kept(national: Pack) -> None:
    kept = {one.id for one in national.lists if one.item}

    assert {name for one in running(national) for name in one.lists} <= kept


def test_what_is_not_published_of_a_memorandum_is_said(national: Pack) -> None:
    for one in national.memoranda:
        if one.agreed:
            assert one.incomplete is not None, one.path


def test_what_each_memorandum_waits_for_is_said_of_that_one(national: Pack) -> None:
    waiting = [one for one in national.memoranda if one.state == "waits"]
    for told in (
        {one.waits.en for one in waiting if one.waits},
        {one.waits.zh for one in waiting if one.waits},
    ):
        assert len(told) == len(waiting) == 24, "no two of them say the same"


def test_every_executable_measure_has_a_law_a_process_and_one_who_carries_it_out(national: Pack) -> None:
    for one in national.measures:
        if one.executable:
            assert any(not basis.uncertain for basis in one.basis), one.path
            assert one.processes, one.path
            assert one.implementers is not None, one.path
        else:
            assert one.refused is not None, one.path


def test_no_executable_measure_meets_a_person_or_takes_a_right_without_a_law(national: Pack) -> None:
    for one in national.measures:
        if one.executable:
            assert one.hits is Hits.LISTED, one.path
            if one.law == "by_law" or one.dimension in TAKES_RIGHTS:
                assert one.rests_on in HIGHEST, one.path


def test_the_national_basic_list_has_its_fourteen_entries_and_marks_the_uncertain(
    national: Pack, shared: Path
) -> None:
    told = {one.number: one for one in national.measures if one.number is not None}
    stated = {int(row["no"]): row["confidence"] for row in rows(shared, "40_measures_basic_list.csv")}

    assert {number: "uncertain" if one.uncertain else "stated" for number, one in told.items()} == stated
    assert sorted(number for number, one in told.items() if one.hits is Hits.PERSONS) == [3, 4, 5, 6]
    assert not any(told[number].executable for number in (3, 4, 5, 6))


def test_every_class_of_the_provincial_regulations_is_there(national: Pack, shared: Path) -> None:
    prefixes = {"Zhejiang": "33", "Shanghai": "31", "Shandong": "37", "Henan": "41"}
    told = {(one.division, one.grade, one.number_in_grade): one for one in national.measures if one.grade}
    facts: dict[tuple[str, str, int | None], dict[str, str]] = {
        (prefixes[row["province"]], row["class"].split()[0], int(row["no"])): row
        for row in rows(shared, "42_measures_by_province.csv")
    }

    assert told.keys() == facts.keys()
    for key, one in told.items():
        assert one.dimension == facts[key]["dimension"], one.path


def test_a_province_orders_no_ban_and_repeats_nothing_of_the_national_list(national: Pack) -> None:
    for one in national.measures:
        if one.division and one.executable:
            assert one.law == "by_rule", one.path
            assert not one.repeats, one.path


def test_banks_platforms_and_landlords_are_never_ordered(national: Pack) -> None:
    market = {one.path for one in national.authorities if one.market}
    bound = {
        agreed.bound for one in national.memoranda for agreed in one.agreed if agreed.authority in market
    }

    assert {"cn/lenders", "cn/platforms", "cn/landlords", "cn/acfic", "cn/xinhua"} <= market
    assert bound == {Bound.SUBSCRIBES}


def test_rewards_give_and_punishments_take(national: Pack, measures: dict[str, Measure]) -> None:
    for one in national.memoranda:
        assert {measures[agreed.measure].effect for agreed in one.agreed} <= {one.effect}


def test_a_law_goes_before_a_policy_and_a_restriction_before_a_benefit(measures: dict[str, Measure]) -> None:
    refused, funds, priority, loans = (
        measures[f"cn/{name}"].precedence
        for name in ("procurement-refusal", "public-funds", "policy-priority", "creditease-loans")
    )

    assert refused < funds < priority < loans


def test_every_kind_of_official_business_asks_for_something(national: Pack) -> None:
    assert {process for one in national.measures if one.executable for process in one.processes} == set(
        Process
    )


def test_a_bankruptcy_plan_shields_from_what_rests_on_a_rule(national: Pack) -> None:
    for one in national.measures:
        if one.executable and one.effect is Effect.RESTRICTION and Process.FINANCING not in one.processes:
            assert one.shielded_by_plan == (one.law == "by_rule"), one.path


def test_each_member_of_the_joint_council_is_an_authority(national: Pack, shared: Path) -> None:
    other_names = {
        "Central Network Information Office": "cac",
        "Central Editorial Office": "scopsr",
        "Supreme Prosecutor's Office": "spp",
        "Bureau of Statistics": "nbs",
        "National Intellectual Property Administration": "cnipa",
        "China Banking and Insurance Regulatory Commission": "cbirc",
        "China Disabled Persons Federation": "cdpf",
    }
    titles = {one.title.en for one in national.authorities}
    paths = {one.path for one in national.authorities}

    for row in rows(shared, "44_joint_council_members.csv"):
        name = row["member"]
        assert name in titles or f"cn/{other_names.get(name)}" in paths, name


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("rule", "41_measure_rules.csv"),
        ("example", "43_measures_mou_examples.csv"),
        ("policy", "45_national_policies.csv"),
        ("programme", "71_xinyidai_and_credit_ease.csv"),
    ],
)
def test_each_fact_about_measures_says_what_follows_here(
    kind: str, table: str, national: Pack, shared: Path
) -> None:
    told = [one for one in national.measure_facts if one.kind == kind]

    assert [one.number for one in told] == list(range(1, len(rows(shared, table)) + 1))
    assert all(one.consequence.en and one.consequence.zh for one in told)
