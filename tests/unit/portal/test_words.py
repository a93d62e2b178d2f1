"""Every word of the pages stands in words.yaml, in both languages, and is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodstanding.portal import wording
from goodstanding.portal.language import Language

ROOM = Path(wording.__file__).parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
SOURCES = [*TEMPLATES, *sorted(ROOM.rglob("*.py"))]

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_ATTRIBUTES = re.compile(r'\b(alt|title|placeholder|aria-label|data-label|value)="([^"]*)"')
_HTML = re.compile(r"<[^>]*>", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]+")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"""\{%\s*word\s+["']([^"']+)["']""")


def strings() -> set[str]:
    """Every quoted text of the templates and modules."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    return set(re.findall(r"""["']([a-z0-9.-]+?)["']""", text)) | set(re.findall(r'f"([a-z.-]+\.)\{', text))


@pytest.mark.parametrize("key", sorted(wording.words_of(wording.FILE)))
def test_a_word_is_used_and_says_the_same_values_in_both_languages(key: str) -> None:
    used = strings()
    groups = {key[: at + 1] for at, letter in enumerate(key) if letter == "."}
    assert key in used or groups & used, f"{key} is used nowhere"
    english, chinese = (wording.all_words()[key][one] for one in (Language.EN, Language.ZH))
    wanted = set(_PLACEHOLDER.findall(english[1]))
    assert set(_PLACEHOLDER.findall(chinese[1])) == wanted
    assert set(_PLACEHOLDER.findall(english[0])) <= wanted
    assert all(text.strip() for text in (*english, *chinese))


def test_no_word_is_written_twice() -> None:
    """The later would stand in the place of the earlier, on a page that means another thing."""
    for file in (wording.FILE, ROOM.parent / "office/words.yaml"):
        keys = re.findall(r"(?m)^([a-z][^\s:]*):", file.read_text(encoding="utf-8"))
        assert [key for key in set(keys) if keys.count(key) > 1] == [], file


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_speaks_only_through_words(path: Path) -> None:
    source = _TAG.sub("", path.read_text(encoding="utf-8"))
    for name, said in _ATTRIBUTES.findall(source):
        assert not _LETTERS.search(said), f'{name}="{said}"'
    text = re.sub(r"&\w+;", "", _HTML.sub(" ", source))
    assert not _LETTERS.findall(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_asks_for_no_unknown_word(path: Path) -> None:
    asked = _WORD.findall(path.read_text(encoding="utf-8"))
    assert [key for key in asked if not wording.known(key)] == []


def test_one_and_several_are_told_apart_in_english() -> None:
    assert wording.word(Language.EN, "months", n=1) == "1 month"
    assert wording.word(Language.EN, "months", n=12) == "12 months"
    assert wording.word(Language.ZH, "months", n=1) == "1 个月"


def test_a_value_of_an_open_list_is_shown_as_it_is() -> None:
    assert wording.named(Language.EN, "role.", "legal_representative") == "Legal representative"
    assert wording.named(Language.ZH, "role.", "court_appointed_receiver") == "court appointed receiver"


def test_no_page_runs_a_script_or_loads_from_elsewhere() -> None:
    for path in TEMPLATES:
        source = path.read_text(encoding="utf-8")
        assert "<script" not in source and "style=" not in source and "|safe" not in source
        assert not re.search(r"\bon[a-z]+=", source)
        assert not re.search(r"https?://", source)
