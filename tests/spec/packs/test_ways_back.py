"""How China's procedures lead back: objections, repair, delisting and commitments, by place and by day."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, Procedure

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


def _of(pack: Pack, kind: CaseKind) -> list[Procedure]:
    return [one for one in pack.procedures if one.kind is kind]


DECIDED = {
    "shanghai": ("31", 1, 5, 2),
    "shandong": ("37", 0, 3, 4),
    "henan": ("41", 0, 3, 4),
    "zhejiang": ("33", 0, 5, 15),
    "shenzhen": ("4403", 0, 2, 3),
    "taizhou": ("3310", 0, 2, 5),
    "hubei": ("42", 0, 3, None),
    "tianjin": ("12", 0, 3, None),
    "national": ("", 0, 3, None),
}
"""Division, days to the mark, days to the decision, days of an extension (table of rights by jurisdiction)."""


def test_objections_are_marked_and_decided_in_the_days_of_each_province(pack: Pack) -> None:
    found = {}
    for one in _of(pack, CaseKind.OBJECTION):
        mark, decided = one.stage(Act.MARK), one.stage(Act.DECIDE)
        assert (
            mark is not None
            and mark.within is not None
            and decided is not None
            and decided.within is not None
        )
        found[one.path.rpartition("/")[2]] = (
            one.division,
            mark.within.amount,
            decided.within.amount,
            decided.within.extension,
        )
    bureaus = found.pop("credit-bureaus")

    assert found == DECIDED
    assert bureaus == ("", 0, 20, None)  # market information


REPAIRED = {
    "cn/repair/national": {
        date(2020, 1, 1): [(2, 3, 12, True), (3, 6, 36, True), (3, 36, 36, False)],
        date(2024, 1, 1): [(2, 3, 36, True), (3, 12, 36, True)],
        date(2025, 7, 1): [(1, 0, 3, True), (2, 3, 12, True), (3, 12, 36, True)],
        DAY: [(1, 0, 3, True), (2, 3, 12, True), (3, 12, 36, True)],
    },
    "cn/repair/samr": {
        date(2024, 1, 1): [(1, 3, 3, True), (2, 6, 36, True), (3, 12, 36, True)],
        DAY: [(1, 3, 3, True), (2, 3, 12, True), (3, 12, 36, True)],
    },
}
"""Seriousness, months at least and at most, whether repairable (tables of publicity rules and of tiers)."""


def test_repair_keeps_the_periods_in_force_on_the_day(pack: Pack) -> None:
    for path, by_day in REPAIRED.items():
        for day, tiers in by_day.items():
            (one,) = (each for each in pack.procedures if each.path == path and each.in_force(day))
            found = [(tier.seriousness, tier.at_least, tier.at_most, tier.repairable) for tier in one.tiers]
            assert found == tiers, (path, day)


def test_the_six_steps_of_2020_are_the_steps_of_repair_by_the_agency(pack: Pack) -> None:
    (one,) = (each for each in pack.procedures if each.path == "cn/repair/agency")
    acts = [stage.act for stage in one.stages if not stage.optional]

    assert acts == [
        Act.APPLY,
        Act.ACCEPT,
        Act.MEET,
        Act.EXAMINE,
        Act.DECIDE,
        Act.SERVE_DECISION,  # added here: a decision that nobody is told of is none
        Act.PUBLISH,
        Act.LIFT,
    ]
    decided = one.stage(Act.DECIDE)
    assert decided is not None and decided.within is not None
    assert (decided.within.amount, decided.within.starts) == (5, Act.EXAMINE)


def test_nobody_pays_for_repair_and_no_course_is_proof_of_it(pack: Pack) -> None:
    """Trivium 2020, 4.3: courses of authorised bodies served as a paid way around correction."""
    for one in pack.procedures:
        assert one.fee == 0
        assert not any(each.training for each in one.evidence), one.path
        train = one.stage(Act.TRAIN)
        assert train is None or (train.optional and train.basis), one.path


DAYS_OF_REPAIR = {"shanghai": (3, None), "henan": (1, None), "tianjin": (3, None), "shenzhen": (3, 3)}


def test_a_course_is_open_to_whoever_wants_it_and_what_no_rule_says_of_it_is_told(pack: Pack) -> None:
    """Trivium 2020, 4.3: courses of authorised bodies served as a paid way around correction."""
    with_course = [one for one in pack.procedures if one.stage(Act.TRAIN) is not None]

    assert {one.path for one in with_course} == {
        "cn/repair/agency",
        "cn/repair/national",
        "cn/repair/tianjin",
    }
    for one in with_course:
        stage = one.stage(Act.TRAIN)
        assert stage is not None and stage.optional and stage.within is None and not stage.serves
        assert not any(each.training for each in one.evidence)
        assert any(note.en.startswith("Not translated: which bodies may train") for note in one.notes)
    assert all(one.valid_to is not None for one in with_course if one.path != "cn/repair/tianjin"), (
        "the rules in force today know no course"
    )


def test_provinces_repair_in_their_own_days(pack: Pack) -> None:
    for name, days in DAYS_OF_REPAIR.items():
        (one,) = (each for each in pack.procedures if each.path == f"cn/repair/{name}")
        decided = one.stage(Act.DECIDE)
        assert decided is not None and decided.within is not None
        assert (decided.within.amount, decided.within.extension) == days, name


def test_every_entry_of_ours_can_be_left_and_can_be_annulled_today(pack: Pack) -> None:
    ways = [one for one in _of(pack, CaseKind.DELISTING) if one.in_force(DAY)]
    for item in (one for one in pack.items if one.own):
        names = {one.path.rpartition("/")[2] for one in ways if item.path in one.applies_to}
        assert {"annulled", "withdrawn", "organisation-ended"} <= names, item.path
        if item.polarity.value == "negative":
            assert len(names) >= 4, item.path


def test_a_procedure_of_a_place_names_its_division(pack: Pack) -> None:
    with (pack.folder / "divisions.csv").open(encoding="utf-8", newline="") as file:
        codes = {row[0] for row in csv.reader(file)}
    placed = [one for one in pack.procedures if one.division]

    assert len(placed) >= 15
    for one in placed:
        assert one.division.ljust(6, "0") in codes, one.path


def test_a_broken_commitment_has_what_its_law_says_and_no_more(pack: Pack) -> None:
    commitments = {one.division: one for one in _of(pack, CaseKind.COMMITMENT)}

    assert commitments.keys() == {"", "37", "41", "4403"}
    follows = {
        division: [str(each.follows) for each in one.pledge.breaches]
        for division, one in commitments.items()
        if one.pledge is not None
    }
    assert follows["37"] == ["entered"]  # Shandong, article 32: it enters the file
    assert follows["41"] == ["entered", "referred"]  # Henan, article 68: a fine for a licence obtained so
    assert set(follows["4403"]) == {
        "entered",
        "correct",
        "suspended",
        "revoked",
        "referred",
    }  # Shenzhen, article 64
    barred = commitments["4403"].pledge
    assert barred is not None and all(
        each.bars == (CaseKind.COMMITMENT,) for each in barred.breaches
    )  # article 59
    assert all(one.stage(Act.KEEP) is not None for one in commitments.values())
