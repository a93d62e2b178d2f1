"""A procedure is read as an official writes it, and a case can name the version that it runs under."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from goodstanding.catalogue.model import Pack, Title
from goodstanding.catalogue.procedure import Act, IfLate, Party, Unit
from goodstanding.core.errors import Refusal
from tests.unit.catalogue.procedures import FILE, REPAIR, stage, with_procedures

Files = dict[str, Any]
Load = Callable[[Files], Pack]


@pytest.fixture
def files(good: Files) -> Files:
    return with_procedures(good)


def test_a_procedure_is_read_with_its_stages_in_order(files: Files, load: Load) -> None:
    procedure = load(files).procedures[0]

    assert (procedure.path, procedure.authority) == ("tiny/listing/tax-evaders", "tiny/bureau")
    assert [one.act for one in procedure.stages][:4] == [
        Act.PROPOSE,
        Act.REVIEW,
        Act.NOTIFY,
        Act.SERVE_NOTICE,
    ]
    assert procedure.in_force(date(2024, 1, 1)) and not procedure.in_force(date(2023, 12, 31))


def test_a_stage_that_says_no_more_than_its_act_has_a_title_and_a_party(files: Files, load: Load) -> None:
    procedure = load(files).procedures[0]
    proposed, stated = procedure.stage(Act.PROPOSE), procedure.stage(Act.STATE)

    assert proposed is not None and stated is not None
    assert (proposed.party, stated.party) == (Party.MACHINE, Party.SUBJECT)
    assert stated.title == Title("The organisation states its views", "陈述、申辩")
    assert stated.within is not None
    assert (stated.within.amount, stated.within.unit, stated.within.starts) == (
        5,
        Unit.WORKING_DAYS,
        Act.SERVE_NOTICE,
    )
    assert stated.if_late is IfLate.SHOWN


def test_a_version_is_named_by_what_it_says_and_not_by_how_it_is_written(files: Files, load: Load) -> None:
    first = load(files).procedures[0].digest
    files[FILE] = dict(reversed(files[FILE].items()))
    again = load(files).procedures[0].digest
    stage(files[FILE], "state")["within"]["working_days"] = 6
    changed = load(files).procedures[0].digest

    assert len(first) == 64
    assert first == again != changed


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("GS-PACK-034", lambda p: stage(p, "state")["within"].update(days=3)),
        ("GS-PACK-034", lambda p: stage(p, "state")["within"].pop("working_days")),
        ("GS-PACK-035", lambda p: stage(p, "state")["within"].update(working_days=-1)),
        ("GS-PACK-035", lambda p: stage(p, "state")["within"].update(extension=0)),
        ("GS-PACK-035", lambda p: stage(p, "state")["within"].update(on_day=15)),
        ("GS-PACK-036", lambda p: p.update(procedure="listing/other")),
        ("GS-PACK-036", lambda p: p.update(procedure="tax-evaders")),
        ("GS-PACK-036", lambda p: p["in_force"].update({"from": date(2025, 1, 1)})),
        ("GS-PACK-037", lambda p: p["in_force"].update(to=date(2024, 1, 1))),
        ("GS-PACK-012", lambda p: stage(p, "decide").update(by="computer")),
        ("GS-PACK-012", lambda p: stage(p, "decide").update(act="punish")),
        ("GS-PACK-001", lambda p: p.update(surprise="none")),
        ("GS-PACK-005", lambda p: p["listing"].pop("ends")),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_file_and_line(
    code: str, spoil: Callable[[Files], object], files: Files, load: Load
) -> None:
    spoil(files[FILE])

    with pytest.raises(Refusal) as refused:
        load(files)

    assert refused.value.code == code
    file, _, line = refused.value.where.rpartition(":")
    assert file == f"tiny/{FILE}" and line.isdigit()


def _second(files: Files) -> None:
    """The same list, by another procedure, while the first is in force."""
    other = copy.deepcopy(files[FILE])
    other["procedure"] = "listing/tax-evaders-again"
    files["procedures/listing/tax-evaders-again-2024.yaml"] = other


def _newer(files: Files) -> None:
    """A version of 2025 beside the one of 2024, which has no last day."""
    newer = copy.deepcopy(files[FILE])
    newer["in_force"]["from"] = date(2025, 1, 1)
    files[FILE.replace("2024", "2025")] = newer


def _refused_list(files: Files) -> None:
    of_list = files["lists.yaml"]["lists"][0]
    del of_list["item"]
    of_list["reason"] = {"en": "Lists persons.", "zh": "列入自然人。"}


def _reported(files: Files) -> None:
    copied = dict(files["catalogue/all.yaml"]["items"][1])
    files["catalogue/all.yaml"]["items"].append(copied | {"item": "tax.reported", "listing": "reported"})
    files[FILE]["listing"]["item"] = "tax.reported"


def _another_item(files: Files) -> None:
    copied = dict(files["catalogue/all.yaml"]["items"][1])
    files["catalogue/all.yaml"]["items"].append(copied | {"item": "listing.other"})
    files[FILE]["listing"]["item"] = "listing.other"


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("GS-PACK-063", lambda f: f[FILE].update(authority="of-the-entry")),
        ("GS-PACK-063", lambda f: f[REPAIR].update(authority="of-the-entry")),
        ("GS-PACK-065", lambda f: f[FILE].update(authority="ministry")),
        ("GS-PACK-065", lambda f: f[FILE]["listing"].update(list="smugglers")),
        ("GS-PACK-065", lambda f: f[FILE]["listing"].update(item="listing.smugglers")),
        ("GS-PACK-065", lambda f: f[FILE]["listing"].update(rulebook="lists/smugglers")),
        ("GS-PACK-065", lambda f: f[REPAIR].update(applies_to=["tax.fines"])),
        ("GS-PACK-066", lambda f: f[FILE].pop("listing")),
        ("GS-PACK-066", lambda f: f[REPAIR].update(listing=f[FILE]["listing"])),
        ("GS-PACK-067", _reported),
        ("GS-PACK-067", _another_item),
        ("GS-PACK-067", _refused_list),
        ("GS-PACK-068", lambda f: stage(f[FILE], "state")["within"].update(after="lift")),
        ("GS-PACK-068", lambda f: stage(f[FILE], "state")["within"].update(after="hold_hearing")),
        ("GS-PACK-068", lambda f: f[FILE]["stages"].insert(1, {"act": "propose"})),
        ("GS-PACK-069", lambda f: f[REPAIR]["tiers"][0].update(at_least=13)),
        ("GS-PACK-069", lambda f: f[REPAIR]["tiers"][0].update(seriousness=4)),
        ("GS-PACK-070", _second),
        ("GS-PACK-070", _newer),
    ],
)
def test_what_a_procedure_names_is_there_and_one_version_holds_on_a_day(
    code: str, spoil: Callable[[Files], object], files: Files, load: Load
) -> None:
    spoil(files)

    with pytest.raises(Refusal) as refused:
        load(files)

    assert refused.value.code == code
    assert refused.value.where.startswith("tiny/procedures/")


def test_a_newer_version_follows_the_older_one_on_its_last_day(files: Files, load: Load) -> None:
    _newer(files)
    files[FILE]["in_force"]["to"] = date(2025, 1, 1)

    versions = [one for one in load(files).procedures if one.path == "tiny/listing/tax-evaders"]

    for day, year in ((date(2024, 12, 31), 2024), (date(2025, 1, 1), 2025)):
        assert [one.valid_from.year for one in versions if one.in_force(day)] == [year]


RIGHT = {
    "id": "report",
    "place": {"en": "Town", "zh": "某镇"},
    "right": "free_report",
    "rule": {"en": "Reports twice a year", "zh": "每年两次免费报告"},
    "number": 2,
    "unit": "per_year",
    "basis": {"instrument": "A law", "article": "1"},
    "valid_from": date(2020, 1, 1),
    "source": "A page",
}


@pytest.mark.parametrize(
    ("code", "rights"),
    [
        ("GS-PACK-080", [{key: value for key, value in RIGHT.items() if key != "unit"}]),
        ("GS-PACK-050", [RIGHT, RIGHT]),
        ("GS-PACK-012", [RIGHT | {"right": "silence"}]),
        ("GS-PACK-012", [RIGHT | {"unit": "per_day"}]),
    ],
)
def test_a_right_that_cannot_be_read_is_refused(
    code: str, rights: list[Files], good: Files, load: Load
) -> None:
    good["rights.yaml"] = {"rights": rights}

    with pytest.raises(Refusal) as refused:
        load(good)

    assert refused.value.code == code
    assert refused.value.where.startswith("tiny/rights.yaml:")


def test_a_right_is_read_with_its_number_and_law(good: Files, load: Load) -> None:
    good["rights.yaml"] = {"rights": [RIGHT]}

    (right,) = load(good).rights

    assert (right.number, right.unit, right.basis.article) == (2, "per_year", "1")
