"""How templates speak: words of words.yaml, titles, dates, money and points in the page's language."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from html import escape

from django import template
from django.template import Context, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Term
from goodstanding.ledger.models import Subject
from goodstanding.portal import shelf, written
from goodstanding.portal.citing import marks
from goodstanding.portal.language import Language
from goodstanding.portal.places import place_text
from goodstanding.portal.prose.laws import article_text, force_text
from goodstanding.portal.prose.records import item_title
from goodstanding.portal.prose.terms import term_text
from goodstanding.portal.wording import named, word
from goodstanding.rules.model import SERIOUSNESS

register = template.Library()

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LEVELS = {number: name for name, number in SERIOUSNESS.items()}


class _Word(Node):
    """`{% word "key" %}` and `{% word "key" n=count day=date %}`; one without values is escaped once for all pages."""

    def __init__(self, key: FilterExpression, values: dict[str, FilterExpression]) -> None:
        self.key, self.values = key, values
        self.plain = isinstance(key.var, str) and not key.filters and not values

    def render(self, context: Context) -> str:
        """The word in the page's language."""
        if self.plain:
            return plain(context["lang"], str(self.key.var))
        values = {name: one.resolve(context) for name, one in self.values.items()}
        return filled(context["lang"], self.key.resolve(context), **values)


@register.tag(name="word")
def _word(parser: Parser, token: Token) -> _Word:
    key, *rest = token.split_contents()[1:]
    values = token_kwargs(rest, parser)
    if rest:
        raise TemplateSyntaxError(f"a word takes values by name: {rest}")
    return _Word(parser.compile_filter(key), values)


@cache
def plain(lang: Language, key: str) -> SafeString:
    """A word without values, as HTML."""
    return filled(lang, key)


def filled(lang: Language, key: str, /, **values: object) -> SafeString:
    """A word with values as a page writes them, as HTML."""
    shown = {name: _shown(value, lang) for name, value in values.items() if name != "n"}
    if "n" in values:
        count = values["n"]
        if count == 1:
            shown["n"] = 1
        else:
            shown["n"] = written.number(count, lang) if isinstance(count, int) else count
    return SafeString(escape(word(lang, key, **shown)))


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


@register.simple_tag(takes_context=True)
def once(context: Context, template: str, section: str = "") -> SafeString:
    """A part of every page that depends on the language, and on the part of the site, alone: rendered once for each."""
    return _once(template, context["lang"], section)


@lru_cache(maxsize=64)
def _once(template: str, lang: Language, section: str) -> SafeString:
    return render_to_string(template, {"lang": lang, "section": section})


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


@register.simple_tag(takes_context=True)
def place(context: Context, subject: Subject) -> str:
    """Where a subject is, as far as its division says."""
    return place_text(subject.scheme, subject.division, context["lang"])


@register.simple_tag(takes_context=True)
def division(context: Context, code: str) -> SafeString:
    """A division of China, or the first digits of one, by its name and its code."""
    return named_division(code, context["lang"])


def named_division(code: str, lang: Language) -> SafeString:
    """The same for whoever writes HTML in Python."""
    return format_html('{} <span class="code">{}</span>', marked(place_text("usci", code, lang), lang), code)


@register.simple_tag(takes_context=True)
def foreign(context: Context, text: str) -> SafeString:
    """A text as an authority wrote it; Chinese on an English page is marked, so that it is read out as such."""
    return marked(text, context["lang"])


def marked(text: str, lang: Language) -> SafeString:
    """The same for whoever writes HTML in Python."""
    if lang is Language.EN and _HAN.search(text):
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
def laws(context: Context, bases: tuple[Basis, ...] | Basis) -> SafeString:
    """One basis or several, each on a line."""
    return laws_of(law(bases), context["lang"])


def laws_of(bases: tuple[Basis, ...], lang: Language) -> SafeString:
    """The same for whoever writes HTML in Python."""
    return SafeString("<br>".join(_law(one, lang) for one in bases))


@lru_cache(maxsize=4096)
def _law(basis: Basis, lang: Language) -> SafeString:
    beside = format_html_join(
        "", ' <strong class="tag tag-doubt">{}</strong>', ((one,) for one in marks(basis, lang))
    )
    return format_html(
        '<span class="law">{}{}{}</span>',
        marked(shelf.cited_text(basis.instrument, lang), lang),
        article_text(basis.article, lang),
        beside,
    )


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
