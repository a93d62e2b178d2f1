"""Rulebooks that rest on the results of others: in order, and never in a circle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.model import Title
from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.engines.reference import Everyone, assess_everyone
from goodstanding.rules.lines import Assessment, Status
from goodstanding.rules.records import Record, Subject
from goodstanding.rules.shelf import Shelf
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE

SINCE, ON = date(2023, 1, 1), date(2025, 3, 1)
SAME, LAST = m.ResultDay.SAME_DAY, m.ResultDay.LAST_YEAR_END


def book(path: str, *rests_on: m.ResultOf, since: date = SINCE, until: date | None = None) -> m.Rulebook:
    """C for whom another rulebook gives C; otherwise A without, and B with, a record of the last year."""
    fell = [m.Override(f"o-{one.id}", TITLE, (LAW,), m.FactIs(one.id, ("C",)), "C") for one in rests_on]
    recent = m.Exists(m.Select("t/a"), m.Window(m.Span.CURRENT_YEAR))
    return m.Rulebook(
        path=path,
        kind=m.Kind.GRADE,
        title=TITLE,
        authority="t/nobody",
        basis=(LAW,),
        in_force_from=since,
        in_force_to=until,
        subject_kinds=("enterprise",),
        start=(),
        rules=(),
        facts=rests_on,
        grading=m.Ladder((m.Step("B" if path != "t/first" else "C", recent), m.Step("A", None))),
        overrides=tuple(fell),
    )


def result(of: str, day: m.ResultDay = SAME) -> m.ResultOf:
    return m.ResultOf(f"of-{of[2:]}", TITLE, of, False, day)


def test_what_a_rulebook_rests_on_comes_first_each_once() -> None:
    shelf = Shelf(
        (
            book("t/first"),
            book("t/second", result("t/first")),
            book("t/third", result("t/second"), result("t/first")),
        )
    )
    order = shelf.order(shelf.on("t/third", ON), ON)
    assert [one.key for one in order] == [("t/first", ON), ("t/second", ON), ("t/third", ON)]


def test_a_circle_within_a_day_is_refused_when_the_shelf_is_loaded() -> None:
    shelf = Shelf((book("t/first", result("t/second")), book("t/second", result("t/first"))))
    with pytest.raises(Refusal, match="GS-RULES-054"):
        shelf.check_references()
    with pytest.raises(Refusal, match="GS-RULES-054"):
        Shelf((book("t/first", result("t/first")),)).check_references()


def test_a_rulebook_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="GS-RULES-051"):
        Shelf((book("t/second", result("t/first")),)).check_references()


def test_last_years_own_result_leads_back_to_the_beginning() -> None:
    shelf = Shelf((book("t/first", result("t/first", LAST)),))
    shelf.check_references()
    order = shelf.order(shelf.on("t/first", ON), ON)
    assert [one.on for one in order] == [date(2023, 12, 31), date(2024, 12, 31), ON]


def test_another_day_chooses_the_version_of_that_day() -> None:
    shelf = Shelf(
        (
            replace(book("t/first", until=date(2025, 1, 1)), title=Title("Old", "旧")),
            book("t/first", since=date(2025, 1, 1)),
            book("t/second", result("t/first", LAST)),
        )
    )
    first, _ = shelf.order(shelf.on("t/second", ON), ON)
    assert first.rulebook.title.en == "Old"


def assessed(shelf: Shelf, path: str, records: list[tuple[int, Record]], on: date = ON) -> list[Assessment]:
    everyone = Everyone([Subject(1, "enterprise"), Subject(2, "enterprise")], records)
    results: dict[tuple[str, date], tuple[Assessment, ...]] = {}
    for one in shelf.order(shelf.on(path, on), on):
        results[one.key] = assess_everyone(one.rulebook, CATALOGUE, everyone, one.on, results).assessments
    return list(results[(path, on)])


def test_a_result_counts_with_its_grade_and_a_line_of_its_own() -> None:
    shelf = Shelf((book("t/first"), book("t/second", result("t/first"))))
    fell, fine = assessed(shelf, "t/second", [(1, Record(7, "t/a", decided_on=ON))])
    assert (fell.grade, fine.grade) == ("C", "A")
    assert [(one.rule, one.record_id, one.status) for one in fine.lines] == [("of-first", None, Status.MET)]


def test_a_result_carries_the_class_of_what_it_rests_on() -> None:
    shelf = Shelf((book("t/first"), book("t/second", result("t/first"))))
    fell, fine = assessed(shelf, "t/second", [(1, Record(7, "t/a", decided_on=ON, access=2))])
    assert (fell.access, fine.access) == (2, 0)
    line = next(one for one in fell.lines if one.rule == "of-first")
    assert line.access == 2


def test_on_a_day_before_the_other_rulebook_its_result_is_not_known() -> None:
    shelf = Shelf((book("t/first", since=date(2025, 1, 1)), book("t/second", result("t/first", LAST))))
    fell, fine = assessed(shelf, "t/second", [(1, Record(7, "t/a", decided_on=ON))])
    assert (fell.grade, fell.possible, fell.missing) == (None, ("B", "C"), ("of-first",))
    assert (fine.grade, fine.possible) == (None, ("A", "C"))
    assert fine.lines[0].status is Status.UNKNOWN


def test_a_draft_that_rests_on_what_rests_on_its_path_is_refused() -> None:
    """A draft of a shipped rulebook is not on the shelf; the other one would rest on the shipped one instead."""
    shelf = Shelf((book("t/first"), book("t/second", result("t/first"))))
    with pytest.raises(Refusal, match="GS-RULES-054"):
        shelf.order(book("t/first", result("t/second")), ON)


def test_the_rulebook_that_is_asked_for_comes_last() -> None:
    shelf = Shelf((book("t/first"), book("t/second", result("t/first", LAST))))
    draft = book("t/first", result("t/second"))
    order = shelf.order(draft, ON)
    assert [one.key for one in order][-1] == ("t/first", ON)
    assert order[-1].rulebook is draft
    assert order[0].rulebook is shelf.on("t/first", date(2024, 12, 31))


def test_years_without_an_end_are_refused() -> None:
    ancient = book("t/first", result("t/first", LAST), since=date(1000, 1, 1))
    shelf = Shelf((ancient,))
    with pytest.raises(Refusal, match="GS-RULES-054"):
        shelf.order(shelf.on("t/first", ON), ON)
