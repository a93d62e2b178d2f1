"""The same organisations under two rulebooks: who goes where, by which lines, and what cannot be compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access
from goodstanding.rules import Record, Rulebook, Subject, digest, parse_rulebook
from goodstanding.rules.comparing import (
    CANNOT_TELL,
    NOT_ASSESSED,
    NOT_PUBLIC,
    Comparison,
    Kept,
    apply,
    compare,
    measure_of,
    named_version,
)
from goodstanding.rules.shelf import Shelf
from tests.unit.rules.invented import CATALOGUE
from tests.unit.rules.parts import write

ON = date(2020, 3, 1)
OLD = """\
rulebook: t/moving
kind: grade
title: {en: Moving, zh: 变动}
authority: t/nobody
basis: [{instrument: Invented law}]
in_force: {from: 2014-10-01, to: 2019-01-01}
subjects: {kinds: [enterprise]}
start: 100
rules:
  - id: late
    title: {en: Late, zh: 逾期}
    basis: [{instrument: Invented law}]
    select: {item: a}
    each: -5
  - id: listed
    title: {en: Listed, zh: 列入}
    basis: [{instrument: Invented law}]
    select: {item: b}
    each: -20
grades: {A: 90.., B: 70..90, C: ..70}
"""
NEW = OLD.replace("{from: 2014-10-01, to: 2019-01-01}", "{from: 2019-01-01}").replace("each: -5", "each: -11")
FIRMS = [Subject(number, "enterprise") for number in (1, 2, 3, 4)]


def late(number: int, access: Access = Access.PUBLIC, item: str = "t/a") -> Record:
    return Record(record_id=number, item=item, decided_on=date(2020, 2, 1), access=access)


RECORDS = [(2, late(1)), (3, late(2)), (3, late(3)), (3, late(4)), (4, late(5, item="t/b"))]


def compared(
    folder: Path,
    one: Rulebook,
    other: Rulebook,
    records: list[tuple[int, Record]] | None = None,
    subjects: list[Subject] | None = None,
) -> Comparison:
    extract = write(folder, subjects or FIRMS, RECORDS if records is None else records)
    shelf = Shelf((one, other))
    return compare(apply(one, ON, shelf), apply(other, ON, shelf), shelf, CATALOGUE, lambda _: extract)


def cells(found: Comparison) -> dict[tuple[str, str], int]:
    return {(one.one, one.other): one.subjects for one in found.cells}


def test_each_organisation_stands_in_one_cell(tmp_path: Path) -> None:
    found = compared(tmp_path, parse_rulebook(OLD), parse_rulebook(NEW))
    assert cells(found) == {("A", "A"): 1, ("A", "B"): 1, ("B", "B"): 1, ("B", "C"): 1}
    assert (found.subjects, found.count(alike=True), found.count(alike=False)) == (4, 2, 2)


def test_a_move_names_the_rules_whose_lines_differ_and_by_how_much(tmp_path: Path) -> None:
    found = compared(tmp_path, parse_rulebook(OLD), parse_rulebook(NEW))
    (fell,) = [one for one in found.cells if (one.one, one.other) == ("B", "C")]
    assert [(one.rule, one.subjects, one.points) for one in fell.reasons] == [("late", 1, -1800)]
    # The rule about the list says the same in both: it is no reason, though it has a line.
    assert all(one.rule != "listed" for cell in found.cells for one in cell.reasons)


def test_who_moves_without_a_line_that_differs_is_counted(tmp_path: Path) -> None:
    stricter = parse_rulebook(
        NEW.replace("each: -11", "each: -5").replace("A: 90..", "A: 100..").replace("70..90", "70..100")
    )
    found = compared(tmp_path, parse_rulebook(OLD), stricter)
    (fell,) = [one for one in found.cells if (one.one, one.other) == ("A", "B")]
    assert (fell.subjects, fell.reasons, fell.without) == (1, (), 1)


def test_who_moves_furthest_comes_first(tmp_path: Path) -> None:
    harsh = parse_rulebook(NEW.replace("each: -11", "each: -40"))
    found = compared(tmp_path, parse_rulebook(OLD), harsh)
    furthest = [(one.subject_id, one.one, one.other) for one in found.movers]
    assert furthest == [(2, "A", "C"), (3, "B", "C")]


def test_of_those_who_move_as_far_the_one_with_more_points_comes_first(tmp_path: Path) -> None:
    harsh = parse_rulebook(NEW.replace("each: -11", "each: -40"))
    records = [(1, late(1)), (2, late(2)), (2, late(3)), (3, late(4))]
    found = compared(tmp_path, parse_rulebook(OLD), harsh, records)
    assert [one.subject_id for one in found.movers if (one.one, one.other) == ("A", "C")] == [2, 1, 3]


def test_a_version_that_is_not_in_force_is_applied_as_if_and_says_so(tmp_path: Path) -> None:
    old = parse_rulebook(OLD)
    found = compared(tmp_path, old, parse_rulebook(NEW))
    assert (found.one.as_if, found.other.as_if) == (True, False)
    assert found.one.digest == digest(old)  # of the rulebook as released, not as applied


def test_what_rests_on_a_closed_record_is_counted_as_not_public_and_gives_no_reason(tmp_path: Path) -> None:
    records = [(2, late(1, Access.RESTRICTED))]
    found = compared(tmp_path, parse_rulebook(OLD), parse_rulebook(NEW), records)
    (closed,) = [one for one in found.cells if NOT_PUBLIC in (one.one, one.other)]
    assert (closed.one, closed.other, closed.subjects, closed.reasons) == (NOT_PUBLIC, NOT_PUBLIC, 1, ())
    assert all(one.subject_id != 2 for one in found.movers)


def test_reasons_count_nobody_of_whom_the_reader_may_not_know(tmp_path: Path) -> None:
    """Firms 2 and 3 move for the same reason, by as much; of 3 the reader may not know."""
    records = [(firm, late(10 * firm + place)) for firm in (2, 3) for place in range(3)]
    extract = write(tmp_path, FIRMS, records)
    one, other = parse_rulebook(OLD), parse_rulebook(NEW)
    shelf = Shelf((one, other))

    def told(*hidden: int) -> list[tuple[int, list[tuple[str, int, int | None]], int]]:
        found = compare(
            apply(one, ON, shelf),
            apply(other, ON, shelf),
            shelf,
            CATALOGUE,
            lambda _: extract,
            kept=lambda _: Kept(hidden=hidden),
        )
        assert not {one.subject_id for one in found.movers}.intersection(hidden)
        moved = [each for each in found.cells if each.alike is False]
        return [
            (each.subjects, [(why.rule, why.subjects, why.points) for why in each.reasons], each.without)
            for each in moved
        ]

    assert told() == [(2, [("late", 2, -3_600)], 0)]
    assert told(3) == [(1, [("late", 1, -1_800)], 0)]
    assert told(2, 3) == []


def test_whom_only_one_of_them_assesses_is_not_compared(tmp_path: Path) -> None:
    wider = parse_rulebook(NEW.replace("[enterprise]", "[enterprise, public_institution]"))
    found = compared(tmp_path, parse_rulebook(OLD), wider, [], [*FIRMS, Subject(9, "public_institution")])
    assert cells(found)[(NOT_ASSESSED, "A")] == 1
    assert found.count(alike=None) == 1


def test_where_one_cannot_tell_nothing_is_compared(tmp_path: Path) -> None:
    silent = parse_rulebook(
        NEW.replace("each: -11", "each: {not_stated: deduction}").replace("t/moving", "t/other")
    )
    found = compared(tmp_path, parse_rulebook(OLD), silent)
    doubtful = [one for one in found.cells if one.other == CANNOT_TELL]
    assert sum(one.subjects for one in doubtful) == 2
    assert all(one.alike is None for one in doubtful)
    # Of two rulebooks that have nothing to do with each other, all lines of both stand as reasons.
    assert {(each.side, each.rule) for one in doubtful for each in one.reasons} == {(1, "late"), (2, "late")}


@pytest.mark.parametrize(
    ("grades", "pairs"),
    [
        ("{A: 90.., B: 70..90, C: ..70}", {("A", "A"): True, ("B", "C"): False}),
        ("{x: 90.., y: 70..90, z: ..70}", {("A", "x"): True, ("B", "y"): True, ("A", "z"): False}),
        ("{x: 90.., z: ..90}", {("A", "x"): True, ("C", "z"): True, ("B", "z"): False}),
    ],
)
def test_grades_are_held_against_each_other_by_name_by_place_or_by_the_ends(
    grades: str, pairs: dict[tuple[str, str], bool]
) -> None:
    other = parse_rulebook(NEW.replace("{A: 90.., B: 70..90, C: ..70}", grades))
    measure = measure_of(parse_rulebook(OLD), other)
    assert {pair: measure.alike(*pair) for pair in pairs} == pairs
    assert measure.alike("A", CANNOT_TELL) is None


def test_a_version_is_named_by_its_path_and_a_day() -> None:
    old, new = parse_rulebook(OLD), parse_rulebook(NEW)
    shelf = Shelf((old, new))
    assert named_version(shelf, "t/moving@2014-10-01") is old
    assert named_version(shelf, "t/moving@2018-12-31") is old
    assert named_version(shelf, "t/moving") is new
    assert named_version(shelf, "t/moving", date(2015, 1, 1)) is old
    assert named_version(shelf, "t/moving", date(1999, 1, 1)) is new
    for name, code in (("t/moving@1999-01-01", "071"), ("t/none", "070"), ("t/moving@today", "072")):
        with pytest.raises(Refusal) as refused:
            named_version(shelf, name)
        assert refused.value.code == f"GS-RULES-{code}"
