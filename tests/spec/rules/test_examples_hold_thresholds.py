"""A rulebook's examples pin its numbers: change one, and an example fails."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from goodstanding.catalogue.model import Item
from goodstanding.rules import Record, Rulebook, Subject, check_rulebook, run_examples
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.model import DateUsed, Kind
from tests.spec.rules.conftest import FILES
from tests.spec.rules.mutations import mutants

# Changes that change nothing, and why. `test_what_is_excused_changes_nothing` holds the reasons.
EXCUSED = {
    "hygiene-rating-2010": {
        # Three parts of at most 5 (of at most 10) never sum to more than 15 (30).
        "/grading/steps/5/when/of/0/range: high 16 to 17",
        "/grading/steps/3/when/of/0/range: high 31 to 32",
    },
    "environmental-credit-hubei-2019": {
        # Known deductions lead to 80, 50, 20 and 0 at the least: no total tells 30, 40 and 50 apart.
        "/grading: threshold 4000 to 3000",
        "/grading: threshold 4000 to 5000",
    },
}


@pytest.mark.parametrize("name", [one.stem for one in FILES])
def test_a_shipped_rulebook_has_no_findings(
    name: str, rulebooks: dict[str, Rulebook], catalogue: dict[str, Item]
) -> None:
    assert check_rulebook(rulebooks[name], catalogue) == ()


@pytest.mark.parametrize("name", [one.stem for one in FILES])
def test_changing_a_number_breaks_an_example(
    name: str, rulebooks: dict[str, Rulebook], catalogue: dict[str, Item]
) -> None:
    tried, survived = 0, set()
    rulebook = rulebooks[name]
    for what, mutant in mutants(rulebook):
        tried += 1
        if all(one.passed for one in run_examples(mutant, catalogue)):
            survived.add(what)
    if rulebook.kind is Kind.LIST:
        assert tried or rulebook.without_criteria
    else:
        assert tried >= 6
    assert survived == EXCUSED.get(name, set())


def test_what_is_excused_changes_nothing(rulebooks: dict[str, Rulebook], catalogue: dict[str, Item]) -> None:
    """Every combination of parts up to 31 is rated the same by the rulebook and by its excused changes."""
    rulebook = rulebooks["hygiene-rating-2010"]
    day = rulebook.in_force_from
    excused = [mutant for what, mutant in mutants(rulebook) if what in EXCUSED["hygiene-rating-2010"]]
    assert len(excused) == 2
    for parts in product((0, 4, 5, 6, 9, 10, 11), repeat=3):
        record = Record(1, "uk-food/food.hygiene_rating", decided_on=day, numbers=(*parts, None))
        grades = {
            assess(one, catalogue, Subject(1, "establishment"), [record], day).grade
            for one in (rulebook, *excused)
        }
        assert len(grades) == 1


def test_rulebooks_of_one_path_follow_each_other_without_overlap(rulebooks: dict[str, Rulebook]) -> None:
    by_path: dict[str, list[Rulebook]] = {}
    for one in rulebooks.values():
        by_path.setdefault(one.path, []).append(one)
    for versions in by_path.values():
        versions.sort(key=lambda one: one.in_force_from)
        for earlier, later in pairwise(versions):
            assert earlier.in_force_to is not None
            assert earlier.in_force_to <= later.in_force_from


def test_no_rulebook_of_the_chinese_pack_looks_at_a_person(rulebooks: dict[str, Rulebook]) -> None:
    tax = rulebooks["tax-credit-2025"]
    assert "indicator-010107" in {one.id for one in tax.untranslatable}
    assert all("010107" not in one.title.en for one in tax.rules)
    assert {window.used for _, _, window in tax.selects()} == {DateUsed.DECIDED_ON}
