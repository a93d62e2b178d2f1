"""Facts that grades rest on, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose.awards import measure_text
from goodstanding.portal.prose.records import code_value, field_title, records_text
from goodstanding.portal.wording import listed, named, word
from goodstanding.portal.written import number
from goodstanding.rules.model import (
    Code,
    Count,
    Fact,
    Largest,
    LargestOf,
    Latest,
    RatioOf,
    ResultOf,
    Sum,
    SumOf,
    Weight,
    WeightedOf,
)


def fact_text(fact: Fact, facts: Mapping[str, str], lang: Language) -> str:
    """How a fact is worked out. `facts` are the titles of the rulebook's facts, by id."""
    match fact:
        case Count():
            records = records_text(fact.select, fact.window, lang)
            if fact.distinct is None:
                return word(lang, "fact.count", records=records) + _group(fact.group, lang)
            of = field_title(fact.select.item, fact.distinct, lang)
            return word(lang, "fact.distinct", of=of, records=records) + _group(fact.group, lang)
        case Latest() | Sum() | Largest():
            if isinstance(fact.of, Code):
                of = field_title(fact.select.item, fact.of.field, lang)
            else:
                of = measure_text(fact.of, fact.select.item, lang)
            text = word(
                lang,
                f"fact.{type(fact).__name__.lower()}",
                of=of,
                records=records_text(fact.select, fact.window, lang),
            )
            none = None if isinstance(fact, Sum) else fact.if_none
            if none is not None:
                shown = number(none, lang) if isinstance(none, int) else _code(fact, none, lang)
                text += word(lang, "fact.if-none", value=shown)
            return text + _group(fact.group, lang)
        case SumOf() | LargestOf():
            key = "fact.sum-of" if isinstance(fact, SumOf) else "fact.largest-of"
            return word(
                lang, key, facts=listed(lang, [facts.get(one, one) for one in fact.facts], "list.and")
            )
        case RatioOf():
            text = word(
                lang,
                f"fact.ratio-{fact.rounding.value}",
                part=facts.get(fact.part, fact.part),
                whole=facts.get(fact.whole, fact.whole),
                per=number(fact.per, lang),
            )
            if fact.if_whole_is_zero is None:
                return text
            return text + word(lang, "fact.whole-zero", value=number(fact.if_whole_is_zero, lang))
        case WeightedOf():
            parts = [_weighted(one, facts, lang) for one in fact.parts]
            return word(lang, f"fact.weighted-{fact.rounding.value}", parts=listed(lang, parts, "list.and"))
        case ResultOf():
            key = "fact.result-points" if fact.points else "fact.result-grade"
            on = word(lang, f"fact.on-{fact.day.value}")
            return word(lang, key, rulebook=_rulebook(fact.rulebook, lang), on=on)
        case _:
            assert_never(fact)


def _code(fact: Latest | Sum | Largest, value: str, lang: Language) -> str:
    return code_value(fact.select.item, fact.of.field, value, lang) if isinstance(fact.of, Code) else value


def _group(ties: tuple[str, ...], lang: Language) -> str:
    """Whose records are looked at beside the subject's own."""
    if not ties:
        return ""
    return word(
        lang, "fact.group", ties=listed(lang, [named(lang, "group.", one) for one in ties], "list.and")
    )


def _weighted(part: Weight, facts: Mapping[str, str], lang: Language) -> str:
    sign = "−" if part.numerator < 0 else ""
    weight = f"{sign}{abs(part.numerator)}" + (f"/{part.denominator}" if part.denominator != 1 else "")
    return word(lang, "fact.weight", fact=facts.get(part.fact, part.fact), weight=weight)


def _rulebook(path: str, lang: Language) -> str:
    """The title of the newest version of a rulebook, or its path where no pack has it."""
    versions = shelf.rule_shelf().versions(path)
    return lang.of(versions[-1].title) if versions else path
