"""When a record stops being public: by the rule of the day of the decision, and only by what is certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodstanding.catalogue.loading import builtin_pack, load_packs
from goodstanding.catalogue.model import PublicityRule
from goodstanding.catalogue.publicity import applicable, public_until

CHINA = load_packs(["cn"])
FOOD = CHINA.publicity_of("cn/food.penalty")
WAGES = CHINA.publicity_of("cn/wages.penalty")
CUSTOMS = CHINA.publicity_of("cn/customs.penalty")


def end(
    rules: tuple[PublicityRule, ...], decided: date | None, level: int | None, taken_in: date
) -> tuple[str, date] | None:
    found = public_until(rules, decided_on=decided, seriousness=level, taken_in=taken_in)
    return None if found is None else (found.rule.id, found.day)


@pytest.mark.parametrize(
    ("level", "rule", "day"),
    [
        (1, "o36-minor", date(2026, 7, 10)),
        (2, "o36-general", date(2027, 4, 10)),
        (3, "o36-serious", date(2029, 4, 10)),
    ],
)
def test_order_36_counts_from_the_decision_for_penalties_of_every_field(
    level: int, rule: str, day: date
) -> None:
    for rules in (FOOD, WAGES, CUSTOMS):
        assert end(rules, date(2026, 4, 10), level, date(2026, 5, 1)) == (rule, day)


def test_the_rule_of_the_day_of_the_decision_governs_and_not_that_of_today() -> None:
    late = date(2026, 5, 1)
    assert end(FOOD, date(2026, 3, 31), 2, late) == ("s107-general", date(2027, 5, 1))
    assert end(WAGES, date(2026, 3, 31), 2, late) is None, "Order 107 is about market supervision alone"
    assert end(FOOD, date(2025, 12, 24), 2, late) is None, "what holds of Order 45 is in doubt"


def test_a_period_from_publication_counts_from_the_last_day_on_which_it_can_have_begun() -> None:
    assert end(FOOD, date(2026, 1, 10), 1, date(2026, 2, 1)) == ("s107-minor", date(2026, 5, 1))
    assert end(CUSTOMS, date(2016, 1, 10), None, date(2016, 2, 1)) == ("c2014", date(2021, 2, 1))


def test_what_is_not_stated_ends_nothing() -> None:
    assert end(FOOD, None, 2, date(2026, 5, 1)) is None
    assert end(FOOD, date(2026, 4, 10), None, date(2026, 5, 1)) is None, "of no level is a rule certain"
    assert CHINA.publicity_of("cn/tax.arrears") == ()


def test_a_rule_that_is_uncertain_regional_or_counted_from_an_unknown_day_is_applied_to_nothing() -> None:
    rules = {one.id: one for one in builtin_pack("cn").publicity}
    assert {one.id for one in rules.values() if one.items} == {
        *("o36-minor", "o36-general", "o36-serious"),
        *("s107-minor", "s107-general", "s107-serious"),
        "c2014",
    }
    assert not any(one.items for one in rules.values() if one.uncertain)


@pytest.mark.parametrize(
    "changed",
    [
        {"uncertain": ("valid_to",)},
        {"maximum_months": None},
        {"clock": "end-of-act"},
        {"clock": "finding"},
        {"clock": "not-stated"},
        {"level": "specified"},
    ],
)
def test_only_what_is_certain_can_be_applied(changed: dict[str, Any]) -> None:
    rule = next(one for one in FOOD if one.id == "o36-general")
    assert applicable(rule) and not applicable(replace(rule, **changed))


def test_no_listing_stops_being_public_by_such_a_rule() -> None:
    listings = {one.path for one in CHINA.items if one.listing}
    assert not listings & {path for one in builtin_pack("cn").publicity for path in one.items}
