"""A rulebook's examples pin its numbers: change one, and an example fails."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from goodstanding.catalogue.model import Item
from goodstanding.rules import Record, Rulebook, Subject, check_rulebook
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.model import DateUsed, Kind
from goodstanding.rules.running import run_example
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
    "customs-dishonest-2021": {
        # With one declaration, a single violation is above 0.1 percent: the fines alone decide there too.
        "/overrides/no-documents/when/of/0/range: high 1 to 2",
    },
    "tax-credit-2014": {
        # Points are whole here, and no rulebook is in force before the first day.
        "/overrides/no-income/when/of/1/range: low 7000 to 6999",
        "/amendments/before-m: from_day 2014-10-01 to 2014-09-30",
    },
    "tax-credit-2025": {"/overrides/no-income/when/of/1/range: low 7000 to 6999"},
    "road-construction-credit-2010": {
        # What is taken where both were scored is more than the weighted sum can make up for, give or take one.
        "/facts/bidding-alone/parts/1: numerator -10000 to -10001",
        "/facts/bidding-alone/parts/1: numerator -10000 to -9999",
        "/facts/performance-alone/parts/1: numerator -10000 to -10001",
        "/facts/performance-alone/parts/1: numerator -10000 to -9999",
    },
    # Nobody knows how far points go up or down there, wherever they start.
    "agency-credit-grade-2013": {"/start/0: points 0 to -1", "/start/0: points 0 to 1"},
    "small-firm-lending-2021": {"/start/0: points 0 to -1", "/start/0: points 0 to 1"},
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
        if all(run_example(mutant, one, catalogue).passed for one in mutant.examples):
            survived.add(what)
    if rulebook.kind in (Kind.LIST, Kind.TIER):
        assert tried or rulebook.without_criteria
    else:
        assert tried >= (6 if rulebook.has_points else 4)
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
