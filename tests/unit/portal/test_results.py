"""The results of a file: by kind, what speaks against the organisation first, so that it is seen at once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from goodstanding.catalogue.model import Title
from goodstanding.portal import shelf
from goodstanding.portal.filepage import results_of
from goodstanding.portal.filepage.grades import GradeLine, GradeView, _is_low
from goodstanding.rules.model import CANDIDATE, Kind

STATED: dict[str, Any] = {
    "rulebook": "tax-credit",
    "version": "2025-07-01",
    "title": Title("Invented", "虚构"),
    "on": date(2026, 3, 31),
    "grade": "A",
    "grade_says": "",
    "points": "100",
    "possible": "",
    "closed": False,
    "has_points": True,
    "workings": None,
    "kind": Kind.GRADE,
    "on_list": "",
    "lettered": True,
    "low": False,
}
_ALL: dict[str, Any] = {one.name: STATED.get(one.name, ()) for one in fields(GradeView)}
PLAIN = GradeView(**_ALL)
TAKEN = GradeLine("r", Title("r", "规"), "-5", True, "met", False, (), None, False, False)


def grade(name: str, **changes: Any) -> GradeView:
    return replace(PLAIN, rulebook=name, **changes)


def test_what_speaks_against_it_comes_first_and_what_cannot_be_told_last() -> None:
    found = results_of(
        [grade("good"), grade("open", grade=None), grade("low", low=True), grade("taken", lines=(TAKEN,))]
    )
    (kind,) = found.kinds
    assert [one.rulebook for one in kind.results] == ["low", "taken", "good", "open"]
    assert (found.all, found.against, found.untold) == (4, 2, 1)


def test_the_kind_with_something_against_it_stands_before_the_others() -> None:
    score = grade("score", kind=Kind.INDEX, lines=(TAKEN,))
    met = grade("list", kind=Kind.LIST, grade=CANDIDATE, on_list=CANDIDATE)
    assert [one.kind for one in results_of([grade("good"), score]).kinds] == [Kind.INDEX, Kind.GRADE]
    assert met.against


def test_of_a_result_that_is_not_shown_nothing_is_said() -> None:
    assert not grade("closed", low=True, closed=True).against
    assert not grade("outdated", lines=(replace(TAKEN, record_ended=True),)).against


def test_many_results_are_folded_and_only_those_against_it_are_named_at_the_top() -> None:
    few, many = [grade("a"), grade("b", low=True)], [grade(str(n), low=n == 3) for n in range(9)]
    assert results_of(few).unfolded and results_of(few).further == 0
    found = results_of(many)
    assert not found.unfolded
    assert [one.rulebook for one in found.named] == ["3"] and found.further == 8
    worse = results_of([replace(one, low=True) for one in many])
    assert len(worse.named) == 5 and worse.further == 4


@pytest.mark.parametrize(
    ("path", "low"),
    [
        ("cn/tax-credit", "CD"),
        ("uk-food/hygiene-rating", "210"),
        ("us-nyc/restaurant-grade", "C"),
    ],
)
def test_the_lower_half_of_a_scale_is_low_and_a_grade_beside_the_scale_is_not(path: str, low: str) -> None:
    book = next(one.rulebook for one in shelf.rulebooks() if one.rulebook.path == path)
    assert {one for one in book.grades if _is_low(one, book)} == set(low)


def test_a_table_whose_last_row_is_for_the_unknown_has_no_low_end() -> None:
    customs = [one.rulebook for one in shelf.rulebooks() if one.rulebook.path == "cn/customs-credit"]
    assert customs and not any(_is_low(grade, book) for book in customs for grade in book.grades)
