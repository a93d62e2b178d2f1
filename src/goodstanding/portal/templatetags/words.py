"""How templates speak: words of words.yaml, titles, dates, money and points in the page's language."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Term
from goodstanding.ledger.models import Subject
from goodstanding.portal import shelf, written
from goodstanding.portal.language import Language
from goodstanding.portal.prose.laws import article_text, force_text
from goodstanding.portal.prose.records import item_title
from goodstanding.portal.prose.terms import term_text
from goodstanding.portal.wording import named, word
from goodstanding.rules.model import SERIOUSNESS

register = template.Library()

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LEVELS = {number: name for name, number in SERIOUSNESS.items()}


@register.simple_tag(name="word", takes_context=True)
def _word(context: Context, key: str, **values: object) -> str:
    lang: Language = context["lang"]
    shown = {name: _shown(value, lang) for name, value in values.items() if name != "n"}
    if "n" in values:
        count = values["n"]
        if count == 1:
            shown["n"] = 1
        else:
            shown["n"] = written.number(count, lang) if isinstance(count, int) else count
    return word(lang, key, **shown)


def _shown(value: object, lang: Language) -> object:
    match value:
        case Title():
            return lang.of(value)
        case date():
            return written.day(value, lang)
        case bool():
            return value
        case int():
            return written.number(value, lang)
    return value


@register.simple_tag(name="named", takes_context=True)
def _named(context: Context, group: str, value: str) -> str:
    return named(context["lang"], group, str(value))


@register.filter
def said(title: Title | None, lang: Language) -> str:
    """A title in the page's language."""
    return lang.of(title) if title else ""


@register.filter
def otherwise(title: Title, lang: Language) -> str:
    """A title in the other language."""
    return lang.other.of(title)


@register.filter
def day(value: date | None, lang: Language) -> str:
    """A date in the page's language; nothing for none."""
    return written.day(value, lang) if value else ""


@register.filter
def count(value: int, lang: Language) -> str:
    """A whole number."""
    return written.number(value, lang)


@register.filter
def points(hundredths: int) -> str:
    """Points without a sign for what is more than nothing."""
    return written.points(hundredths)


@register.filter
def law(bases: tuple[Basis, ...] | Basis) -> tuple[Basis, ...]:
    """One basis or several, as several."""
    return (bases,) if isinstance(bases, Basis) else tuple(bases)


@register.simple_tag(takes_context=True)
def scheme(context: Context, name: str) -> str:
    """What an identifier of this scheme is called."""
    return shelf.scheme_text(name, context["lang"])


@register.simple_tag(takes_context=True)
def kind(context: Context, name: str) -> str:
    """A kind of subject."""
    return shelf.kind_text(name, context["lang"])


@register.simple_tag(takes_context=True)
def item(context: Context, path: str) -> str:
    """The title of a catalogue item."""
    return item_title(path, context["lang"])


@register.simple_tag
def place(subject: Subject) -> str:
    """Where a subject is, as far as its division says."""
    return shelf.place_text(subject.scheme, subject.division)


@register.simple_tag(takes_context=True)
def foreign(context: Context, text: str) -> SafeString:
    """A text as an authority wrote it; Chinese on an English page is marked, so that it is read out as such."""
    if context["lang"] is Language.EN and _HAN.search(text):
        return format_html('<span lang="zh-Hans">{}</span>', text)
    return conditional_escape(text)


@register.simple_tag(takes_context=True)
def instrument(context: Context, text: str) -> SafeString:
    """An instrument as a pack cites it, under its Chinese title on a Chinese page where the pack states one."""
    return foreign(context, shelf.cited_text(text, context["lang"]))


@register.simple_tag(takes_context=True)
def article(context: Context, text: str) -> str:
    """What follows an instrument: its article, or the part of it that the source names in words."""
    return article_text(text, context["lang"])


@register.simple_tag(takes_context=True)
def term(context: Context, value: Term) -> str:
    """How long a term is, and from what it counts."""
    return term_text(value, context["lang"])


@register.simple_tag(takes_context=True)
def force(context: Context, start: date, end: date | None) -> str:
    """The days on which a rule is in force: [start, end)."""
    return force_text(start, end, context["lang"])


@register.filter
def inside(path: str) -> str:
    """The part of a path after its pack."""
    return path.partition("/")[2]


@register.filter
def level(seriousness: int) -> str:
    """The name of a degree of seriousness."""
    return _LEVELS[seriousness]
