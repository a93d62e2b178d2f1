"""Rules that give points by a condition or by a fact, in words: what was found, and what it gives."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from goodstanding.catalogue.model import Title
from goodstanding.portal.language import Language
from goodstanding.portal.prose import WorkingsText, workings_text
from goodstanding.portal.prose.resting import resting_on
from goodstanding.rules import model as m
from goodstanding.rules.engines.workings import work_out
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.bothways import ALWAYS, ON, A, C, index, record
from tests.unit.rules.invented import CATALOGUE, LAW

NO_BLAME, LATE, LATE_DAYS = (
    Title("No blame", "无不良记录"),
    Title("Late", "逾期"),
    Title("Days late", "逾期天数"),
)


def book(item: m.Select) -> m.Rulebook:
    """Three points for who has no record of the item, and a tenth off for each two days late."""
    days = m.Sum("days", LATE_DAYS, A, ALWAYS, m.Number("days"))
    doubled = m.WeightedOf("doubled", LATE_DAYS, (m.Weight("days", 2),), m.Rounding.DOWN)
    return index(
        m.JudgedRule("no-blame", NO_BLAME, (LAW,), m.Not(m.Exists(item, ALWAYS)), 300),
        m.MeasuredRule("late", LATE, (LAW,), "doubled", m.PerUnit(2, -10)),
        facts=(days, doubled),
    )


def said(
    rulebook: m.Rulebook,
    *records: Record,
    lang: Language = Language.EN,
    hidden: Collection[str] = (),
) -> WorkingsText:
    """The workings in words."""
    worked = work_out(rulebook, CATALOGUE, Subject(1, "enterprise"), records, ON)
    return workings_text(rulebook, worked, lang, hidden)


@pytest.mark.parametrize(
    ("item", "days", "words"),
    [
        (m.Select("t/b"), 4, ("Condition met: +3", "Days late: 8. Points: −0.4", "2.6")),
        (A, 4, ("Condition not met: 0", "Days late: 8. Points: −0.4", "−0.4")),
    ],
)
def test_each_step_says_what_was_found_and_what_it_gives(
    item: m.Select, days: int, words: tuple[str, str, str]
) -> None:
    steps = said(book(item), record(1, days)).steps
    by_title = dict(steps[2:])
    assert (by_title["No blame"], by_title["Late"], by_title["Total"]) == words


def test_a_condition_that_cannot_be_told_says_so_and_gives_no_number() -> None:
    steps = dict(said(book(C), record(1, 4)).steps)
    assert steps["No blame"] == "Cannot tell whether the condition is met: 0 to +3"
    chinese = dict(said(book(C), record(1, 4), lang=Language.ZH).steps)
    assert chinese["无不良记录"].startswith("无法判断是否满足条件")


def test_what_rests_on_a_record_that_is_shown_no_more_is_not_told() -> None:
    rulebook = book(A)
    assert resting_on(rulebook, {"days"}) == {"days", "doubled", "late"}
    steps = dict(said(rulebook, record(1, 4), hidden={"days"}).steps)
    assert steps["Late"] == steps["Points of the rules"] == "No longer shown"
    assert steps["No blame"] == "Condition not met: 0"
