"""Ratios, weighted sums and how many codes: exact at the half, open where something is not known."""

from __future__ import annotations

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.engines import reference
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.bothways import ALWAYS, ON, A, C, asked, by_sql, index, record, value
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE

DOWN, UP, HALF_UP = m.Rounding.DOWN, m.Rounding.UP, m.Rounding.HALF_UP
PART = m.Sum("part", TITLE, A, ALWAYS, m.Number("days"))
WHOLE = m.Sum("whole", TITLE, A, ALWAYS, m.Number("share"))
LARGEST = 2**63 - 1


def ratio(per: int, rounding: m.Rounding = DOWN, nothing: int | None = None) -> m.RatioOf:
    """part · per / whole."""
    return m.RatioOf("ratio", TITLE, "part", "whole", per, rounding, nothing)


def of(fact: m.Fact, *records: Record) -> m.Interval:
    """The value of a fact that rests on the two sums."""
    return value(fact, *records, beside=(PART, WHOLE))


@pytest.mark.parametrize(
    ("rounding", "part", "whole", "found"),
    [
        (DOWN, 1, 3, 3333),
        (UP, 1, 3, 3334),
        (HALF_UP, 1, 3, 3333),
        (HALF_UP, 2, 3, 6667),
        (HALF_UP, 1, 20000, 1),  # exactly a half
        (DOWN, 1, 20000, 0),
        (UP, 3, 3, 10000),
        (UP, 0, 3, 0),
    ],
)
def test_a_ratio_is_rounded_once(rounding: m.Rounding, part: int, whole: int, found: int) -> None:
    assert of(ratio(10_000, rounding), record(1, part, share=whole)) == m.Interval.exactly(found)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (1, -3), (1, 0), (0, 0)])
def test_a_ratio_of_or_to_what_is_below_nothing_or_to_nothing_is_not_known_and_named(
    part: int, whole: int
) -> None:
    assert of(ratio(100), record(1, part, share=whole)) == m.Interval(None, None)
    rule = m.MeasuredRule("rule", TITLE, (LAW,), "ratio", m.PerUnit(1, 1))
    found = asked(index(rule, facts=(PART, WHOLE, ratio(100))), record(1, part, share=whole))
    assert found.missing == ("ratio", "rule")


def test_a_ratio_to_nothing_is_what_the_rulebook_says_it_is() -> None:
    assert of(ratio(100, nothing=7), record(1, 5, share=0)) == m.Interval.exactly(7)
    assert of(ratio(100, nothing=7)) == m.Interval.exactly(7)
    assert of(ratio(100, nothing=7), record(1, -5, share=0)) == m.Interval(None, None)


def test_what_may_be_nothing_has_no_ratio_and_what_is_open_leaves_the_ratio_open() -> None:
    perhaps = m.Select("t/a", codes=(m.CodeTest("kind", ("x",)),))
    part = m.Count("part", TITLE, perhaps, ALWAYS)
    every = m.Count("whole", TITLE, A, ALWAYS)
    told, untold = record(1, kind="x"), record(2)
    assert value(ratio(100), told, untold, beside=(part, every)) == m.Interval(50, 100)
    turned = m.RatioOf("ratio", TITLE, "whole", "part", 100, DOWN)
    assert value(turned, told, untold, beside=(part, every)) == m.Interval(100, 200)
    assert value(turned, untold, beside=(part, every)) == m.Interval(None, None)
    unknown = m.Count("whole", TITLE, C, ALWAYS)
    assert value(ratio(100), told, beside=(part, unknown)) == m.Interval(None, None)
    largest = m.Largest("whole", TITLE, A, ALWAYS, m.Number("days"))
    open_end = (record(1, 4, kind="x"), record(2, None, kind="y"))
    assert value(ratio(100), *open_end, beside=(part, largest)) == m.Interval(0, 25)


@pytest.mark.parametrize(
    ("rounding", "found"), [(DOWN, (-2, -1)), (UP, (-1, 0)), (HALF_UP, (-1, 0))], ids=("down", "up", "half")
)
def test_a_weighted_sum_is_exact_until_it_is_rounded_also_below_nothing(
    rounding: m.Rounding, found: tuple[int, int]
) -> None:
    weights = (m.Weight("part", 1, 2), m.Weight("whole", -1, 3))
    weighted = m.WeightedOf("weighted", TITLE, weights, rounding)
    # 1/2 - 6/3 = -3/2, and 5/2 - 9/3 = -1/2
    assert of(weighted, record(1, 1, share=6)) == m.Interval.exactly(found[0])
    assert of(weighted, record(1, 5, share=9)) == m.Interval.exactly(found[1])


def test_a_weight_below_nothing_turns_what_is_known_round() -> None:
    perhaps = m.Select("t/a", codes=(m.CodeTest("kind", ("x",)),))
    part = m.Count("part", TITLE, perhaps, ALWAYS)
    weighted = m.WeightedOf("weighted", TITLE, (m.Weight("part", -2),), DOWN)
    assert value(weighted, record(1, kind="x"), record(2), beside=(part,)) == m.Interval(-4, -2)
    unknown = m.Count("part", TITLE, C, ALWAYS)
    assert value(weighted, beside=(unknown,)) == m.Interval(None, 0)


def test_each_code_counts_once_and_a_record_without_one_may_hold_another() -> None:
    kinds = m.Count("kinds", TITLE, A, ALWAYS, distinct="kind")
    assert value(kinds) == m.Interval.exactly(0)
    same = (record(1, kind="x"), record(2, kind="x"), record(3, kind="it's"))
    assert value(kinds, *same) == m.Interval.exactly(2)
    assert value(kinds, *same, record(4), record(5)) == m.Interval(2, 4)
    many = m.Select("t/a", numbers=(m.NumberTest("days", m.Range(5)),))
    perhaps = m.Count("kinds", TITLE, many, ALWAYS, distinct="kind")
    found = (record(1, 9, kind="x"), record(2, None, kind="x"), record(3, None, kind="y"))
    assert value(perhaps, *found) == m.Interval(1, 2)
    unknown = m.Count("kinds", TITLE, C, ALWAYS, distinct="kind")
    assert value(unknown) == m.Interval(0, None)


def test_the_largest_numbers_of_a_ledger_are_multiplied_without_loss() -> None:
    assert of(ratio(10_000), record(1, LARGEST, share=LARGEST)) == m.Interval.exactly(10_000)
    assert of(ratio(1, HALF_UP), record(1, LARGEST, share=2)) == m.Interval.exactly((LARGEST + 1) // 2)
    thirds = m.WeightedOf("weighted", TITLE, (m.Weight("part", 2, 3), m.Weight("whole", 1, 3)), DOWN)
    assert of(thirds, record(1, LARGEST, share=LARGEST)) == m.Interval.exactly(LARGEST)


TOO_LARGE = (
    ratio(3),
    m.WeightedOf("weighted", TITLE, (m.Weight("part", 2),), DOWN),
    m.SumOf("sum", TITLE, ("part", "part")),
)


@pytest.mark.parametrize("fact", TOO_LARGE, ids=lambda one: str(one.id))
def test_a_number_beyond_64_bits_is_refused_by_both_engines_and_never_another_number(fact: m.Fact) -> None:
    rule = m.MeasuredRule("rule", TITLE, (LAW,), fact.id, m.PerUnit(1, 1))
    rulebook = index(rule, facts=(PART, WHOLE, fact))
    subject, records = Subject(1, "enterprise"), [record(1, LARGEST, share=1)]
    with pytest.raises(Refusal, match="GS-RULES-047"):
        reference.assess(rulebook, CATALOGUE, subject, records, ON)
    with pytest.raises(Refusal, match="GS-RULES-047"):
        by_sql(rulebook, subject, records, ON)


def test_points_beyond_64_bits_are_refused_and_a_cap_keeps_them_in() -> None:
    subject, records = Subject(1, "enterprise"), [record(1, LARGEST, share=1)]
    rule = m.MeasuredRule("rule", TITLE, (LAW,), "part", m.PerUnit(1, -100))
    with pytest.raises(Refusal, match="GS-RULES-047"):
        reference.assess(index(rule, facts=(PART,)), CATALOGUE, subject, records, ON)
    with pytest.raises(Refusal, match="GS-RULES-047"):
        by_sql(index(rule, facts=(PART,)), subject, records, ON)
    capped = m.MeasuredRule("rule", TITLE, (LAW,), "part", m.PerUnit(1, -100, started=True), cap=-2_000)
    assert asked(index(capped, facts=(PART,)), *records).points == m.Interval.exactly(-2_000)


def test_a_sum_of_facts_that_passes_through_more_than_64_bits_is_not_refused() -> None:
    there_and_back = m.WeightedOf(
        "weighted", TITLE, (m.Weight("part", 3), m.Weight("part", -2), m.Weight("whole", -1)), DOWN
    )
    assert of(there_and_back, record(1, LARGEST, share=1)) == m.Interval.exactly(LARGEST - 1)
