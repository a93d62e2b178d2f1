"""Which records a rule looks at, in words."""

from __future__ import annotations

from datetime import date

from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.prose.ranges import money_range, whole_range
from goodstanding.portal.wording import code_text, listed, named, word
from goodstanding.portal.written import day
from goodstanding.rules.model import SERIOUSNESS, DatedTest, Select, Span, Window

_LEVELS = {number: name for name, number in SERIOUSNESS.items()}


def records_text(select: Select, window: Window, lang: Language) -> str:
    """Item, tests and window: `“Tax arrears” where the amount is at least ¥50,000, decided in …`."""
    tests = _tests(select, lang)
    return word(
        lang,
        "prose.records",
        item=item_title(select.item, lang),
        tests=word(lang, "prose.tests", tests=word(lang, "prose.test.and").join(tests)) if tests else "",
        window=window_text(window, lang),
    )


def item_title(path: str, lang: Language) -> str:
    """The item's title, or its path where no pack has it."""
    item = shelf.item_at(path)
    return lang.of(item.title) if item else path


def field_title(item_path: str, name: str, lang: Language) -> str:
    """The title of a field of an item, or its name."""
    item = shelf.item_at(item_path)
    field = item.field_named(name) if item else None
    return lang.of(field.title) if field else name


def code_value(item_path: str, name: str, value: str, lang: Language) -> str:
    """A value of a code field of an item, as the catalogue calls it."""
    item = shelf.item_at(item_path)
    return code_text(item.field_named(name) if item else None, value, lang)


def window_text(window: Window, lang: Language) -> str:
    """The days that count: `decided in the last 6 months`."""
    dated = named(lang, "prose.date.", window.used.value)
    if window.span is Span.MONTHS:
        return word(lang, "prose.window.months", dated=dated, n=window.months)
    return word(lang, f"prose.window.{window.span.value}", dated=dated)


def dated_text(test: DatedTest, lang: Language) -> str:
    """A date between two days: `decided from 23 January 2020 to before 1 July 2020`."""
    key = "prose.dated-outside" if test.outside else "prose.dated"
    return word(
        lang,
        key,
        dated=named(lang, "prose.date.", test.used.value),
        days=days_text(test.from_day, test.to_day, lang),
    )


def days_text(first: date | None, end: date | None, lang: Language) -> str:
    """From a day, to before a day."""
    parts = []
    if first is not None:
        parts.append(word(lang, "prose.days.from", day=day(first, lang)))
    if end is not None:
        parts.append(word(lang, "prose.days.before", day=day(end, lang)))
    return word(lang, "prose.days.join").join(parts)


def _tests(select: Select, lang: Language) -> list[str]:
    tests = [
        word(
            lang,
            "prose.test.is",
            field=field_title(select.item, one.field, lang),
            value=listed(
                lang, [code_value(select.item, one.field, each, lang) for each in one.values], "list.or"
            ),
        )
        for one in select.codes
    ]
    tests += [
        word(
            lang,
            "prose.test.range",
            field=field_title(select.item, one.field, lang),
            range=whole_range(one.range, lang),
        )
        for one in select.numbers
    ]
    if select.amount is not None:
        amount = money_range(select.amount.range, select.amount.currency, lang)
        tests.append(word(lang, "prose.test.range", field=word(lang, "entry.amount"), range=amount))
    if select.seriousness:
        levels = [named(lang, "seriousness.", _LEVELS[one]) for one in select.seriousness]
        tests.append(
            word(
                lang,
                "prose.test.is",
                field=word(lang, "entry.seriousness"),
                value=listed(lang, levels, "list.or"),
            )
        )
    tests += [dated_text(one, lang) for one in select.dated]
    if select.in_effect:
        tests.append(word(lang, "prose.test.in-effect"))
    return tests
