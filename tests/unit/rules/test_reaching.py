"""What no example reaches is named: a rule, a bracket, a band, an override, a quota."""

from __future__ import annotations

import pytest

from goodstanding.rules import parse_rulebook
from goodstanding.rules.reaching import branches, unreached
from tests.unit.rules.invented import CATALOGUE
from tests.unit.rules.test_checks import GOOD

BRANCHED = """\
rulebook: t/branched
kind: grade
title: {en: Branched, zh: 分支}
authority: t/nobody
basis: [{instrument: Invented law}]
in_force: {from: 2014-10-01}
subjects: {kinds: [enterprise]}
start: 100
facts:
  - {id: many, title: {en: Many, zh: 多}, count: {item: b}}
rules:
  - id: by-number
    title: {en: By number, zh: 按数}
    basis: [{instrument: Invented law}]
    select: {item: a}
    table: {by: {number: days}, brackets: {1..5: -1, 5..: -2}}
  - id: by-fact
    title: {en: By fact, zh: 按事实}
    basis: [{instrument: Invented law}]
    measure: many
    table: {1..3: -10, 3..: -50}
  - id: judged
    title: {en: Judged, zh: 判断}
    basis: [{instrument: Invented law}]
    when: {exists: {item: a, where: {kind: [y]}}}
    once: -5
overrides:
  - id: worst
    title: {en: Worst, zh: 最差}
    basis: [{instrument: Invented law}]
    when: {fact: many, at_least: 9}
    grade: C
grades: {A: 90.., B: ..90}
examples:
  - given: {records: []}
    on: 2020-03-01
    then: {grade: A}
"""


def left(text: str) -> set[str]:
    return {str(one) for one in unreached(parse_rulebook(text), CATALOGUE)}


def test_a_grade_that_only_a_bar_gives_does_not_reach_its_band() -> None:
    assert left(GOOD) == {"band B, 70..90"}


def test_a_rulebook_whose_examples_reach_everything_leaves_nothing() -> None:
    two = "{item: a, times: 2, decided_on: 2020-02-01, fields: {kind: x, days: 3}}"
    assert left(GOOD + f"  - {{given: {{records: [{two}]}}, on: 2020-03-01, then: {{grade: B}}}}\n") == set()


def test_what_no_example_reaches_is_named_row_by_row() -> None:
    assert left(BRANCHED) == {
        "rule by-number",
        "rule by-number, 1..5",
        "rule by-number, 5..",
        "rule by-fact",
        "rule by-fact, 1..3",
        "rule by-fact, 3..",
        "rule judged",
        "override worst",
        "band B, ..90",
    }


@pytest.mark.parametrize(
    ("records", "reached"),
    [
        ("{item: a, decided_on: 2020-02-01, fields: {days: 4}}", {"rule by-number", "rule by-number, 1..5"}),
        ("{item: a, decided_on: 2020-02-01, fields: {days: 5}}", {"rule by-number", "rule by-number, 5.."}),
        (
            "{item: b, times: 3, decided_on: 2020-02-01}",
            {"rule by-fact", "rule by-fact, 3..", "band B, ..90"},
        ),
        (
            "{item: b, times: 9, decided_on: 2020-02-01}",
            {"rule by-fact", "rule by-fact, 3..", "band B, ..90", "override worst"},
        ),
        ("{item: a, decided_on: 2020-02-01, fields: {days: 0, kind: y}}", {"rule judged", "rule by-number"}),
    ],
)
def test_an_example_reaches_what_its_records_lead_to(records: str, reached: set[str]) -> None:
    text = BRANCHED.replace("records: []", f"records: [{records}]")
    assert left(BRANCHED) - left(text) == reached


def test_every_branch_is_counted_once() -> None:
    found = branches(parse_rulebook(BRANCHED))
    assert len(found) == len(set(found)) == 10
