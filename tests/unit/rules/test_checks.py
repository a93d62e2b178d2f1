"""What the checker finds in a rulebook that can be read."""

from __future__ import annotations

import pytest

from goodstanding.rules import check_rulebook, parse_rulebook
from tests.unit.rules.invented import CATALOGUE

GOOD = """\
rulebook: t/checked
kind: grade
title: {en: Checked, zh: 受检}
authority: t/nobody
basis: [{instrument: Invented law}]
in_force: {from: 2014-10-01}
subjects: {kinds: [enterprise]}
start: 100
sections: [{id: one, title: {en: One, zh: 一}, at_least: -40}]
facts:
  - {id: many, title: {en: Many, zh: 多}, count: {item: b}}
  - {id: twice, title: {en: Twice, zh: 二}, sum_of: [many, many]}
rules:
  - id: first
    title: {en: First, zh: 第一}
    basis: [{instrument: Invented law, article: "2"}]
    select: {item: a, where: {kind: [x], days: {at_least: 3}}}
    each: -11
    section: one
bars:
  - id: bar
    title: {en: Bar, zh: 限}
    basis: [{instrument: Invented law}]
    when: {fact: twice, at_least: 1}
    at_best: B
grades: {A: 90.., B: 70..90, C: ..70}
examples:
  - {given: {records: []}, on: 2020-03-01, then: {grade: A, points: 100}}
  - {given: {records: [{item: b, decided_on: 2020-02-01}]}, on: 2020-03-01, then: {grade: B, points: 100}}
  - given: {records: [{item: a, times: 3, decided_on: 2020-02-01, fields: {kind: x, days: 3}}]}
    on: 2020-03-01
    then: {grade: C, points: 67}
"""


def codes(text: str) -> list[str]:
    """The codes of what is found."""
    return [one.code[-3:] for one in check_rulebook(parse_rulebook(text), CATALOGUE)]


def test_a_good_rulebook_has_no_findings() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("B: 70..90", "B: 70..89", "013"),  # a gap
        ("B: 70..90", "B: 70..91", "012"),  # an overlap
        ("C: ..70", "C: 65..70", "013"),  # a total below every band
        ("A: 90..", "S: 101.., A: 90..101", "029"),  # no sum leads there
        ("C: ..70", "C: 60..70, D: ..60", "029"),  # the section keeps the total at 60 or more
        ("id: many", "id: first", "014"),  # two entries of one name
        ("section: one", "section: two", "015"),
        ("sum_of: [many, many]", "sum_of: [many, none]", "015"),
        ("at_best: B", "at_best: E", "015"),
        ("each: -11", "table: {by: {number: days}, brackets: {1..3: -1, 4..: -2}}", "013"),
        ("sum_of: [many, many]", "sum_of: [many, twice]", "030"),
        ("item: a, where", "item: nothing, where", "021"),
        ("kind: [x]", "colour: [x]", "022"),
        ("kind: [x]", "days2: {at_least: 1}", "022"),
        ("kind: [x]", "legal_representative: [x]", "019"),
        ("kind: [x]", "kind: [法定代表人]", "019"),
        ("kind: [x]", "kind: [natural_person]", "019"),
        ("kind: [x]", "kind: [x, director]", "019"),
        ("grade: B, points: 100", "grade: A, points: 100", "024"),
        ("points: 67", "points: 66", "024"),
        ("at_least: 3}}", "at_least: 4}}", "024"),
    ],
)
def test_each_fault_is_found(old: str, new: str, code: str) -> None:
    assert old in GOOD
    assert code in codes(GOOD.replace(old, new, 1))


def test_a_rulebook_without_examples_is_told_so() -> None:
    assert codes(GOOD[: GOOD.index("examples:")]) == ["025"]


def test_a_grade_that_no_example_shows_is_told_so() -> None:
    without = GOOD[: GOOD.index("  - given: {records: [{item: a, times: 3")]
    assert codes(without) == ["025"]
