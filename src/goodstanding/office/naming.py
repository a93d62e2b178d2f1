"""What the office calls authorities, offices and organisations."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.core.reader import Access, Reader
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.places import place_text
from goodstanding.portal.queries import names_in
from goodstanding.portal.wording import named, word

INSIDE = Reader(Access.SHARED)
"""What authorities share among themselves: names of the organisations of their cases."""


def authority_text(path: str, lang: Language) -> str:
    """An authority."""
    return lang.of(shelf.authority_title(path))


def newest_name(lang: Language, names: Iterable[tuple[str, str, bool]]) -> str:
    """The same of one organisation, from its names in their order: text, language, whether a former one; "" if none."""
    said: dict[tuple[str, bool], str] = {}
    for text, language, former in names:
        said.setdefault((text, former), language)
    current = [(text, language) for (text, former), language in said.items() if not former]
    of_page = [text for text, language in current if language == lang]
    return (of_page or [text for text, _ in current] or [""])[-1]


def subject_names(lang: Language, subjects: Iterable[int]) -> dict[int, str]:
    """The newest name of each subject, in the page's language where there is one."""
    return names_in(lang, subjects, INSIDE)


def office_text(office: str, lang: Language) -> str:
    """An office as the log names it, `<authority> <level> <place>`, in words; the place with its code."""
    path, _, rest = office.partition(" ")
    level, _, code = rest.partition(" ")
    parts = [authority_text(path, lang)]
    if level:
        parts.append(named(lang, "level.", level))
    if code:
        parts.append(f"{place_text('usci', code, lang)} {code}".strip())
    return word(lang, "list.comma").join(parts)


def memorandum_text(path: str, lang: Language) -> str:
    """A memorandum's title; its path where no pack here has it."""
    pack = shelf.pack_named(path.partition("/")[0])
    found = next((one for one in pack.memoranda if one.path == path), None) if pack else None
    return lang.of(found.title) if found else path


def measure_text(path: str, lang: Language) -> str:
    """A measure's title; its path where no pack here has it, and nothing for none."""
    pack = shelf.pack_named(path.partition("/")[0])
    found = next((one for one in pack.measures if one.path == path), None) if pack else None
    return lang.of(found.title) if found else path
