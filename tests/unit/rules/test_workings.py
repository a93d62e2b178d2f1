"""How a result came about: the steps lead to the result that the engine gives, and to no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.catalogue.loading import load_packs
from goodstanding.rules import Record, Rulebook, Subject
from goodstanding.rules.engines import reference
from goodstanding.rules.engines.reference import added
from goodstanding.rules.engines.workings import Workings, work_out
from goodstanding.rules.model import MEASURED, Bands, Interval, Ladder, Total
from goodstanding.rules.shelf import Shelf
from tests.unit.rules.invented import CATALOGUE, DAYS, ledgers, lists, rulebooks

PACKS = load_packs(["us-nyc", "uk-food", "cn"])
SHELF = Shelf.of(PACKS.packs)
ITEMS = {one.path: one for one in PACKS.items}


def worked(path: str, on: date, *records: Record, kind: str = "establishment") -> tuple[Rulebook, Workings]:
    """A shipped rulebook over these records."""
    rulebook = SHELF.on(path, on)
    return rulebook, work_out(rulebook, ITEMS, Subject(1, kind, date(2000, 1, 1)), records, on)


def inspection(*parts: int | None, item: str = "us-nyc/food.graded_inspection") -> Record:
    """An inspection of 3 March 2021 with its numbers in their slots."""
    numbers = (*parts, None, None, None, None)[:4]
    return Record(7, item, occurred_on=date(2021, 3, 3), decided_on=date(2021, 3, 3), numbers=numbers)


@pytest.mark.parametrize(("score", "place", "grade"), [(13, 0, "A"), (14, 1, "B"), (28, 2, "C")])
def test_a_grade_by_a_fact_names_the_value_that_decided_and_its_band(
    score: int, place: int, grade: str
) -> None:
    rulebook, found = worked("us-nyc/restaurant-grade", date(2021, 6, 1), inspection(score))
    assert found.facts == (("score", Interval.exactly(score)),)
    assert isinstance(rulebook.grading, Bands) and found.place == place
    assert rulebook.grading.bands[place].grade == grade == found.assessment.grade
    assert (found.start, found.sections, found.total) == (None, (), None)


def test_a_grade_by_a_table_names_its_facts_and_the_first_row_that_matches() -> None:
    record = inspection(0, 5, 11, item="uk-food/food.hygiene_rating")
    _, found = worked("uk-food/hygiene-rating", date(2021, 6, 1), record)
    values = {name: value.low for name, value in found.facts if isinstance(value, Interval)}
    assert values["total"] == 16 and values["largest"] == 11
    assert found.place == 3 and found.assessment.grade == "2"


def test_where_a_row_before_may_match_no_row_is_named() -> None:
    record = inspection(0, 5, None, item="uk-food/food.hygiene_rating")
    _, found = worked("uk-food/hygiene-rating", date(2021, 6, 1), record)
    assert found.place is None and found.assessment.grade is None


@settings(
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.one_of(rulebooks(), lists()), ledgers(), st.sampled_from(DAYS))
def test_the_steps_lead_to_the_result(
    rulebook: Rulebook,
    ledger: tuple[list[Subject], list[tuple[int, Record]], Sequence[tuple[int, int]]],
    on: date,
) -> None:
    for subject in ledger[0]:
        if subject.kind not in rulebook.subject_kinds:
            continue
        own = [one for owner, one in ledger[1] if owner == subject.subject_id]
        found = work_out(rulebook, CATALOGUE, subject, own, on)
        assert found.assessment == reference.assess(rulebook, CATALOGUE, subject, own, on)
        assert found.assessment.grade is not None or found.assessment.missing, "what is not known is named"
        if found.start is not None:
            assert found.summed == added(found.start, *(one.kept for one in found.sections))
            assert found.summed is not None
            assert found.total == reference.clip(found.summed, rulebook.floor, rulebook.ceiling)
        grade = found.assessment.grade
        if found.override is not None:
            assert grade == {one.id: one.grade for one in rulebook.overrides}[found.override]
        elif grade is not None and not found.bars and not rulebook.overrides and not rulebook.bars:
            assert grade == _grade_at(rulebook, found.place)


def _grade_at(rulebook: Rulebook, place: int | None) -> str:
    grading = rulebook.grading
    if isinstance(grading, Total) and place is None:
        return MEASURED
    assert place is not None
    assert isinstance(grading, Bands | Ladder)
    return grading.bands[place].grade if isinstance(grading, Bands) else grading.steps[place].grade
