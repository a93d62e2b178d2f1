"""What a form says to the official and no document to the organisation: prompts, and marks of doubt in the pack."""

from __future__ import annotations

import re

from goodstanding.catalogue.procedure import Stated
from goodstanding.portal.language import Language
from goodstanding.portal.wording import known, word

_MARKS = re.compile(r" ?\(recalled\)|（未核对原文）|[(（]未核对[^)）]*[)）]")


def found_marks(text: str) -> tuple[str, ...]:
    """The marks of doubt in a text."""
    return tuple(dict.fromkeys(one.strip() for one in _MARKS.findall(text)))


def unmarked(text: str) -> str:
    """A text without its marks of doubt."""
    return _MARKS.sub("", text)


def left_in(text: str) -> tuple[str, ...]:
    """Prompts and marks that still stand in a text that is to be a document's."""
    said = (word(lang, key) for key in _prompts() for lang in Language)
    return (*(one for one in said if one in text), *found_marks(text))


def _prompts() -> tuple[str, ...]:
    return tuple(key for one in Stated if known(key := f"prompt.{one.value}"))
