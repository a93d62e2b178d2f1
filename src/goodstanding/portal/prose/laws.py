"""Laws and the days on which they are in force, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from goodstanding.catalogue.model import Basis
from goodstanding.portal import shelf
from goodstanding.portal.citing import marks
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word
from goodstanding.portal.written import day

_NUMBERED = re.compile(r"[0-9]")


def article_text(article: str, lang: Language) -> str:
    """What follows an instrument: its article, or the part of it that the source names in words."""
    if not article:
        return ""
    said = (
        word(lang, "basis.article", article=article)
        if _NUMBERED.match(article)
        else shelf.cited_text(article, lang)
    )
    return word(lang, "list.comma") + said


def law_text(bases: Iterable[Basis], lang: Language) -> str:
    """Instruments and their articles in one line; what is uncertain says so."""
    said = []
    for one in bases:
        text = shelf.cited_text(one.instrument, lang) + article_text(one.article, lang)
        for mark in marks(one, lang):
            text = word(lang, "grade.with-title", grade=text, title=mark)
        said.append(text)
    return word(lang, "basis.join").join(said)


def force_text(start: date, end: date | None, lang: Language) -> str:
    """The days on which a rule is in force: [start, end)."""
    if end is None:
        return word(lang, "force.from", start=day(start, lang))
    return word(lang, "force.between", start=day(start, lang), end=day(end, lang))
