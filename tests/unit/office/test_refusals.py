"""Whatever the office can refuse, it refuses in the language of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import goodstanding
from goodstanding.office.refusals import chinese

_SOURCE = Path(goodstanding.__file__).parent
_CODE = re.compile(r"""["'](GS-[A-Z]+-[0-9]{3})["']""")
_COURSE = re.compile(r"_refusal\(\s*([0-9]+),")


def raised() -> set[str]:
    """Every code that procedures, measures and the office raise, in code and in the database."""
    found: set[str] = set()
    for room in ("procedures", "measures", "office"):
        for path in sorted((_SOURCE / room).rglob("*")):
            if path.suffix in {".py", ".sql"}:
                text = path.read_text(encoding="utf-8")
                found |= set(_CODE.findall(text))
                found |= {f"GS-CASE-{int(one):03}" for one in _COURSE.findall(text)}
    return {one for one in found if not one.startswith("GS-LEDGER-")}


@pytest.mark.parametrize("code", sorted(raised()))
def test_a_refusal_has_its_chinese_words(code: str) -> None:
    text = chinese().get(code, "")
    assert re.search(r"[\u4e00-\u9fff]", text) and text.endswith("。"), f"{code}: give it in refusals.yaml"


def test_no_text_is_kept_for_a_code_that_nothing_raises() -> None:
    assert set(chinese()) <= raised()
    assert {"GS-CASE-001", "GS-COUNTER-055", "GS-ORDER-010", "GS-OFFICE-011"} <= raised(), (
        "the search sees course.py, the guards and the rooms"
    )
