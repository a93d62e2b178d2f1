"""`goodstanding explain` gives the criteria of a list as data too, each with its answer and its law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from goodstanding.cli.explain import _criteria
from goodstanding.rules import Record, Subject, load_rulebook
from goodstanding.rules.engines.workings import work_out
from tests.unit.rules.invented import CATALOGUE

LIST = Path(__file__).parents[1] / "rules/language/list.yaml"
ITEMS = {one.partition("/")[2]: one for one in CATALOGUE}


def answers(*records: Record) -> dict[str, tuple[bool, bool | None]]:
    book = load_rulebook(LIST)
    steps = work_out(book, CATALOGUE, Subject(1, "enterprise"), records, date(2019, 12, 31))
    found = _criteria(book, steps)
    assert [one["id"] for one in found] == ["repaired", "elsewhere", "unpaid"]
    assert found[1]["title"] == "Listed elsewhere" and found[1]["basis"] == ["Invented law 2"]
    return {one["id"]: (one["exception"], one["met"]) for one in found}


def test_each_criterion_and_exception_says_whether_it_is_met() -> None:
    listed = Record(1, ITEMS["b"], effective_from=date(2019, 12, 1))
    assert answers(listed) == {
        "repaired": (True, False),
        "elsewhere": (False, True),
        "unpaid": (False, False),
    }


def test_what_is_not_stated_is_told_as_unknown() -> None:
    unstated = Record(1, ITEMS["a"], decided_on=date(2019, 12, 1))
    assert answers(unstated)["unpaid"] == (False, None)
