"""The published cases by which another engine can prove itself: both engines here pass them, and they are current."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import Assessment, Record
from goodstanding.rules.around import Around
from goodstanding.rules.engines import duckdb as sql
from goodstanding.rules.engines import reference
from goodstanding.rules.engines.reference import members_of
from goodstanding.rules.model import Bands, Range, plain
from goodstanding.rules.model.restoring import restored
from tests.conformance.cases import Case, Suite, read, written
from tests.conformance.making import FOLDER, composed_for, shipped
from tests.unit.rules.parts import write

FILES = sorted(FOLDER.glob("*.json"))


def by_reference(suite: Suite, case: Case) -> Assessment:
    book = composed_for(suite, case)
    own: dict[int, list[Record]] = {}
    for owner, record in case.records:
        own.setdefault(owner, []).append(record)
    groups = members_of(case.subject, book, own, case.ties, case.on, {})
    (subject,) = [one for one in case.subjects if one.subject_id == case.subject]
    around = Around(case.results, groups, case.cut_offs)
    return reference.assess(book, suite.catalogue, subject, own.get(case.subject, ()), case.on, around)


MANY = 1000
"""Between the ids of two cases that are run together: no case has as many records or subjects."""


def by_sql(suite: Suite, case: Case, folder: Path) -> Assessment:
    extract = write(folder, case.subjects, case.records, ties=case.ties)
    results = {key: [one] for key, one in case.results.items()}
    return sql.explain_one(
        composed_for(suite, case),
        suite.catalogue,
        extract,
        case.subject,
        case.on,
        results=results,
        cut_offs=case.cut_offs,
    )


def together(suite: Suite, cases: list[Case], folder: Path) -> list[Assessment]:
    """Cases of one day that rest on nothing but records, in one run: each with ids of its own."""
    subjects, records = [], []
    for number, case in enumerate(cases):
        up = number * MANY
        subjects += [replace(one, subject_id=one.subject_id + up) for one in case.subjects]
        records += [(owner + up, replace(one, record_id=one.record_id + up)) for owner, one in case.records]
    extract = write(folder, subjects, records)
    with sql.assess_all(
        composed_for(suite, cases[0]), suite.catalogue, extract, cases[0].on, threads=1
    ) as run:
        found = {one.subject_id: one for one in sql.assessments_of(run)}
    return [_down(found[case.subject + number * MANY], number * MANY) for number, case in enumerate(cases)]


def _down(found: Assessment, up: int) -> Assessment:
    """With the ids of the case again."""
    lines = tuple(
        replace(one, record_id=None if one.record_id is None else one.record_id - up) for one in found.lines
    )
    return replace(found, subject_id=found.subject_id - up, lines=lines)


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_the_reference_engine_passes(file: Path) -> None:
    suite = read(file.read_text(encoding="utf-8"))
    for case in suite.cases:
        assert by_reference(suite, case) == case.expected, case.title


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_the_sql_engine_passes(file: Path, tmp_path: Path) -> None:
    suite = read(file.read_text(encoding="utf-8"))
    ranked = bool(suite.rulebook.quotas)  # who is run together is ranked together
    alone = [one for one in suite.cases if ranked or one.ties or one.results]
    for number, case in enumerate(alone):
        assert by_sql(suite, case, tmp_path / str(number)) == case.expected, case.title
    others = [one for one in suite.cases if one not in alone]
    for on in sorted({one.on for one in others}):
        cases = [one for one in others if one.on == on]
        found = together(suite, cases, tmp_path / on.isoformat())
        for case, one in zip(cases, found, strict=True):
            assert one == case.expected, case.title


def test_every_shipped_rulebook_is_there_as_it_is_shipped() -> None:
    """Stale after a change of a rulebook or an example: `make conformance`."""
    current = {name: written(suite) for name, suite in shipped()}
    there = {
        one.name: one.read_text(encoding="utf-8") for one in FILES if not one.name.startswith("generated-")
    }
    assert sorted(there) == sorted(current), "make conformance"
    assert [name for name in current if current[name] != there[name]] == [], "make conformance"


def test_generated_cases_hold_each_kind_of_what_rulebooks_rest_on() -> None:
    suites = [read(one.read_text(encoding="utf-8")) for one in FILES if one.name.startswith("generated-")]
    cases = [case for suite in suites for case in suite.cases]
    assert any(case.results for case in cases) and any(case.cut_offs for case in cases)
    assert any(case.ties for case in cases)
    assert {one.status.value for case in cases for one in case.expected.lines} == {"met", "unknown", "absent"}
    assert {case.expected.grade is None for case in cases} == {True, False}


@pytest.mark.parametrize("file", FILES[::7], ids=lambda one: one.stem)
def test_a_rulebook_comes_back_from_its_canonical_form_as_it_was(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))["rulebook"]
    assert plain(restored(data)) == data


def test_a_file_that_was_tampered_with_is_not_taken() -> None:
    text = FILES[0].read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="digest"):
        read(text.replace('"kind":"', '"kind":"x', 1))
    with pytest.raises(ValueError, match="format"):
        read(text.replace("goodstanding-conformance/1", "goodstanding-conformance/2"))


@pytest.mark.parametrize(
    "node", [{"node": "Nothing"}, {"node": "Title", "en": "a", "zh": "b"}, {"node": "Band", "x": 1}]
)
def test_what_is_no_canonical_form_of_a_rulebook_is_refused(node: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        restored(node)
    assert refused.value.code == "GS-RULES-060"


def test_an_engine_that_ends_a_band_one_too_early_fails() -> None:
    suite = read((FOLDER / "us-nyc.restaurant-grade@2010-07-27.json").read_text(encoding="utf-8"))
    grading = suite.rulebook.grading
    assert isinstance(grading, Bands)
    first = replace(grading.bands[0], range=Range(None, 13))
    moved = replace(grading, bands=(first, *grading.bands[1:]))
    wrong = replace(suite, rulebook=replace(suite.rulebook, grading=moved))
    assert any(by_reference(wrong, case) != case.expected for case in wrong.cases)
