"""`goodstanding rulebook candidates` names who meets a list's criteria, to those who may know before a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access
from goodstanding.rules import Record, Subject
from tests.spec.cli.test_checking_files import LIST
from tests.spec.cli.test_rulebook_commands import FINED, told
from tests.unit.rules.parts import write

TWICE = (
    LIST.replace("LISTED", "cn/market-serious")
    .replace(
        "criteria:\n",
        """facts:
  - {id: warnings, title: {en: Warnings, zh: 警告}, count: {item: environment.inspection}, if_none: 0}
criteria:
  - id: often
    title: {en: Twice fined, zh: 两次罚款}
    basis: [{instrument: Invented law, article: "9"}]
    when: {fact: warnings, at_least: 2}
""",
    )
    .replace("count: {item: environment.inspection}, if_none: 0", "count: {item: environment.fine}")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A firm fined once, one fined twice, one fined and repaired, and one without any record."""
    fine = Record(record_id=1, **FINED)
    repaired = Record(record_id=5, item="cn/environment.warning", decided_on=date(2020, 1, 12))
    write(
        tmp_path / "parts",
        [Subject(one, "enterprise") for one in (11, 12, 13, 14)],
        [
            (11, fine),
            *[(12, replace(fine, record_id=one)) for one in (2, 3)],
            (13, replace(fine, record_id=4)),
            (13, repaired),
        ],
    )
    (tmp_path / "list.yaml").write_text(TWICE, encoding="utf-8")
    return tmp_path


def test_every_candidate_has_the_criteria_that_it_meets_with_records_and_law(folder: Path) -> None:
    found = told(
        "rulebook",
        "candidates",
        str(folder / "list.yaml"),
        "--extract",
        str(folder / "parts"),
        "--on",
        "2020-03-01",
    )
    assert found["counts"] == {"candidates": 2, "none": 2, "cannot tell": 0, "closed": 0}
    criteria = {
        one["organisation"]: [(each["id"], each["records"]) for each in one["criteria"]]
        for one in found["candidates"]
    }
    assert criteria == {"11": [("fined", ["1"])], "12": [("often", ["2", "3"]), ("fined", ["2", "3"])]}
    assert found["candidates"][0]["criteria"][0]["basis"] == ["Invented law 3"]


def test_closed_records_of_files_of_ones_own_are_ones_own(folder: Path) -> None:
    closed = Record(record_id=1, access=Access.RESTRICTED, **FINED)
    write(folder / "parts", [Subject(11, "enterprise")], [(11, closed)])
    found = told(
        "rulebook",
        "candidates",
        str(folder / "list.yaml"),
        "--extract",
        str(folder / "parts"),
        "--on",
        "2020-03-01",
    )
    assert found["counts"]["candidates"] == 1


def test_candidates_of_the_ledger_are_for_the_office_alone(tmp_path: Path) -> None:
    failed = CliRunner().invoke(
        app, ["rulebook", "candidates", "cn/lists/wage-arrears", "--home", str(tmp_path / "home")]
    )
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-CLI-054"
    assert not (tmp_path / "home").exists()


def test_only_a_list_has_candidates(folder: Path) -> None:
    failed = CliRunner().invoke(
        app,
        ["rulebook", "candidates", "cn/tax-credit", "--extract", str(folder / "parts"), "--on", "2020-03-01"],
    )
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-CLI-023"
