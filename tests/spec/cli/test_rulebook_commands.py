"""What `goodstanding rulebook …` and `goodstanding compare` print, write and end with."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from goodstanding.catalogue.loading import load_pack
from goodstanding.cli import app
from goodstanding.core.errors import Refusal
from goodstanding.rules import Record, Subject
from tests.unit.rules.parts import write

FINED: dict[str, Any] = {"item": "cn/environment.fine", "decided_on": date(2020, 1, 10)}
RULEBOOK = """\
rulebook: cn/draft/tried
kind: grade
title: {en: Tried & <tested>, zh: 试行}
authority: cn/jiangsu
basis: [{instrument: Invented law}]
in_force: {from: 2019-01-01}
subjects: {kinds: [enterprise]}
start: 100
rules:
  - id: fine
    title: {en: Fine, zh: 罚款}
    basis: [{instrument: Invented law, article: "3"}]
    select: {item: environment.fine}
    each: -10
grades: {A: 95.., B: ..95}
examples:
  - {given: {records: []}, on: 2020-03-01, then: {grade: A}}
"""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout


def told(*arguments: str, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", code=code))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "tried.yaml"
    file.write_text(RULEBOOK, encoding="utf-8")
    return file


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Two firms, one of which was fined."""
    folder = tmp_path / "extract"
    firms = [Subject(1, "enterprise"), Subject(2, "enterprise")]
    write(folder, firms, [(2, Record(record_id=1, **FINED))])
    return folder


def test_docs_read_like_law_in_both_languages(draft: Path) -> None:
    english, chinese = (run("rulebook", "docs", str(draft), "--lang", one) for one in ("en", "zh"))
    assert "### § 1 Fine" in english and "−10 for each record." in english
    assert "Invented law, article 3" in english
    assert "### § 1 罚款" in chinese and "select" not in english + chinese


def test_docs_write_one_file_that_runs_no_script_and_takes_no_text_for_a_tag(
    draft: Path, tmp_path: Path
) -> None:
    out = tmp_path / "law.html"
    run("rulebook", "docs", str(draft), "--out", str(out))
    page = out.read_text(encoding="utf-8")
    assert "<h1>Tried &amp; &lt;tested&gt;</h1>" in page
    assert "<script" not in page and not re.search(r'(src|href)="', page)


def test_examples_end_with_3_where_a_branch_is_reached_by_none(draft: Path) -> None:
    (found,) = told("rulebook", "examples", str(draft), code=3)
    assert {(one["part"], one["id"]) for one in found["unreached"]} == {("rule", "fine"), ("band", "B")}
    fined = "{item: environment.fine, decided_on: 2020-02-01}"
    draft.write_text(
        RULEBOOK + f"  - {{given: {{records: [{fined}]}}, on: 2020-03-01, then: {{grade: B}}}}\n",
        encoding="utf-8",
    )
    (whole,) = told("rulebook", "examples", str(draft))
    assert whole["unreached"] == [] and all(one["passed"] for one in whole["examples"])


def test_a_diff_says_in_words_what_changed(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "harder.yaml"
    other.write_text(RULEBOOK.replace("each: -10", "each: -20"), encoding="utf-8")
    (change,) = told("rulebook", "diff", str(draft), str(other), code=3)["changes"]
    assert (change["happened"], change["part"], change["id"]) == ("changed", "rule", "fine")
    assert change["before"] == ["−10 for each record."] and change["after"] == ["−20 for each record."]


def test_a_diff_of_the_same_ends_with_0(draft: Path) -> None:
    assert told("rulebook", "diff", str(draft), str(draft))["changes"] == []


@pytest.mark.parametrize(
    ("old", "new", "happened", "part"),
    [
        ("A: 95.., B: ..95", "A: 90.., B: ..90", "changed", "grade"),
        ("start: 100", "start: 90", "changed", "rulebook"),
        ("select: {item: environment.fine}", "select: {item: environment.warning}", "changed", "rule"),
        ("- id: fine", "- id: penalty", "added", "rule"),
    ],
)
def test_thresholds_points_and_rules_that_came_or_went_are_told(
    draft: Path, tmp_path: Path, old: str, new: str, happened: str, part: str
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(RULEBOOK.replace(old, new), encoding="utf-8")
    changes = told("rulebook", "diff", str(draft), str(other), code=3)["changes"]
    assert (happened, part) in {(one["happened"], one["part"]) for one in changes}


def test_a_diff_over_parquet_says_who_moves_and_why(draft: Path, tmp_path: Path, extract: Path) -> None:
    other = tmp_path / "milder.yaml"
    other.write_text(RULEBOOK.replace("each: -10", "each: -2"), encoding="utf-8")
    found = told(
        "rulebook", "diff", str(draft), str(other), "--on", "2020-03-01", "--extract", str(extract), code=3
    )["run"]
    moves = {(one["from"], one["to"]): one for one in found["cells"]}
    assert moves[("B", "A")]["subjects"] == 1 and moves[("A", "A")]["subjects"] == 1
    assert [(one["rule"], one["points"]) for one in moves[("B", "A")]["reasons"]] == [("fine", "8")]
    assert [one["subject"] for one in found["movers"]] == ["2"]


def test_two_rulebooks_compared_over_parquet_give_one_page(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    found = told(
        "compare",
        "cn/jiangsu/environmental-credit",
        "cn/hubei-wuhan/environmental-credit@2016-01-01",
        *("--on", "2020-03-01", "--extract", str(extract), "--out", str(out)),
    )
    assert found["subjects"] == 2
    assert found["as_if_in_force"] == [False, True]
    page = out.read_text(encoding="utf-8")
    assert "<svg" in page and "<table" in page and "<script" not in page
    assert not re.search(r'(src|href)="', page)
    for one in found["rulebooks"]:
        assert one["digest"] in page  # enough to do it again
    assert "records.parquet" in page and "2020-03-01" in page
    assert "applied as if it were" in page
    # What neither evaluates stands on the page, with the reason.
    assert "What each violation costs" in page


def test_the_page_can_be_read_in_chinese(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    names = ("cn/jiangsu/environmental-credit", "cn/hubei-wuhan/environmental-credit")
    run("compare", *names, "--on", "2020-03-01", "--extract", str(extract), "--out", str(out), "--lang", "zh")
    page = out.read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in page and "等级对照" in page and "How many have which result" not in page


def test_coverage_says_row_by_row_what_runs() -> None:
    result = CliRunner().invoke(app, ["rulebook", "coverage", "--pack", "cn", "--json"])
    (found,) = json.loads(result.stdout)
    assert result.exit_code == (3 if found["open"] or found["strange"] else 0)
    rows = {one["row"]: one for one in found["rows"]}
    assert len(rows) == 349
    fine = [one for one in rows["66/1"]["carried_by"] if one["rulebook"] == "cn/jiangsu/environmental-credit"]
    assert fine


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rulebook", "docs", "cn/none"), "GS-CLI-014"),
        (("rulebook", "docs", "cn/tax-credit@yesterday"), "GS-RULES-072"),
        (("rulebook", "docs", "cn/tax-credit@1999-01-01"), "GS-RULES-071"),
        (("rulebook", "coverage", "--pack", "us-nyc"), "GS-CLI-050"),
        (("compare", "cn/tax-credit", "cn/tax-credit", "--extract", "nowhere"), "GS-CLI-051"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_code(arguments: tuple[str, ...], code: str) -> None:
    result = CliRunner().invoke(app, list(arguments))
    assert isinstance(result.exception, Refusal) and result.exception.code == code
    assert result.exception.remedy


MISSPELT = RULEBOOK.replace(
    "grades: {A: 95.., B: ..95}",
    """overrides:
  - id: many
    title: {en: Many, zh: 多}
    basis: [{instrument: Invented law, article: "4"}]
    when: {fact: mnay, at_least: 1}
    grade: B
grades: {A: 95.., B: ..95}""",
)


def test_a_misspelt_fact_is_found_and_its_examples_do_not_run(draft: Path) -> None:
    draft.write_text(MISSPELT, encoding="utf-8")
    (found,) = told("rulebook", "check", str(draft), code=3)
    assert any(one.startswith("GS-RULES-015 many") and "'mnay'" in one for one in found["findings"])


def test_checking_a_pack_says_what_is_found_in_its_rulebooks(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same findings as of the rulebook alone, and the same exit code."""
    shipped = load_pack("us-nyc")
    draft.write_text(MISSPELT, encoding="utf-8")
    altered = replace(shipped, rulebooks=(*shipped.rulebooks, draft))
    monkeypatch.setattr("goodstanding.cli.pack.load_pack", lambda _: altered)
    found = told("pack", "check", "us-nyc", code=3)["findings"]
    assert any(one.startswith("cn/draft/tried: GS-RULES-015 many") for one in found)


def test_a_shipped_pack_is_sound() -> None:
    assert told("pack", "check", "us-nyc")["findings"] == []


@pytest.mark.parametrize("option", ["--subjects", "--endings", "--ties", "--out"])
def test_an_option_for_files_without_records_is_refused(tmp_path: Path, option: str) -> None:
    """The ledger would be run instead, and the option passed over."""
    failed = CliRunner().invoke(app, ["evaluate", "us-nyc/restaurant-grade", option, str(tmp_path / "x")])
    assert isinstance(failed.exception, Refusal)
    assert (failed.exception.code, failed.exception.where) == ("GS-CLI-021", option)


def test_a_rulebook_of_a_file_needs_records(draft: Path) -> None:
    failed = CliRunner().invoke(app, ["evaluate", str(draft)])
    assert isinstance(failed.exception, Refusal)
    assert failed.exception.code == "GS-CLI-021"
