"""What a rule gives, in words."""

from __future__ import annotations

from typing import assert_never

from goodstanding.portal.language import Language
from goodstanding.portal.prose.ranges import money_range, whole_range
from goodstanding.portal.prose.records import field_title
from goodstanding.portal.wording import word
from goodstanding.portal.written import money, number, points
from goodstanding.rules.model import (
    Amount,
    Award,
    CountOfRecords,
    Each,
    FactTable,
    NotStated,
    Number,
    Once,
    Per,
    PerUnit,
    Range,
    Table,
)


def award_text(award: Award, item: str, lang: Language) -> str:
    """`−11 for each record`; for a table the sentence that leads into it (see `award_rows`)."""
    match award:
        case Each():
            return word(lang, "award.each", points=points(award.points, signed=True))
        case Once():
            return word(lang, "award.once", points=points(award.points, signed=True))
        case Per():
            unit = _value(award.measure, award.unit, lang)
            key = "award.per-started" if award.started else "award.per"
            return word(
                lang,
                key,
                points=points(award.points, signed=True),
                unit=unit,
                measure=measure_text(award.measure, item, lang),
            )
        case Table():
            key = "award.table-once" if isinstance(award.measure, CountOfRecords) else "award.table"
            return word(lang, key, measure=measure_text(award.measure, item, lang))
        case NotStated():
            text = word(lang, "award.takes-unknown" if award.deducts else "award.gives-unknown")
            if award.at_most is None:
                return text
            return text + word(lang, "award.unknown-at-most", points=points(award.at_most))
        case _:
            assert_never(award)


def award_rows(award: Award, lang: Language) -> tuple[tuple[str, str], ...]:
    """The brackets of a table: range and points; none for other awards."""
    if not isinstance(award, Table):
        return ()
    return tuple(
        (_range(award.measure, one.range, lang), points(one.points, signed=True)) for one in award.brackets
    )


def per_fact_text(award: PerUnit | FactTable, fact: str, lang: Language) -> str:
    """What a rule gives by a fact's number; for a table the sentence that leads into it."""
    if isinstance(award, FactTable):
        return word(lang, "award.table-once", measure=fact)
    key = "award.per-fact-started" if award.started else "award.per-fact"
    said = word(lang, key, points=points(award.points, signed=True), unit=number(award.unit, lang), fact=fact)
    return said + (word(lang, "award.over", over=number(award.over, lang)) if award.over else "")


def fact_rows(award: PerUnit | FactTable, lang: Language) -> tuple[tuple[str, str], ...]:
    """The brackets of a fact's table: range and points."""
    if isinstance(award, PerUnit):
        return ()
    return tuple((whole_range(one.range, lang), points(one.points, signed=True)) for one in award.brackets)


def measure_text(measure: Amount | Number | CountOfRecords, item: str, lang: Language) -> str:
    """What is measured."""
    match measure:
        case Amount():
            return word(lang, "measure.amount")
        case Number():
            return field_title(item, measure.field, lang)
        case CountOfRecords():
            return word(lang, "measure.count")
        case _:
            assert_never(measure)


def _value(measure: Amount | Number, value: int, lang: Language) -> str:
    return money(value, measure.currency, lang) if isinstance(measure, Amount) else number(value, lang)


def _range(measure: Amount | Number | CountOfRecords, bounds: Range, lang: Language) -> str:
    if isinstance(measure, Amount):
        return money_range(bounds, measure.currency, lang)
    return whole_range(bounds, lang)
