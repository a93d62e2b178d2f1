"""Conditions in words."""

from __future__ import annotations

from typing import assert_never

from goodstanding.portal.language import Language
from goodstanding.portal.prose.facttitles import FactTitles
from goodstanding.portal.prose.ranges import points_range, whole_range
from goodstanding.portal.prose.records import item_title, records_text
from goodstanding.portal.wording import listed, word
from goodstanding.rules.model import (
    All,
    Any,
    AtLeastOf,
    Condition,
    DateUsed,
    Exists,
    FactIn,
    FactIs,
    Not,
    PointsIn,
    RegisteredFor,
    Select,
    Span,
    Window,
)


def condition_text(condition: Condition, facts: FactTitles, lang: Language) -> str:
    """A condition as one sentence. `facts` are the titles of the rulebook's facts, by id."""
    match condition:
        case Exists() if _asks_listed(condition):
            return word(lang, "when.listed", item=item_title(condition.select.item, lang))
        case Exists():
            return word(lang, "when.exists", records=records_text(condition.select, condition.window, lang))
        case FactIn():
            return word(
                lang,
                "prose.test.range",
                field=facts.get(condition.fact, condition.fact),
                range=whole_range(condition.range, lang),
            )
        case FactIs():
            values = listed(lang, [facts.value(condition.fact, one) for one in condition.values], "list.or")
            return word(lang, "prose.test.is", field=facts.get(condition.fact, condition.fact), value=values)
        case PointsIn():
            return word(lang, "when.points", range=points_range(condition.range, lang))
        case RegisteredFor():
            return word(lang, "when.registered", range=whole_range(condition.months, lang))
        case Not():
            return word(lang, "when.not", condition=condition_text(condition.of, facts, lang))
        case All():
            return word(lang, "when.and").join(_part(one, facts, lang) for one in condition.of)
        case Any():
            return word(lang, "when.or").join(_part(one, facts, lang) for one in condition.of)
        case AtLeastOf():
            parts = word(lang, "when.part").join(_part(one, facts, lang) for one in condition.of)
            return word(lang, "when.at-least-of", n=condition.number, conditions=parts)
        case _:
            assert_never(condition)


def _asks_listed(one: Exists) -> bool:
    """Whether it asks for an entry of a list that is in effect on the day, and nothing else."""
    return one.select == Select(one.select.item, in_effect=True) and one.window == Window(
        Span.ALL, used=DateUsed.EFFECTIVE_FROM
    )


def _part(condition: Condition, facts: FactTitles, lang: Language) -> str:
    text = condition_text(condition, facts, lang)
    nested = isinstance(condition, All | Any | AtLeastOf) and len(condition.of) > 1
    return word(lang, "when.bracket", condition=text) if nested else text
