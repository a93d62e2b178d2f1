"""What refusals say in Chinese: a code is one refusal everywhere, so its text stands beside it, in refusals.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("refusals.yaml")


@cache
def chinese() -> dict[str, str]:
    """Code → what it says in Chinese, and what to do."""
    return {str(code): str(text) for code, text in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()}


def in_chinese(code: str) -> str:
    """The Chinese text of a refusal; empty for a code of another room."""
    return chinese().get(code, "")
