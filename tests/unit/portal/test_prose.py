"""A rulebook in words says what the law says: at most is not under, and a bracket is a bracket."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose import rulebook_text
from goodstanding.portal.prose.awards import award_rows, award_text
from goodstanding.portal.prose.conditions import condition_text
from goodstanding.portal.prose.ranges import money_range, points_range, whole_range
from goodstanding.portal.prose.records import records_text
from goodstanding.portal.shelf import Shelved
from goodstanding.rules.model import (
    All,
    Amount,
    AmountTest,
    Any,
    Bracket,
    Condition,
    Each,
    FactIn,
    NotStated,
    Once,
    Per,
    PointsIn,
    Range,
    Select,
    Span,
    Table,
    Window,
)

EN, ZH = Language.EN, Language.ZH


def test_what_the_law_states_as_at_most_is_not_said_as_under() -> None:
    assert points_range(Range(None, 1501), EN) == "at most 15"
    assert points_range(Range(None, 9000), EN) == "under 90"
    assert points_range(Range(7000, 9000), EN) == "at least 70 and under 90"
    assert points_range(Range(1501, None), EN) == "more than 15"
    assert money_range(Range(5_000_000, None), "CNY", EN) == "at least ¥50,000"
    assert whole_range(Range(0, 14), EN) == "0 to 13"
    assert whole_range(Range(None, 16), ZH) == "不超过15"
    assert whole_range(Range(3, 4), EN) == "3"


def test_records_are_named_by_item_tests_and_days() -> None:
    select = Select("cn/tax.arrears", amount=AmountTest("CNY", Range(5_000_000, None)))
    assert records_text(select, Window(Span.MONTHS, 6), EN) == (
        "records of “Tax arrears” where Amount is at least ¥50,000, decided in the last 6 months"
    )
    assert records_text(replace(select, in_effect=True), Window(Span.ALL), ZH) == (
        "“欠税信息”记录（金额不少于50,000元且当日有效），决定日期不限（截至评价日）"
    )


@pytest.mark.parametrize(
    ("award", "english"),
    [
        (Each(-1100), "−11 for each record."),
        (Once(500), "+5 once, however many records there are."),
        (Per(Amount("CNY"), 1_000_000, -100), "−1 for each full ¥10,000 of the amount."),
        (
            Per(Amount("CNY"), 1_000_000, -100, started=True),
            "−1 for each ¥10,000 of the amount, or part of it.",
        ),
        (
            NotStated(deducts=True, at_most=3000),
            "Takes points; the sources do not say how many. No more than 30.",
        ),
    ],
)
def test_what_a_rule_gives(award: Each | Once | Per | NotStated, english: str) -> None:
    assert award_text(award, "cn/tax.arrears", EN) == english


def test_a_table_shows_its_brackets() -> None:
    table = Table(Amount("CNY"), (Bracket(Range(0, 5_000_000), -300), Bracket(Range(5_000_000, None), -1100)))
    assert award_rows(table, EN) == (
        ("at least ¥0 and under ¥50,000", "−3"),
        ("at least ¥50,000", "−11"),
    )


def test_a_condition_inside_another_stands_in_brackets() -> None:
    low: Condition = FactIn("sum", Range(None, 16))
    condition = Any((All((low, PointsIn(Range(9000, None)))), low))
    assert condition_text(condition, {"sum": "Sum"}, EN) == (
        "(Sum is at most 15; and the points are at least 90); or Sum is at most 15"
    )


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("shelved", shelf.rulebooks(), ids=lambda one: f"{one.rulebook.path}@{one.version}")
def test_every_rulebook_can_be_read_in_both_languages(shelved: Shelved, lang: Language) -> None:
    text = rulebook_text(shelved.rulebook, lang)
    rules = [rule for section in text.sections for rule in section.rules]
    assert len(rules) == len(shelved.rulebook.rules)
    assert all(rule.title and rule.about and rule.gives and rule.basis for rule in rules)
    assert len(text.examples) == len(shelved.rulebook.examples) and all(one.then for one in text.examples)
    assert {one.grade for one in text.grades} == set(shelved.rulebook.grading.grades)
