"""How a document reached an organisation: kept in both languages, shown in the page's."""

from __future__ import annotations

from functools import cache

from goodstanding.portal.language import Language
from goodstanding.portal.wording import word

HOW = ("in-person", "by-post", "electronically", "left-there", "by-announcement")


@cache
def kept_as(how: str) -> str:
    """One of the ways as a step keeps it, for whoever reads the step without these pages."""
    return " ".join(word(lang, f"served.{how}") for lang in (Language.ZH, Language.EN))


def served_text(kept: str, lang: Language) -> str:
    """The same for a page; what a command or another version wrote stands as it is."""
    return next((word(lang, f"served.{one}") for one in HOW if kept_as(one) == kept), kept)
