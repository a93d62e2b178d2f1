"""What China's procedures promise: each admitted list runs from candidate to removal by its own law, and in time."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from goodstanding.catalogue.checks.process import COMPETENT
from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Term, Unit
from goodstanding.core.calendars import Calendar
from goodstanding.core.dates import add_months

DAY = date(2026, 11, 21)
COURSE = (
    Act.PROPOSE,
    Act.REVIEW,
    Act.NOTIFY,
    Act.SERVE_NOTICE,
    Act.STATE,
    Act.DECIDE,
    Act.SERVE_DECISION,
    Act.PUBLISH,
    Act.LIFT,
)
"""What every listing goes through, from candidate to removal."""

IDS = {
    "SAMR-SERIOUS": "market-serious",
    "SAMR-ABNORMAL": "abnormal-operation",
    "TAX-MAJOR": "tax-major",
    "TAX-MAJOR-OLD": "tax-major-old",
    "SPC-DEFAULTER": "court-defaulter",
    "MOHRSS-WAGES": "wage-arrears",
    "MEM-SAFETY": "workplace-safety",
    "MEM-SAFETY-OLD": "workplace-safety-old",
    "CUSTOMS-DISHONEST": "customs-dishonest",
    "CUSTOMS-2026": "customs-levels",
    "MOF-PROCUREMENT": "procurement",
    "MCA-SOCORG-ABN": "social-organisations-abnormal",
    "MCA-SOCORG-SER": "social-organisations-serious",
    "NBS-STAT": "statistics",
    "CNIPA-IP": "intellectual-property",
    "MOHRSS-SI": "social-insurance",
    "MCT-CULTURE": "culture-and-tourism",
    "MEE-ENV": "environment",
    "NMPA-DRUG": "medicines",
    "MOT-OVERLOAD": "overloading",
    "OLD-AIC-SERIOUS": "old-serious",
}
"""What the table of facts calls a list, and what the pack does."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


@pytest.fixture(scope="module")
def calendar(pack: Pack) -> Calendar:
    return Calendar.load(pack.folder / "calendar.yaml")


def _of(pack: Pack, kind: CaseKind) -> list[Procedure]:
    return [one for one in pack.procedures if one.kind is kind]


def _last(term: Term, start: date, calendar: Calendar) -> date:
    if term.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, term.amount).day
    if term.unit is Unit.DAYS:
        return calendar.on_or_after(start + timedelta(days=term.amount)).day
    last = add_months(start, term.amount)
    return calendar.on_or_after(last if term.on_day is None else last.replace(day=term.on_day)).day


def _walk(procedure: Procedure, begin: date, calendar: Calendar) -> dict[Act, date]:
    """The day of each act, if everybody takes all the time there is and nobody skips a stage."""
    days: dict[Act, date] = {}
    day = begin
    for stage in procedure.stages:
        if stage.act is Act.LIFT and procedure.listing is not None:
            day = add_months(days[Act.SERVE_DECISION], procedure.listing.months)
        elif stage.within is not None:
            day = max(day, _last(stage.within, days[stage.within.starts], calendar))
        days[stage.act] = day
    return days


def test_every_admitted_list_has_one_procedure_in_force_unless_its_law_has_ended(pack: Pack) -> None:
    for one in pack.lists:
        of_list = [
            each for each in _of(pack, CaseKind.LISTING) if each.listing and each.listing.list_id == one.id
        ]
        if one.reason is not None:
            assert not of_list, one.id
            assert one.reason.en and one.reason.zh
            continue
        in_force = [each for each in of_list if each.in_force(DAY)]
        assert len(in_force) == (0 if one.valid_to is not None and one.valid_to <= DAY else 1), one.id
        assert of_list, one.id
        assert {(each.valid_from, each.valid_to) for each in of_list} == {(one.valid_from, one.valid_to)}, (
            one.id
        )


def test_every_list_of_the_table_of_facts_has_a_procedure_or_a_reason(pack: Pack, shared: Path) -> None:
    with (shared / "facts/tables/30_lists_national.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lists = {one.id: one for one in pack.lists}
    procedures = {one.listing.list_id: one for one in pack.procedures if one.listing}

    assert {row["list_id"] for row in rows} == set(IDS)
    for row in rows:
        known = lists[IDS[row["list_id"]]]
        assert (known.id in procedures) == (known.reason is None), known.id
        if known.id in procedures and row["early_removal_after_months"].isdigit():
            listing = procedures[known.id].listing
            assert listing is not None
            assert listing.early_months == int(row["early_removal_after_months"]), known.id


def test_each_listing_runs_from_candidate_to_removal(pack: Pack, calendar: Calendar) -> None:
    for one in _of(pack, CaseKind.LISTING):
        acts = [stage.act for stage in one.stages]
        assert [act for act in acts if act in COURSE] == list(COURSE), one.path
        days = _walk(one, max(one.valid_from, date(2016, 9, 5)), calendar)
        assert list(days.values()) == sorted(days.values()), one.path
        working = sum(
            calendar.is_working(days[Act.SERVE_NOTICE] + timedelta(days=number))
            for number in range(1, (days[Act.STATE] - days[Act.SERVE_NOTICE]).days + 1)
        )
        assert working >= 3, one.path
        assert days[Act.SERVE_NOTICE] < days[Act.STATE] <= days[Act.DECIDE] <= days[Act.SERVE_DECISION], (
            one.path
        )
        assert days[Act.SERVE_DECISION] < days[Act.LIFT], one.path
        listing = one.listing
        assert listing is not None and listing.removal is not None
        gone = _last(listing.removal, days[Act.LIFT], calendar)
        assert (gone - days[Act.LIFT]).days <= 20, one.path


def test_a_person_decides_at_county_level_or_above_and_the_clock_only_ends(pack: Pack) -> None:
    for one in _of(pack, CaseKind.LISTING):
        assert set(one.levels) <= set(COMPETENT)
        for stage in one.stages:
            assert (stage.party is Party.MACHINE) == (stage.act is Act.PROPOSE), one.path
            assert (stage.party is Party.CLOCK) == (stage.act is Act.LIFT), one.path


def test_serious_lists_need_two_officials_and_the_level_above(pack: Pack) -> None:
    serious = {one.listing.list_id for one in pack.procedures if one.listing and one.listing.serious}
    others = {one.listing.list_id for one in pack.procedures if one.listing and not one.listing.serious}

    assert others == {
        "abnormal-operation",
        "social-organisations-abnormal",
        "redlist-tax",
        "redlist-workplace-safety",
        "redlist-aeo",
    }
    assert len(serious) == 18
    for one in pack.procedures:
        if one.listing and one.listing.serious:
            assert one.officials == 2 and one.reviewed_by in ("provincial", "national"), one.path


def test_an_entry_lasts_as_long_as_its_list_says_and_at_most_what_is_kept(pack: Pack) -> None:
    lists = {one.id: one for one in pack.lists}
    for one in _of(pack, CaseKind.LISTING):
        listing = one.listing
        assert listing is not None
        assert listing.months >= (lists[listing.list_id].term_months or 0), one.path
        assert listing.months <= pack.item(listing.item).retention.months, one.path
        assert listing.ends is not None
        assert listing.benefit == (pack.item(listing.item).polarity.value == "positive"), one.path


def test_publication_keeps_each_lists_own_deadline(pack: Pack, calendar: Calendar) -> None:
    in_force = {
        one.path: one for one in pack.procedures if one.kind is CaseKind.LISTING and one.in_force(DAY)
    }
    found = {}
    for path, one in in_force.items():
        stage = one.stage(Act.PUBLISH)
        if stage is not None and stage.within is not None:
            found[path] = (stage.within.amount, stage.within.unit, stage.within.on_day)

    assert found == {
        "cn/listing/market-serious": (20, Unit.WORKING_DAYS, None),
        "cn/listing/statistics": (20, Unit.WORKING_DAYS, None),
        "cn/listing/social-organisations-abnormal": (5, Unit.WORKING_DAYS, None),
        "cn/listing/tax-major": (1, Unit.MONTHS, 15),
    }
    tax = in_force["cn/listing/tax-major"].stage(Act.PUBLISH)
    assert tax is not None and tax.within is not None
    assert _last(tax.within, date(2026, 3, 20), calendar) == date(2026, 4, 15)


def test_candidates_for_honours_are_publicised_first_and_may_be_objected_to(pack: Pack) -> None:
    honours = [one for one in _of(pack, CaseKind.LISTING) if one.listing and one.listing.benefit]

    assert len(honours) == 3
    for one in honours:
        stage = one.stage(Act.SERVE_NOTICE)
        assert stage is not None and stage.title.zh == "公示候选名单并告知"
        assert [(basis.instrument, basis.article) for basis in stage.basis] == [("河南省社会信用条例", "28")]


def test_what_was_recalled_is_marked_where_it_stands(pack: Pack) -> None:
    procedures = {one.path: one for one in pack.procedures if one.in_force(DAY)}
    court = procedures["cn/listing/court-defaulter"].listing
    tax = procedures["cn/listing/tax-major"].listing

    assert court is not None and court.removal is not None
    assert "months" in court.uncertain and court.removal.uncertain
    assert tax is not None and tax.uncertain == ("early_months", "conditions")
    for one in pack.procedures:
        for stage in one.stages:
            if stage.within is not None and stage.within.basis.uncertain:
                assert stage.within.uncertain, (one.path, stage.act)


def test_the_names_of_versions_differ(pack: Pack) -> None:
    assert len({one.digest for one in pack.procedures}) == len(pack.procedures) >= 60
