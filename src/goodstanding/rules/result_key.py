"""What the codes in the files of a result mean: enough to read assessments.parquet and lines.parquet alone."""

from __future__ import annotations

from typing import Any

from goodstanding.core.reader import Access

from .engines.duckdb.running import STATUS
from .model import Rulebook


def result_key(rulebook: Rulebook) -> dict[str, Any]:
    """The codes of a rulebook's result, as data for JSON, by the column that holds them.

    `possible` of an assessment is a sum of bits; bit 0 is the lowest, worth 1.
    """
    names = dict(rulebook.grade_titles)
    return {
        "rule": {
            str(one.ordinal): {
                "id": one.id,
                "title": {"en": one.title.en, "zh": one.title.zh},
                "basis": [f"{law.instrument} {law.article}".strip() for law in one.basis],
            }
            for one in rulebook.entries()
        },
        "status": {str(number): status.value for number, status in STATUS.items()},
        "possible": [
            {
                "bit": bit,
                "grade": grade or None,
                "title": {"en": names[grade].en, "zh": names[grade].zh} if grade in names else None,
            }
            for bit, grade in enumerate((*rulebook.grades, ""))
        ],
        "access": {str(int(one)): one.name.lower() for one in Access},
        "points_low, points_high": "hundredths of a point; NULL: without bound, or no total",
        "grade": "NULL: cannot tell; `possible` says what it may be, `missing` the ids of what is not known",
    }
