"""A rulebook in words says what the law says: at most is not under, and a bracket is a bracket."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.catalogue.model import FieldType, Title
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose import RulebookText, WorkingsText, grade_name, rulebook_text, workings_text
from goodstanding.portal.prose.awards import award_rows, award_text
from goodstanding.portal.prose.conditions import condition_text
from goodstanding.portal.prose.facttitles import FactTitles
from goodstanding.portal.prose.ranges import money_range, points_range, whole_range
from goodstanding.portal.prose.records import records_text
from goodstanding.portal.shelf import Shelved
from goodstanding.portal.wording import code_text
from goodstanding.rules import Record, Subject, load_rulebook
from goodstanding.rules.engines.workings import work_out
from goodstanding.rules.model import (
    All,
    Amount,
    AmountTest,
    Any,
    Bracket,
    Condition,
    Count,
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
from goodstanding.rules.records import SLOTS, slot_of

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
    titles = FactTitles((Count("sum", Title("Sum", "合计"), Select("t/a"), Window(Span.ALL)),), EN)
    assert condition_text(condition, titles, EN) == (
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
    titles = dict(shelved.rulebook.grade_titles)
    book = shelved.rulebook
    grades = () if book.without_criteria else book.grades
    named = {grade_name(one, titles.get(one), lang)[0] for one in grades}
    assert {one.grade for one in text.grades} == named


@pytest.mark.parametrize("shelved", shelf.rulebooks(), ids=lambda one: f"{one.rulebook.path}@{one.version}")
def test_on_a_chinese_page_no_example_and_no_grade_is_an_english_word(shelved: Shelved) -> None:
    text = rulebook_text(shelved.rulebook, ZH)
    words = re.compile(r"[a-z]{3,}")
    assert not [one.title for one in text.examples if words.search(one.title)]
    assert not [one.then for one in text.examples if words.search(one.then)]
    assert not [one.grade for one in text.grades if words.search(one.grade)]
    assert not [one for one in text.start if words.search(one)]
    assert not [line for one in text.examples for line in one.given if words.search(line)]
    assert not [one.about for one in (*text.overrides, *text.bars) if words.search(one.about)]
    assert not [one.gives for one in (*text.overrides, *text.bars) if words.search(one.gives)]


def test_a_grade_that_is_a_word_of_code_is_called_by_its_title() -> None:
    green, very_good = Title("Green", "绿色"), Title("Very good", "很好")
    assert grade_name("green", green, ZH) == ("绿色", "")
    assert grade_name("green", green, EN) == ("Green", "")
    assert grade_name("5", very_good, ZH) == ("5", "很好")
    assert grade_name("A", None, ZH) == ("A", "")


def test_a_title_that_says_no_more_than_the_grade_is_not_repeated() -> None:
    assert grade_name("B", Title("Grade B", "B级"), EN) == ("B", "")
    assert grade_name("B", Title("Grade B", "B级"), ZH) == ("B", "")
    assert grade_name("low_risk", Title("Low risk", "低风险"), EN) == ("Low risk", "")
    assert grade_name("low_risk", Title("Low risk", "低风险"), ZH) == ("低风险", "")


def workings(path: str, on: date, *records: Record, lang: Language = EN, hidden: set[str]) -> WorkingsText:
    """How a shipped rulebook grades these records, in words."""
    book = shelf.rule_shelf().on(path, on)
    subject = Subject(1, book.subject_kinds[0], date(2000, 1, 1))
    return workings_text(book, work_out(book, shelf.items(), subject, records, on), lang, hidden)


def rating(*parts: int) -> Record:
    """A British inspection with its three parts."""
    return Record(7, "uk-food/food.hygiene_rating", decided_on=date(2021, 3, 3), numbers=(*parts, None))


SCORE = Record(
    7, "us-nyc/food.graded_inspection", occurred_on=date(2021, 3, 3), numbers=(13, None, None, None)
)
ON = date(2021, 6, 1)


def test_a_grade_by_a_fact_states_the_value_and_the_band() -> None:
    score = "Points for violations at the latest graded inspection"
    said = workings("us-nyc/restaurant-grade", ON, SCORE, hidden=set())
    assert said.steps == ((score, "13"),)
    assert said.decided == (f"{score} = 13: 0 to 13 gives A.",)


def test_a_grade_by_a_table_states_each_part_their_total_the_largest_and_the_row() -> None:
    said = workings("uk-food/hygiene-rating", ON, rating(0, 5, 11), hidden=set())
    assert [value for _, value in said.steps] == ["0", "5", "11", "16", "11"]
    assert said.decided == (
        "Sum of the three parts = 16; Largest of the three parts = 11: row 4 of the table is the first that matches"
        " (Sum of the three parts is at most 40; and Largest of the three parts is at most 15)."
        " It gives 2 (Improvement necessary).",
    )


def test_the_last_row_of_a_table_states_what_the_rows_above_it_ask_for() -> None:
    said = workings("uk-food/hygiene-rating", ON, rating(25, 25, 30), hidden=set(), lang=Language.ZH)
    assert said.decided == (
        "三项分值之和 = 80；三项分值中的最大值 = 30：首个满足条件的是第 6 行（其他情形），等级为 0（需要立即改进）。",
    )


def test_a_value_of_a_record_that_is_shown_no_more_is_not_told_and_neither_is_what_gives_it_away() -> None:
    said = workings("uk-food/hygiene-rating", ON, rating(0, 5, 11), hidden={"confidence"})
    assert [value for _, value in said.steps] == ["0", "5", *["No longer shown"] * 3]
    assert said.decided[0].startswith("Row 4") and "= 1" not in said.decided[0]
    said = workings("us-nyc/restaurant-grade", ON, SCORE, hidden={"score"})
    assert "= 13" not in said.decided[0] and said.steps[0][1] == "No longer shown"


def test_points_state_the_start_the_sums_the_total_and_the_band() -> None:
    on = date(2020, 3, 1)
    book = shelf.rule_shelf().on("cn/tax-credit", on)
    full = Record(
        1,
        "cn/tax.evaluation_information",
        decided_on=date(2019, 12, 20),
        codes=codes_of("cn/tax.evaluation_information", completeness="complete"),
    )
    arrears = Record(2, "cn/tax.arrears", decided_on=date(2019, 5, 2), amount=8_000_000, currency="CNY")
    said = workings("cn/tax-credit", on, full, arrears, hidden=set())
    fact = EN.of(book.facts[0].title)
    assert dict(said.steps) == {
        fact: "complete",
        "Start": "100",
        "Points of the rules": "−11",
        "Total": "89",
    }
    assert said.decided == ("89 points: at least 70 and under 90 gives B.",)
    hidden = workings("cn/tax-credit", on, full, arrears, hidden={"arrears-large"})
    assert dict(hidden.steps)["Points of the rules"] == "No longer shown"
    chinese = workings("cn/tax-credit", on, full, arrears, lang=ZH, hidden=set())
    assert chinese.decided == ("89 分：不少于70且低于90为 B。",)


def codes_of(item: str, **said: str) -> tuple[str | None, ...]:
    """Code fields of an item in their slots."""
    found: list[str | None] = [None] * SLOTS
    for name, value in said.items():
        found[slot_of(shelf.items(), item, name, FieldType.CODE)] = value
    return tuple(found)


LANGUAGE = Path(__file__).resolve().parents[1] / "rules" / "language"


def invented(name: str, lang: Language) -> RulebookText:
    """An invented rulebook in words."""
    return rulebook_text(load_rulebook(LANGUAGE / f"{name}.yaml"), lang)


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("file", sorted(LANGUAGE.glob("*.yaml")), ids=lambda one: one.stem)
def test_every_construct_of_the_language_can_be_read_in_both_languages(file: Path, lang: Language) -> None:
    text = invented(file.stem, lang)
    said = str(text)
    rules = [rule for section in text.sections for rule in section.rules]
    assert all(one.about and one.gives for one in (*rules, *text.quotas, *text.amendments, *text.overrides))
    assert not re.search(r"<goodstanding|\bNone\b|half_up|last_year_end|branch_of", said)


def test_rules_by_a_condition_and_by_a_fact_read_like_law() -> None:
    rules = {rule.id: rule for section in invented("points", EN).sections for rule in section.rules}
    assert rules["clean"].about == "Not: there are records of “t/a”, decided at any time up to the day"
    assert rules["clean"].gives == "+10 once, if so."
    assert rules["two-of-three"].about == (
        "At least 2 of these: Kinds is at least 2; All with branches is at least 5; there are records of “t/a”"
        " where it is decided from 1 June 2019 on and before 1 July 2019, decided at any time up to the day"
    )
    assert rules["per-share"].gives == "−2 for each full 10 of “Share of days”. Only what is above 20 counts."
    assert rules["per-share"].cap == "No more than −6 in all."
    assert rules["by-kinds"].brackets == (("1", "−1"), ("at least 2", "−4"))


def test_facts_that_rest_on_others_read_like_law() -> None:
    facts = dict(invented("points", EN).facts)
    assert facts["Kinds"].startswith("How many different values of kind there are on: records of “t/a”")
    assert facts["All with branches"].endswith(
        " With it: its branches and its subsidiaries, in any number of steps."
    )
    assert facts["Share of days"] == (
        "“Days” for each 10 of “All with branches”, rounded down. Where the whole is 0: 30."
    )
    assert (
        facts["Mixed"]
        == "The sum of “Kinds” times 3/2 and “All with branches” times −1/4, rounded to the nearest."
    )
    assert facts["Other grade"] == "The grade under “t/other” at the end of the year before."
    assert (
        dict(invented("points", ZH).facts)["综合"] == "“种类”乘以 3/2和“含分支机构”乘以 −1/4之和，四舍五入。"
    )


def test_a_code_is_called_by_its_title_and_a_grade_of_another_rulebook_by_its_own() -> None:
    book = next(
        one.rulebook for one in shelf.rulebooks() if one.rulebook.path == "cn/lists/environment-jiangsu"
    )
    said = "".join(one.about for one in rulebook_text(book, ZH).overrides)
    assert "黑色" in said and "black" not in said
    finding = shelf.items()["cn/court.finding"].field_named("circumstance")
    assert code_text(finding, "evasion", ZH) == "规避执行"
    assert code_text(shelf.items()["cn/tax.direct_d"].field_named("ground"), "evasion", ZH) == "偷税"
    assert code_text(finding, "written otherwise", ZH) == "written otherwise"


def test_ranks_suspensions_and_shares_read_like_law() -> None:
    text = invented("points", EN)
    assert text.quotas[0].about == "Of everyone, only the best 10 % by points keep the grade A"
    assert text.quotas[0].gives == "The others get B. Whoever ranks equal to the last one in is in."
    assert text.amendments[0].gives == (
        "“Two of three” does not apply from 1 January 2020 on and before 1 February 2020."
    )
    assert text.maximum == "75.5"
    assert text.overrides[0].about == "It is on the list “t/b” on the day"
    assert invented("tier", EN).tiers == (
        ("A", "0 % to 5 % are inspected, Once in two years"),
        ("B", "At least 5.5 % are inspected"),
        ("C", "100 % are inspected"),
    )


def test_a_list_speaks_of_candidates_and_an_index_of_its_sum() -> None:
    text = invented("list", EN)
    assert [one.gives for one in text.overrides] == [
        "No candidate, whatever else is met.",
        "A candidate for the list.",
        "A candidate for the list.",
    ]
    assert [one.grade for one in text.grades] == ["Candidate", "Criteria not met"]
    assert invented("list-without-criteria", EN).grades == ()
    assert invented("list-without-criteria", EN).graded_by.startswith("No criteria are known.")
    assert [one.grade for one in invented("index", ZH).grades] == ["已得出总分"]
    assert "result, told where all of it is known" in invented("index", EN).graded_by


def test_what_an_example_is_given_beside_records_is_said() -> None:
    examples = {one.title: one for one in invented("points", EN).examples}
    given = examples["whether it is among the best cannot be told"].given
    assert given[-1] == "the cut-off of the run is between 62 and 63"
    assert "Other points is 80 points" in given
    branches = examples["two kinds, 1 records of branches and 1 of subsidiaries"].given
    assert any(one.startswith("of one of its branches: t/a") for one in branches)
    assert "Other grade is A (on 31 December 2018)" in examples["other points of 89.99"].given


@pytest.mark.parametrize("lang", list(Language))
def test_a_grade_that_no_band_gives_stands_in_the_table_too(lang: Language) -> None:
    books = [one.rulebook for one in shelf.rulebooks() if one.rulebook.path == "cn/tax-credit"]
    for book in books:
        rows = {one.grade: one.when for one in rulebook_text(book, lang).grades}
        assert list(rows) == ["A", "B", "C", "D", "M"]
        assert any(lang.of(one.title) in rows["M"] for one in book.overrides if one.grade == "M")
