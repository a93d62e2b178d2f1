"""Facts that grades rest on, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from goodstanding.portal.language import Language
from goodstanding.portal.prose.awards import measure_text
from goodstanding.portal.prose.records import field_title, records_text
from goodstanding.portal.wording import code_text, listed, word
from goodstanding.portal.written import number
from goodstanding.rules.model import Code, Count, Fact, Largest, LargestOf, Latest, Sum, SumOf


def fact_text(fact: Fact, facts: Mapping[str, str], lang: Language) -> str:
    """How a fact is worked out. `facts` are the titles of the rulebook's facts, by id."""
    match fact:
        case Count():
            return word(lang, "fact.count", records=records_text(fact.select, fact.window, lang))
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
            if none is None:
                return text
            shown = number(none, lang) if isinstance(none, int) else code_text(none, lang)
            return text + word(lang, "fact.if-none", value=shown)
        case SumOf() | LargestOf():
            key = "fact.sum-of" if isinstance(fact, SumOf) else "fact.largest-of"
            return word(
                lang, key, facts=listed(lang, [facts.get(one, one) for one in fact.facts], "list.and")
            )
        case _:
            assert_never(fact)
