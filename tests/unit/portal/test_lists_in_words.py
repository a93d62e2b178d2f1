"""What decided of a list or a tier, in words: the criteria and their law, never a row of a table that is not there."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.model import Basis, FieldType, Title
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose import workings_text
from goodstanding.rules import Record, Subject
from goodstanding.rules import model as m
from goodstanding.rules.engines.workings import work_out
from goodstanding.rules.records import SLOTS, slot_of
from tests.unit.rules.bothways import ALWAYS
from tests.unit.rules.bothways import ON as DAY
from tests.unit.rules.bothways import record as of_item
from tests.unit.rules.invented import CATALOGUE

ON = date(2020, 6, 1)
LAW = Basis("Law 1", "2")
SPARED = m.Rulebook(
    path="t/list",
    kind=m.Kind.LIST,
    title=Title("A list", "名单"),
    authority="t/nobody",
    basis=(LAW,),
    in_force_from=date(2000, 1, 1),
    in_force_to=None,
    subject_kinds=("enterprise",),
    start=(),
    rules=(),
    facts=(),
    grading=m.Ladder((m.Step("none", None),)),
    overrides=(
        m.Override("spared", Title("Spared", "除外"), (LAW,), m.Exists(m.Select("t/b"), ALWAYS), "none"),
        m.Override("blamed", Title("Blamed", "列入"), (LAW,), m.Exists(m.Select("t/a"), ALWAYS), "candidate"),
    ),
    of_list="t/b",
)


def decided_of(book: m.Rulebook, *items: str, hidden: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What decided over one record of each of these items."""
    records = [of_item(number, item=item) for number, item in enumerate(items, 1)]
    worked = work_out(book, CATALOGUE, Subject(1, "enterprise"), records, DAY)
    return workings_text(book, worked, Language.EN, hidden).decided


def said(path: str, on: date, *records: Record, lang: Language = Language.EN) -> tuple[str, ...]:
    """What a shipped rulebook says decided, without results of other rulebooks."""
    book = shelf.rule_shelf().on(path, on)
    worked = work_out(book, shelf.items(), Subject(1, book.subject_kinds[0], date(2000, 1, 1)), records, on)
    return workings_text(book, worked, lang).decided


@pytest.mark.parametrize(
    ("item", "sentences"),
    [
        ("t/a", ("Criterion met: Blamed (Law 1, article 2).",)),
        ("t/b", ("Exception met: Spared (Law 1, article 2). No candidate, whatever else is met.",)),
        (None, ("No criterion of the list is met.",)),
    ],
)
def test_a_list_says_which_criterion_is_met_with_its_law(
    item: str | None, sentences: tuple[str, ...]
) -> None:
    assert decided_of(SPARED, *([item] if item else [])) == sentences


def test_an_exception_that_is_met_stands_above_a_criterion_that_is_met() -> None:
    assert decided_of(SPARED, "t/a", "t/b") == decided_of(SPARED, "t/b")


@pytest.mark.parametrize("items", [(), ("t/a",), ("t/b",)])
def test_a_criterion_whose_records_are_not_shown_is_not_told_to_be_met_or_not(items: tuple[str, ...]) -> None:
    gone = "Blamed (Law 1, article 2): what it rests on is no longer shown."
    found = decided_of(SPARED, *items, hidden=("blamed",))
    assert gone in found and not [one for one in found if one.startswith("No criterion")]


def test_what_cannot_be_told_of_a_list_is_named() -> None:
    (found,) = said("cn/lists/redlist-tax", date(2026, 6, 1))
    assert found.startswith("Cannot tell whether this criterion is met: Grade A (")


def test_a_list_without_known_criteria_says_only_that_none_is_known() -> None:
    (found,) = said("cn/lists/medicines", date(2018, 6, 1))
    assert found.startswith("No criterion of this list is known")


def test_a_tier_says_how_much_of_its_class_is_inspected_and_how_often() -> None:
    path = "cn/competition.inspection_class"
    codes: list[str | None] = [None] * SLOTS
    codes[slot_of(shelf.items(), path, "class", FieldType.CODE)] = "low_risk"
    record = Record(7, path, decided_on=date(2020, 3, 5), codes=tuple(codes))
    found = said("cn/tiers/state-council", ON, record)
    assert found[-1].endswith("The share that is inspected is not stated, Reasonably lowered."), found
