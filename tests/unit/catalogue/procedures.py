"""A small procedure of listing that leaves nothing out, to be spoilt by one change at a time."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

FILE = "procedures/listing/tax-evaders-2024.yaml"
LAW = {"instrument": "A law", "article": "44"}


def _title(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


_LISTING: dict[str, Any] = {
    "procedure": "listing/tax-evaders",
    "kind": "listing",
    "title": _title("Listing of tax evaders", "列入偷税企业名单"),
    "authority": "bureau",
    "basis": [LAW],
    "in_force": {"from": date(2024, 1, 1)},
    "levels": ["county", "municipal"],
    "reviewed_by": "provincial",
    "officials": 2,
    "listing": {
        "list": "tax-evaders",
        "item": "listing.tax-evaders",
        "months": 36,
        "early_months": 6,
        "ends": _title("At 36 months by itself", "满三十六个月自动移出"),
        "removal": {"working_days": 3, "after": "lift", "basis": LAW},
        "serious": True,
    },
    "stages": [
        {"act": "propose"},
        {"act": "review"},
        {
            "act": "notify",
            "serves": "prior-notice",
            "states": ["facts", "reasons", "basis", "evidence", "rights"],
        },
        {"act": "serve_notice"},
        {"act": "state", "within": {"working_days": 5, "after": "serve_notice", "basis": LAW}},
        {
            "act": "decide",
            "by": "head",
            "serves": "decision",
            "states": ["reasons", "basis", "term", "removal", "remedies"],
        },
        {"act": "confirm"},
        {"act": "serve_decision"},
        {"act": "publish", "within": {"working_days": 20, "after": "decide", "basis": LAW}},
        {"act": "lift", "by": "clock"},
    ],
}


def listing() -> dict[str, Any]:
    """The content of its file, to be changed."""
    return copy.deepcopy(_LISTING)


def stage(procedure: dict[str, Any], act: str) -> dict[str, Any]:
    """The stage that does this."""
    found: dict[str, Any] = next(one for one in procedure["stages"] if one["act"] == act)
    return found
