"""What `goodstanding rulebook check` says of a single file, and how a name that is nowhere is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.core.errors import Refusal
from goodstanding.core.nearest import nearest
from tests.spec.cli.test_rulebook_commands import RULEBOOK, told

LIST = """\
rulebook: cn/draft/listed
kind: list
list: LISTED
title: {en: Listed, zh: 列入}
authority: cn/samr
basis: [{instrument: Invented law}]
in_force: {from: 2019-01-01}
subjects: {kinds: [enterprise]}
except:
  - id: repaired
    title: {en: Repaired, zh: 已修复}
    basis: [{instrument: Invented law, article: "4"}]
    when: {exists: {item: environment.warning}}
criteria:
  - id: fined
    title: {en: Fined, zh: 受罚}
    basis: [{instrument: Invented law, article: "3"}]
    when: {exists: {item: environment.fine}}
examples:
  - {given: {records: []}, on: 2020-03-01, then: {grade: none}}
  - given: {records: [{item: environment.fine, decided_on: 2020-02-01}]}
    on: 2020-03-01
    then: {grade: candidate}
"""
RESTING = RULEBOOK.replace(
    "grades: {A: 95.., B: ..95}",
    """facts:
  - id: before
    title: {en: Before, zh: 此前}
    result: {of: cn/draft/OTHER, what: grade, on: last_year_end}
overrides:
  - id: kept
    title: {en: Kept, zh: 保持}
    basis: [{instrument: Invented law, article: "4"}]
    when: {fact: before, one_of: [B]}
    grade: B
grades: {A: 95.., B: ..95}""",
)


def findings(text: str, file: Path) -> list[str]:
    file.write_text(text, encoding="utf-8")
    return [
        one
        for result in told("rulebook", "check", str(file), code=3)
        for one in result["findings"]
        if "GS-RULES-025" not in one  # that the draft lacks examples is found too
    ]


def test_a_list_that_no_pack_has_is_found_and_the_nearest_named(tmp_path: Path) -> None:
    (found,) = findings(LIST.replace("LISTED", "cn/market-serios"), tmp_path / "listed.yaml")
    assert found.startswith("GS-RULES-038 list: there is no list cn/market-serios")
    assert "Did you mean cn/market-serious" in found


@pytest.mark.parametrize("there", ["cn/market-serious", "cn/listing.market-serious"])
def test_a_list_is_one_of_the_packs_lists_or_of_its_listings_and_its_criteria_are_counted(
    tmp_path: Path, there: str
) -> None:
    file = tmp_path / "listed.yaml"
    file.write_text(LIST.replace("LISTED", there), encoding="utf-8")
    (found,) = told("rulebook", "check", str(file))
    assert found["findings"] == []
    assert (found["rules"], found["criteria"], found["exceptions"]) == (0, 1, 1)


def test_an_authority_that_no_pack_has_is_found(tmp_path: Path) -> None:
    (found,) = findings(RULEBOOK.replace("cn/jiangsu", "cn/jiangsoo"), tmp_path / "tried.yaml")
    assert found.startswith("GS-RULES-037 authority: there is no authority cn/jiangsoo")
    assert "Did you mean cn/jiangsu" in found


def test_a_result_of_a_rulebook_that_is_nowhere_is_found(tmp_path: Path) -> None:
    (found,) = findings(RESTING.replace("OTHER", "nowhere"), tmp_path / "resting.yaml")
    assert found.startswith("GS-RULES-051 before: it is the result of cn/draft/nowhere")


def test_a_result_of_a_rulebook_beside_the_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(RULEBOOK.replace("draft/tried", "draft/beside"), encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("no: rulebook", encoding="utf-8")
    file = tmp_path / "resting.yaml"
    file.write_text(RESTING.replace("OTHER", "beside"), encoding="utf-8")
    (found,) = told("rulebook", "check", str(file), code=3)
    assert [one[:12] for one in found["findings"]] == ["GS-RULES-024"], "the example now runs, and fails"


def test_an_unknown_path_is_answered_with_the_nearest_and_how_to_list_all() -> None:
    for words in (["rulebook", "docs", "cn/tax-credits"], ["rulebook", "check", "tax-credit"]):
        failed = CliRunner().invoke(app, words)
        assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-CLI-014"
        assert failed.exception.remedy.startswith("Did you mean cn/tax-credit")
        assert "goodstanding rulebook list" in failed.exception.remedy
    assert "cn/tax-credit" in {one["rulebook"] for one in told("rulebook", "list", "--pack", "cn")}


def test_what_is_like_nothing_gets_no_suggestion() -> None:
    assert nearest("zzz", ["cn/tax-credit"]) == ()
    assert nearest("", ["cn/tax-credit"]) == ()


def test_generate_leaves_a_folder_with_files_alone(tmp_path: Path) -> None:
    kept = tmp_path / "manifest.json"
    kept.write_text("mine", encoding="utf-8")
    words = ["generate", str(tmp_path), "--organisations", "10", "--records", "10"]
    failed = CliRunner().invoke(app, words)
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-CLI-022"
    assert kept.read_text(encoding="utf-8") == "mine" and list(tmp_path.iterdir()) == [kept]
    told(*words, "--replace")
    assert kept.read_text(encoding="utf-8") != "mine"


def test_generate_needs_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    failed = CliRunner().invoke(app, ["generate", str(file), "--replace"])
    assert isinstance(failed.exception, Refusal) and failed.exception.code == "GS-CLI-022"
