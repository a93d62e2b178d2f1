"""The generated province has something to say under every rulebook of China: each list of which a criterion is
known finds candidates, others who are none, and each grade, tier and index tells at least one result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.core.clock import Clock
from goodstanding.generator import generate_province
from goodstanding.rules import Rulebook
from goodstanding.rules.model import CANDIDATE, NONE, Kind
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import Installation

NOW, BEFORE_APRIL, BEFORE_SEPTEMBER = date(2026, 11, 20), date(2026, 3, 20), date(2021, 8, 20)
"""Between them, every version is in force that has a criterion and that the province's five years reach."""

NO_CANDIDATE = {
    (
        "cn/lists/market-serious",
        BEFORE_SEPTEMBER,
    ): "Entries of our own lists come from decisions only: no file has any.",
}
NO_RESULT = {
    "cn/agency-credit-grade": "The weights were not published.",
    "cn/market-risk-class": "The weights were not published.",
    "cn/small-firm-lending": "The models were not published.",
    "cn/zhejiang/public-credit": "What each record costs was not published.",
}
UNCERTAIN = {
    "cn/lists/tax-major",
    "cn/lists/procurement",
    "cn/lists/social-insurance",
    "cn/lists/market-serious",
}
"""Lists with thresholds: where an agency leaves the number out, nobody can tell."""
FEW = {"cn/lists/abnormal-operation", "cn/lists/social-organisations-abnormal"}
"""Lists that ask what nearly everyone has filed: they name those that have not, and those are few."""


@pytest.mark.parametrize("day", [NOW, BEFORE_APRIL, BEFORE_SEPTEMBER], ids=str)
def test_every_rulebook_in_force_has_something_to_say(
    installation: Installation, tmp_path: Path, day: date
) -> None:
    installation = replace(installation, clock=Clock(day))
    province = generate_province(tmp_path / "p", organisations=2_000, records=16_000, seed=11, today=day)
    for sent in province.files:
        installation.take_in(province.folder / sent.name, sent.contract)
    missing = {}
    for rulebook in _in_force(installation, day):
        report = run_rulebook(
            rulebook.path,
            on=day,
            catalogue=installation.catalogue,
            home=installation.home,
            clock=installation.clock,
            actor="test",
        )
        told = {grade for grade, many in report.grades.items() if grade and many}
        if rulebook.kind is Kind.LIST:
            if (CANDIDATE in told) is ((rulebook.path, day) in NO_CANDIDATE) or NONE not in told:
                missing[rulebook.path] = report.grades
            if rulebook.path in UNCERTAIN - {path for path, _ in NO_CANDIDATE if day == BEFORE_SEPTEMBER}:
                assert report.grades[""], rulebook.path
            if rulebook.path in FEW:
                assert report.grades[CANDIDATE] < 0.2 * report.subjects, (rulebook.path, report.grades)
        elif bool(told) is (rulebook.path in NO_RESULT):
            missing[rulebook.path] = report.grades
    assert not missing


def _in_force(installation: Installation, day: date) -> list[Rulebook]:
    """The versions of a day; of an older day those that do not hold any more."""
    shelf = Shelf.of(installation.catalogue.packs)
    found = [one for one in shelf.rulebooks if one.path.startswith("cn/") and not one.without_criteria]
    return [one for one in found if _holds(one, day) and (day == NOW or not _holds(one, NOW))]


def _holds(rulebook: Rulebook, day: date) -> bool:
    return rulebook.in_force_from <= day and (rulebook.in_force_to is None or day < rulebook.in_force_to)
