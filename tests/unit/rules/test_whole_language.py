"""Every construct of the language: read, checked, run, pinned by examples, and worded on a page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from goodstanding.core.errors import Refusal
from goodstanding.rules import check_rulebook, load_rulebook, parse_rulebook, run_examples
from goodstanding.rules import model as m
from goodstanding.rules.running import run_example
from tests.spec.rules.mutations import mutants
from tests.spec.rules.test_schema import SCHEMA, AsEditorsRead
from tests.unit.rules.invented import CATALOGUE

FILES = sorted((Path(__file__).parent / "language").glob("*.yaml"))
TEXTS = {one.stem: one.read_text(encoding="utf-8") for one in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_it_has_no_findings_and_its_examples_hold(file: Path) -> None:
    assert check_rulebook(load_rulebook(file), CATALOGUE) == ()


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_changing_any_number_day_or_word_of_it_breaks_an_example(file: Path) -> None:
    rulebook = load_rulebook(file)
    survived = [
        what
        for what, mutant in mutants(rulebook)
        if all(one.passed for one in run_examples(mutant, CATALOGUE))
    ]
    assert survived == []


def test_every_new_node_is_among_them() -> None:
    """So that what the test above promises is promised of all of them."""
    said = {type(node) for text in TEXTS.values() for node in nodes(parse_rulebook(text))}
    for node in (
        *(m.JudgedRule, m.MeasuredRule, m.PerUnit, m.FactTable, m.RatioOf, m.WeightedOf, m.ResultOf),
        *(m.DatedTest, m.AtLeastOf, m.Quota, m.Amendment, m.Tier, m.Total, m.Untranslated),
        *(m.GivenResult, m.GivenMember, m.GivenCutoff),
    ):
        assert node in said, node


def nodes(one: object) -> list[object]:
    """A node and all below it."""
    if isinstance(one, tuple):
        return [each for part in one for each in nodes(part)]
    fields = getattr(one, "__dataclass_fields__", {})
    return [one, *(each for name in fields for each in nodes(getattr(one, name)))]


def test_a_list_reads_into_candidates_and_never_into_entries() -> None:
    book = parse_rulebook(TEXTS["list"])
    assert [(one.id, one.grade) for one in book.overrides] == [
        ("repaired", "none"),
        ("elsewhere", "candidate"),
        ("unpaid", "candidate"),
    ]
    assert book.of_list == "t/defaulters"
    assert book.overrides[2].covers == ("30/1",)
    assert not book.without_criteria
    assert parse_rulebook(TEXTS["list-without-criteria"]).without_criteria


def test_shares_and_fractions_are_kept_exactly() -> None:
    book = parse_rulebook(TEXTS["points"])
    assert book.quotas[0].best == 1000  # hundredths of a percent
    mixed = next(one for one in book.facts if isinstance(one, m.WeightedOf))
    assert mixed.parts == (m.Weight("kinds", 3, 2), m.Weight("all", -1, 4))
    tiers = parse_rulebook(TEXTS["tier"]).tiers
    assert [(one.lowest, one.highest) for one in tiers] == [(0, 500), (550, None), (10000, 10000)]
    assert tiers[1].frequency is None


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "at"),
    [
        ("list", "list: t/defaulters", "start: 0", "033", "0\ntitle"),
        ("list", "list: t/defaulters\n", "", "004", "rulebook: t/list"),
        ("list", "criteria:\n", "criterion:\n", "004", "rulebook: t/list"),
        ("tier", "kind: tier", "kind: grade", "033", "A: {ratio"),
        ("tier", "[0 %, 5 %]", "[0 %, 5]", "036", "5]"),
        ("tier", "[0 %, 5 %]", "[5 %]", "005", "[5 %]"),
        ("tier", "[0 %, 5 %]", "[6 %, 5 %]", "011", "{ratio: [6"),
        ("tier", "[0 %, 5 %]", "[0 %, 101 %]", "005", "{ratio: [0"),
        ("index", "because: refused", "because: nobody_cares", "005", "nobody_cares"),
        ("index", "    because: refused\n", "", "004", "id: personal-points"),
        ("index", "measure: share", "measures: share", "004", "id: by-share"),
        ("index", "once: 7", "each: 7", "004", "id: platform"),
        ("index", "once: 7", "once: 0", "016", "id: platform"),
        ("index", "over: 5", "over: 5.5", "005", "5.5"),
        ("index", "unit: 10", "unit: 0", "005", "{unit: 0"),
        ("index", '"90/12"', '"90-12"', "005", '"90-12"'),
        ("points", "weight: 3/2", "weight: 3:2", "036", "3:2"),
        ("points", "weight: 3/2", "weight: 0/2", "005", "{fact: kinds, weight"),
        ("points", ", round: half_up", "", "004", "{parts"),
        ("points", "round: half_up", "round: nearest", "005", "nearest"),
        ("points", "what: points", "what: rank", "005", "rank"),
        ("points", "best: 10 %", "best: 100 %", "005", "{id: few"),
        ("points", "ties: in", "ties: both", "005", "both}"),
        ("points", "otherwise: B", "otherwise: A", "005", "{id: few"),
        ("points", "number: 2", "number: 4", "005", "at_least_of:"),
        ("points", "to: 2020-02-01", "to: 2020-01-01", "011", "{id: grace"),
        ("points", "to: 2019-07-01", "to: 2019-05-01", "011", "{date: decided_on"),
        ("points", "{few: 58}", "{many: 58}", "015", "58}}"),
        ("points", "surely: 63", "surely: 61", "011", "{surely"),
        ("points", "suspend: two-of-three", "suspends: two-of-three", "004", "{id: grace"),
    ],
)
def test_an_error_says_what_and_where(name: str, old: str, new: str, code: str, at: str) -> None:
    assert old in TEXTS[name]
    text = TEXTS[name].replace(old, new, 1)
    before = text[: text.index(at)]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    with pytest.raises(Refusal) as caught:
        parse_rulebook(text, "it.yaml")
    found = caught.value
    assert (found.code[-3:], found.where) == (code, f"it.yaml, line {line}, column {column}")
    assert found.what


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("list", "listed: [b]", "listed: [a]", "034"),  # not a listing
        ("list", "to: 2019-02-01, not: true", "to: 2019-02-01", "024"),
        ("list", "from: 2019-01-01, to: 2019-02-01, not: true", "to: 0001-01-01", "034"),
        ("list-without-criteria", "untranslatable:", "notes: []\nuntranslatable:", ""),
        ("tier", "  B: {ratio: [5.5 %, null], frequency: null}\n", "", "015"),
        ("tier", "  B: {ratio", "  E: {ratio", "015"),
        ("index", "maximum: 30", "maximum: 31", "035"),
        ("index", "at_most: 10", "at_most: 11", "035"),
        ("index", "points: 3\n", "points: 2\n", "035"),
        ("index", "    section: people\n    basis", "    section: nobody\n    basis", "015"),
        ("index", "measure: share", "measure: shares", "015"),
        ("points", "measure: score", "measure: other", "015"),  # a code, not a number
        ("points", "grade: A, best", "grade: E, best", "015"),
        ("points", "grade: A, best: 10 %, of: everyone, by: points, otherwise: B",
         "grade: B, best: 10 %, of: everyone, by: points, otherwise: A", "015"),
        ("points", "suspend: two-of-three", "suspend: nothing", "015"),
        ("points", "suspend: two-of-three, from: 2020-01-01",
         "suspend: bonus, by: decided_on, from: 2020-01-01", "015"),
        ("points", "of: t/other, what: grade, on: last_year_end", "of: points, what: grade", "030"),
        ("points", "distinct: kind", "distinct: colour", "022"),
        ("points", "distinct: kind", "distinct: director", "019"),
        ("points", "ties: [branch_of,", "ties: [spouse_of, branch_of,", "019"),
        ("points", "tie: branch_of", "tie: agent_of", "015"),
        ("points", "results: {other: {grade: A}", "results: {kinds: {grade: A}", "015"),
        ("points", "8000..9000: 4, 9000", "8000..8900: 4, 9000", "013"),
        ("points", "when: {fact: late, at_least: 31}", "when: {points: {at_least: 31}}", "015"),
        ("points", "A: 58..", "A: 80.., B2: 58..80", "029"),
    ],
)  # fmt: skip
def test_each_fault_is_found(name: str, old: str, new: str, code: str) -> None:
    assert old in TEXTS[name]
    found = [
        one.code[-3:] for one in check_rulebook(parse_rulebook(TEXTS[name].replace(old, new, 1)), CATALOGUE)
    ]
    assert code in found if code else found == []


@pytest.mark.parametrize(
    ("by", "found"), [(None, False), ("late", False), ("other", True), ("nothing", True)]
)
def test_a_quota_ranks_by_the_total_or_by_a_number(by: str | None, found: bool) -> None:
    book = parse_rulebook(TEXTS["points"])
    ranked = replace(book, quotas=(replace(book.quotas[0], by=by),))
    assert ("GS-RULES-015" in {one.code for one in check_rulebook(ranked)}) is found


def test_what_cites_no_law_is_found() -> None:
    book = parse_rulebook(TEXTS["points"])
    uncited = replace(book, amendments=(replace(book.amendments[0], basis=()),))
    assert [one.code for one in check_rulebook(uncited)] == ["GS-RULES-018"]
    silent = replace(parse_rulebook(TEXTS["list-without-criteria"]), untranslatable=())
    assert [one.code for one in check_rulebook(silent)] == ["GS-RULES-018"]


@pytest.mark.parametrize(("least", "found"), [(7100, False), (7200, True)])
def test_a_condition_that_no_total_meets_is_found(least: int, found: bool) -> None:
    book = parse_rulebook(TEXTS["points"])
    late = replace(book.bars[0], when=m.PointsIn(m.Range(least, None)))
    assert ("GS-RULES-029" in {one.code for one in check_rulebook(replace(book, bars=(late,)))}) is found


def test_a_result_of_another_day_is_not_used() -> None:
    book = parse_rulebook(TEXTS["points"])
    example = next(one for one in book.examples if any(each.on for each in one.results))
    moved = replace(example, results=tuple(replace(one, on=example.on) for one in example.results))
    assert run_example(book, example, CATALOGUE).passed
    assert not run_example(book, moved, CATALOGUE).passed


def test_a_step_that_an_earlier_one_always_takes_is_found() -> None:
    text = TEXTS["tier"].replace("grade_by: many\n", "")
    steps = (
        "[{grade: A, when: {fact: many, at_most: 3}}, {grade: B, when: {fact: many, at_most: %d}},"
        " {grade: C, otherwise: true}]"
    )
    for most, code in ((2, True), (5, False)):
        book = parse_rulebook(text.replace("{A: ..1, B: 1..3, C: 3..}", steps % most))
        assert ("GS-RULES-023" in {one.code for one in check_rulebook(book)}) is code


def schema_says(name: str, old: str = "", new: str = "") -> list[ValidationError]:
    """What the schema has against a rulebook of these."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    text = TEXTS[name].replace(old, new, 1) if old else TEXTS[name]
    said: Any = yaml.load(text, AsEditorsRead)
    return list(validator.iter_errors(said))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_schema_knows_every_construct(name: str) -> None:
    assert schema_says(name) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("list", "criteria:\n", "start: 0\ncriteria:\n"),
        ("tier", "kind: tier", "kind: grade"),
        ("index", "because: refused", "because: nobody_cares"),
        ("points", "best: 10 %", "best: ten"),
        ("points", "once: -1", "each: -1"),
        ("points", "weight: 3/2", "weight: much"),
    ],
)
def test_the_schema_catches_what_an_editor_should(name: str, old: str, new: str) -> None:
    assert schema_says(name, old, new)
