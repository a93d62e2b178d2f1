"""What the office calls authorities, offices and organisations."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.core.reader import Access, Reader
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.queries import names_in

INSIDE = Reader(Access.SHARED)
"""What authorities share among themselves: names of the organisations of their cases."""


def authority_text(path: str, lang: Language) -> str:
    """An authority."""
    return lang.of(shelf.authority_title(path))


def subject_names(lang: Language, subjects: Iterable[int]) -> dict[int, str]:
    """The newest name of each subject, in the page's language where there is one."""
    return names_in(lang, subjects, INSIDE)
