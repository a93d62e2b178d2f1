"""Every word that the pages say, from words.yaml, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from goodstanding.catalogue.model import Field
from goodstanding.core.errors import Refusal
from goodstanding.portal.language import Language

FILE = Path(__file__).with_name("words.yaml")

Forms = tuple[str, str]  # one, and any other number; the same where the language makes no difference


_files = [FILE]


def add(file: Path) -> None:
    """Words of another room, which uses the portal's too. A key that both have is the portal's."""
    if file not in _files:
        _files.append(file)
        all_words.cache_clear()


@cache
def all_words() -> dict[str, dict[Language, Forms]]:
    """Key → language → forms. Raises GS-PORTAL-001 where a word lacks a language."""
    words: dict[str, dict[Language, Forms]] = {}
    for file in reversed(_files):
        words |= words_of(file)
    return words


@cache
def words_of(file: Path) -> dict[str, dict[Language, Forms]]:
    """The words of one file. Raises GS-PORTAL-001 where a word lacks a language."""
    words: dict[str, dict[Language, Forms]] = {}
    for key, said in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        if not isinstance(said, dict) or set(said) != {one.value for one in Language}:
            raise Refusal(
                "GS-PORTAL-001",
                f"the word {key!r} is not in both languages",
                where=file.name,
                remedy="Give it as {en: …, zh: …}.",
            )
        words[key] = {one: _forms(said[one.value]) for one in Language}
    return words


def _forms(said: str | dict[str, str]) -> Forms:
    return (said["one"], said["other"]) if isinstance(said, dict) else (said, said)


def word(lang: Language, key: str, /, **values: object) -> str:
    """A word with its values filled in; `n` chooses between one and several. KeyError for an unknown key."""
    one, other = all_words()[key][lang]
    return (one if values.get("n") == 1 else other).format(**values)


def listed(lang: Language, parts: Iterable[str], last: str) -> str:
    """Several things in one sentence: `a, b and c`. `last` is what joins the last one: list.and, list.or."""
    *first, end = parts
    return word(lang, last).join([word(lang, "list.between").join(first), end] if first else [end])


def sentence(text: str) -> str:
    """The text with a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def known(key: str) -> bool:
    """Whether there is such a word."""
    return key in all_words()


def code_text(field: Field | None, value: str, lang: Language) -> str:
    """A value of a code field as the catalogue calls it; else as the authority writes it."""
    title = field.value_title(value) if field else None
    return lang.of(title) if title else value


def named(lang: Language, group: str, value: str) -> str:
    """The word for a value of a closed list (`group` + `value`); the value itself where the list is open."""
    return word(lang, group + value) if known(group + value) else value.replace("_", " ").replace("-", " ")
