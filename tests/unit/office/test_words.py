"""Every word of the office stands in words.yaml, in both languages, and is used; its pages run no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodstanding import office
from goodstanding.portal import wording
from goodstanding.portal.language import Language

ROOM = Path(office.__file__).parent
FILE = ROOM / "words.yaml"
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
SOURCES = [*TEMPLATES, *sorted(ROOM.rglob("*.py"))]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"""\{%\s*word\s+["']([^"']+)["']""")
_MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>|&\w+;", re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def words() -> None:
    wording.add(FILE)


@pytest.mark.parametrize("key", sorted(wording.words_of(FILE)))
def test_a_word_is_used_and_says_the_same_values_in_both_languages(key: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    groups = [key[: at + 1] for at, letter in enumerate(key) if letter == "."]
    assert any(f'"{one}' in text for one in (f'{key}"', *(f'{group}"' for group in groups))) or any(
        f'"{group}{{' in text for group in groups
    ), f"{key} is used nowhere"
    english, chinese = (wording.words_of(FILE)[key][one] for one in (Language.EN, Language.ZH))
    assert set(_PLACEHOLDER.findall(chinese[1])) == set(_PLACEHOLDER.findall(english[1]))
    assert key not in wording.words_of(wording.FILE), "the portal has this word"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_speaks_through_words_alone_and_runs_no_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [key for key in _WORD.findall(source) if not wording.known(key)] == []
    assert not re.findall(r"[A-Za-z\u3400-\u9fff]+", _MARKUP.sub(" ", source))
    assert "<script" not in source and "style=" not in source and "|safe" not in source
    assert not re.search(r"\bon[a-z]+=|https?://", source)
