"""What a rulebook file may say, and how it is told that it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.rules import digest, identity, load_rulebook, parse_rulebook
from goodstanding.rules.model import Bands, Each, Range, Rulebook, Span

GOOD = """\
rulebook: t/example
kind: grade
title: {en: Example, zh: 示例}
authority: t/nobody
basis: [{instrument: Invented law, article: "1"}]
in_force: {from: 2014-10-01, to: 2025-07-01}
subjects: {kinds: [enterprise]}
period: {calendar_year: previous}
start: 100
rules:
  - id: arrears
    title: {en: Arrears, zh: 欠税}
    basis: [{instrument: Invented law, article: "2"}]
    select: {item: a, amount: {at_least: 50000 CNY}}
    each: -11
    cap: -22
grades: {A: 90.., B: 70..90, C: 40..70, D: ..40}
examples:
  - given: {records: [{item: a, amount: 80000 CNY, decided_on: 2019-05-02}]}
    on: 2020-03-01
    then: {points: 89, grade: B, lines: [{rule: arrears, points: -11}]}
"""


def refused(text: str) -> Refusal:
    """The refusal of a rulebook file."""
    with pytest.raises(Refusal) as caught:
        parse_rulebook(text, "example.yaml")
    return caught.value


def test_the_good_rulebook_is_read_into_integers() -> None:
    rulebook = parse_rulebook(GOOD)
    rule = rulebook.selecting[0]
    assert rule.award == Each(-1100)
    assert rule.cap == -2200
    assert rule.select.item == "t/a"  # an item without a pack is one of the rulebook's own
    assert rule.select.amount is not None
    assert rule.select.amount.range == Range(5_000_000, None)  # minor units
    assert rule.window.span is Span.PREVIOUS_YEAR
    assert isinstance(rulebook.grading, Bands)
    assert rulebook.grading.bands[1].range == Range(7000, 9000)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("    each: -11", "    eech: -11", "GS-RULES-004", 11, 5),
        ("    cap: -22", "    cop: -22", "GS-RULES-002", 16, 10),
        ("    cap: -22", "    cap: -22\n    cap: -33", "GS-RULES-003", 17, 5),
        ("each: -11", "each: 1e3", "GS-RULES-006", 15, 11),
        ("each: -11", "each: 0.125", "GS-RULES-006", 15, 11),
        ("each: -11", "each: .inf", "GS-RULES-006", 15, 11),
        ("each: -11", "each: 010", "GS-RULES-006", 15, 11),
        ("each: -11", 'each: "-11"', "GS-RULES-005", 15, 11),
        ("each: -11", "each: [1]", "GS-RULES-005", 15, 11),
        ("each: -11", "each:", "GS-RULES-005", 15, 10),
        ("each: -11", "each: 0", "GS-RULES-016", 11, 5),
        ("cap: -22", "cap: 22", "GS-RULES-017", 11, 5),
        ("50000 CNY", "50000", "GS-RULES-008", 14, 42),
        ("50000 CNY", "50_000 CNY", "GS-RULES-008", 14, 42),
        ("50000 CNY", "50000 XXX", "GS-RULES-031", 14, 42),
        ("2014-10-01", "2014-02-30", "GS-RULES-007", 6, 18),
        ("2014-10-01", "1 Oct 2014", "GS-RULES-007", 6, 18),
        ("to: 2025-07-01", "to: 2014-10-01", "GS-RULES-011", 1, 1),
        ("kind: grade", "kind: list", "GS-RULES-033", 9, 8),
        ("kind: grade", "kind: opinion", "GS-RULES-005", 2, 7),
        ("{en: Example, zh: 示例}", "{en: Example}", "GS-RULES-004", 3, 8),
        ("kinds: [enterprise]", "kinds: [natural_person]", "GS-RULES-019", 1, 1),
        ("start: 100\n", "", "GS-RULES-004", 1, 1),
        ("70..90", "90..70", "GS-RULES-011", 17, 22),
        ("70..90", "seventy", "GS-RULES-005", 17, 22),
        ("id: arrears", "id: Arrears!", "GS-RULES-014", 11, 9),
        ("item: a,", "item: a, seriousness: dreadful,", "GS-RULES-005", 14, 36),
        ("period: {calendar_year: previous}", "period: {months: 0}", "GS-RULES-005", 8, 18),
        ("period: {calendar_year: previous}", "period: &p {months: 6}", "GS-RULES-010", 8, 9),
        ("period: {calendar_year: previous}", "period: !!python/object {}", "GS-RULES-010", 8, 9),
        ("    basis: [{instrument: Invented law, article: \"2\"}]\n", "", "GS-RULES-004", 11, 5),
        ("basis: [{instrument: Invented law, article: \"2\"}]", "basis: []", "GS-RULES-018", 13, 12),
    ],
)  # fmt: skip
def test_an_error_says_where_it_is(old: str, new: str, code: str, line: int, column: int) -> None:
    assert old in GOOD
    error = refused(GOOD.replace(old, new, 1))
    assert error.code == code
    assert error.where.startswith(f"example.yaml, line {line}, column {column}")
    assert error.what


def test_an_unknown_key_is_told_its_likely_name() -> None:
    assert "'cap'" in refused(GOOD.replace("cap: -22", "capp: -22")).remedy


@pytest.mark.parametrize(
    "text", ["", "- a", "a: [", "\t", "a: b: c", "x", "{" * 100, "a: *b", "\x00", "--- a\n--- b"]
)
def test_what_is_no_rulebook_is_refused_and_never_a_traceback(text: str) -> None:
    assert refused(text).code.startswith("GS-RULES-")


@given(st.data())
def test_a_mangled_file_is_refused_or_read_and_never_a_traceback(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 30)))
    text = GOOD[:start] + data.draw(st.text(max_size=8)) + GOOD[end:]
    try:
        assert isinstance(parse_rulebook(text), Rulebook)
    except Refusal as error:
        assert error.code.startswith("GS-RULES-")


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="GS-RULES-001"):
        load_rulebook(tmp_path / "missing.yaml")
    (tmp_path / "gb.yaml").write_bytes("title: 示例".encode("gb18030"))
    with pytest.raises(Refusal, match="GS-RULES-001"):
        load_rulebook(tmp_path / "gb.yaml")


def test_identity_follows_the_meaning_and_not_the_spelling() -> None:
    rulebook = parse_rulebook(GOOD)
    respelled = parse_rulebook("# a comment\n" + GOOD.replace("-11", "-11.00").replace("100\n", "100.0\n", 1))
    assert digest(rulebook) == digest(respelled)
    assert identity(rulebook).startswith("t/example@2014-10-01#")
    assert digest(parse_rulebook(GOOD.replace("50000", "50001"))) != digest(rulebook)
    assert digest(parse_rulebook(GOOD.replace("B: 70..90, C: 40..70", "B: 60..90, C: 40..60"))) != digest(
        rulebook
    )
