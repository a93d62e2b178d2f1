"""The worked examples of a rulebook, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from goodstanding.catalogue.model import Title
from goodstanding.portal.language import Language
from goodstanding.portal.prose.facttitles import FactTitles
from goodstanding.portal.prose.grades import grade_text
from goodstanding.portal.prose.records import code_value, field_title, item_title
from goodstanding.portal.wording import named, sentence, word
from goodstanding.portal.written import day, field_number, money, number, points, points_between
from goodstanding.rules.model import SERIOUSNESS, Example, Given, GivenCutoff, GivenResult, Rulebook

_HAN = re.compile(r"[\u3400-\u9fff]")
_LEVELS = {number: name for name, number in SERIOUSNESS.items()}


@dataclass(frozen=True)
class ExampleText:
    """An example: what is given, and what follows. A title in one language only is in the language stated."""

    title: str
    title_language: str
    given: tuple[str, ...]
    then: str


def example_text(example: Example, book: Rulebook, lang: Language) -> ExampleText:
    """An example of a rulebook in words."""
    titles = dict(book.grade_titles)
    given = [
        word(lang, "example.times", n=n, record=text) if (n := len(tuple(same))) > 1 else text
        for text, same in groupby(_record(one, lang) for one in example.records)
    ]
    if example.registered_on is not None:
        given.append(word(lang, "example.registered", day=day(example.registered_on, lang)))
    given += [_result(one, book, lang) for one in example.results]
    for member in example.members:
        tie = named(lang, "group.", member.tie)
        theirs = [_record(one, lang) for one in member.records] or [word(lang, "example.nothing")]
        given += [word(lang, "example.member", tie=tie, record=one) for one in theirs]
    given += [_cutoff(one, book, lang) for one in example.cutoffs]
    if not given:
        given.append(word(lang, "example.nothing"))
    then = [word(lang, "example.on", day=day(example.on, lang))]
    if example.points is not None:
        shown = points_between(example.points.low, example.points.high, lang)
        then.append(word(lang, "example.points", points=shown))
    if example.grade is None:
        then.append(word(lang, "grade.cannot-tell"))
    else:
        then.append(word(lang, "example.grade", grade=grade_text(example.grade, titles, lang)))
    if isinstance(example.title, Title):
        said, language = lang.of(example.title), lang
    else:
        said, language = example.title, Language.ZH if _HAN.search(example.title) else Language.EN
    return ExampleText(said, language.html, tuple(given), sentence(word(lang, "list.comma").join(then)))


def _result(one: GivenResult, book: Rulebook, lang: Language) -> str:
    facts = FactTitles(book.facts, lang)
    if one.points is not None:
        shown = word(lang, "example.points", points=points_between(one.points.low, one.points.high, lang))
    else:
        shown = facts.value(one.fact, one.grade) if one.grade else word(lang, "grade.cannot-tell")
    said = word(lang, "prose.test.is", field=facts.get(one.fact, one.fact), value=shown)
    return said if one.on is None else word(lang, "example.result-on", result=said, day=day(one.on, lang))


def _cutoff(one: GivenCutoff, book: Rulebook, lang: Language) -> str:
    by_points = any(each.id == one.quota and each.by is None for each in book.quotas)
    low, high = (points(each) if by_points else number(each, lang) for each in (one.possibly, one.surely))
    if low == high:
        return word(lang, "example.cutoff", value=high)
    return word(lang, "example.cutoffs", surely=high, possibly=low)


def _record(given: Given, lang: Language) -> str:
    parts = [item_title(given.item, lang)]
    if given.amount is not None and given.currency is not None:
        parts.append(money(given.amount, given.currency, lang))
    parts += [
        word(
            lang, "prose.test.is", field=field_title(given.item, name, lang), value=field_number(value, lang)
        )
        for name, value in given.numbers
    ]
    parts += [
        word(
            lang,
            "prose.test.is",
            field=field_title(given.item, name, lang),
            value=code_value(given.item, name, value, lang),
        )
        for name, value in given.codes
    ]
    if given.seriousness is not None:
        parts.append(named(lang, "seriousness.", _LEVELS[given.seriousness]))
    for name in ("occurred_on", "decided_on", "effective_from", "effective_to"):
        value = getattr(given, name)
        if value is not None:
            parts.append(word(lang, f"dated.{name}", day=day(value, lang)))
    if given.counts_until is not None:
        parts.append(word(lang, "dated.counts-until", day=day(given.counts_until, lang)))
    return word(lang, "list.comma").join(parts)
