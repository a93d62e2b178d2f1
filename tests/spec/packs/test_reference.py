"""The reference page of packs says what the packs and the loader say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodstanding.catalogue.checks import CHECKS
from goodstanding.catalogue.domains import LEVELS, LIST_GROUNDS, REFUSAL_RULES
from goodstanding.catalogue.loading import builtin_names, load_packs
from goodstanding.core.identifiers.registry import SCHEMES


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).resolve().parents[3] / "docs" / "reference" / "packs.md").read_text(
        encoding="utf-8"
    )


def test_every_source_is_in_its_table(page: str) -> None:
    named = set(re.findall(r"^\| `([a-z-]+/[a-z-]+)`", page, flags=re.MULTILINE))

    assert named == {one.path for one in load_packs(builtin_names()).contracts}


def test_every_clause_that_is_checked_is_in_its_table(page: str) -> None:
    rows = re.findall(r"^\| GS-PACK-(\d+)(?:, (\d+))? \| ([\d.]+) \|", page, flags=re.MULTILINE)
    named = {
        (f"GS-PACK-{code}", clause) for first, second, clause in rows for code in (first, second) if code
    }

    assert named == {(one.code, one.clause) for one in CHECKS}


def test_every_closed_list_is_spelt_out(page: str) -> None:
    for word in (*LEVELS, *LIST_GROUNDS, *REFUSAL_RULES, *SCHEMES):
        assert f"`{word}`" in page, word
