"""The pack of China: what it cites in English words has its Chinese, so that a Chinese page stands in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodstanding.catalogue.loading import builtin_pack
from goodstanding.catalogue.model import Basis
from goodstanding.portal.language import Language
from goodstanding.portal.prose.laws import law_text

CHINESE = re.compile(r"[\u3400-\u9fff]")


def _cited(node: Any) -> Iterator[str]:
    """Instruments, and those of their articles that are words, wherever a file names a law."""
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _cited(one)
    if isinstance(node, dict) and isinstance(node.get("instrument"), str):
        yield node["instrument"]
        article = str(node.get("article", ""))
        if article and not article[0].isdigit():
            yield article


@pytest.fixture(scope="module")
def in_english() -> set[str]:
    files: list[Path] = sorted(builtin_pack("cn").folder.rglob("*.yaml"))
    roots = (yaml.load(one.read_text("utf-8"), yaml.CSafeLoader) for one in files)
    return {text for root in roots for text in _cited(root) if not CHINESE.search(text)}


def test_each_citation_in_english_words_has_its_chinese_and_no_other(in_english: set[str]) -> None:
    named = [one.en for one in builtin_pack("cn").citations]
    assert sorted(named) == sorted(in_english)


def test_a_law_is_named_in_the_language_of_the_page() -> None:
    law = Basis("MERICS 2021", "exhibit 10")
    assert law_text([law], Language.EN) == "MERICS 2021, exhibit 10"
    assert law_text([law], Language.ZH) == "墨卡托中国研究中心（MERICS）2021年报告，图表10"
