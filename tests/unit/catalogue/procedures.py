"""Small procedures that leave nothing out, and the ways to spoil them, one change at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

Files = dict[str, Any]
Change = Callable[[Files], object]

FILE = "procedures/listing/tax-evaders-2024.yaml"
REPAIR = "procedures/repair/tiny-2024.yaml"
OBJECTION = "procedures/objection/tiny-2024.yaml"
COMMITMENT = "procedures/commitment/tiny-2024.yaml"
LAW = {"instrument": "A law", "article": "44"}


def _title(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


def _term(days: int, after: str) -> dict[str, Any]:
    return {"working_days": days, "after": after, "basis": LAW}


LISTS = {
    "lists": [
        {
            "id": "tax-evaders",
            "title": _title("Tax evaders", "偷税企业"),
            "keeper": "bureau",
            "basis": LAW,
            "valid_from": date(2020, 1, 1),
            "grounds": _title("Evasion", "偷税"),
            "item": "listing.tax-evaders",
            "source": "A page",
        }
    ]
}

_LISTING: Files = {
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
        "removal": _term(3, "lift"),
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
        {"act": "state", "within": _term(5, "serve_notice")},
        {
            "act": "decide",
            "by": "head",
            "serves": "decision",
            "states": ["reasons", "basis", "term", "removal", "remedies"],
        },
        {"act": "confirm"},
        {"act": "serve_decision"},
        {"act": "publish", "within": _term(20, "decide")},
        {"act": "lift", "by": "clock"},
    ],
}

_REPAIR: Files = {
    "procedure": "repair/tiny",
    "kind": "repair",
    "title": _title("Repair", "信用修复"),
    "authority": "bureau",
    "basis": [LAW],
    "in_force": {"from": date(2024, 1, 1)},
    "levels": ["county"],
    "tiers": [
        {
            "seriousness": 2,
            "title": _title("General", "一般"),
            "at_least": 3,
            "at_most": 12,
            "repairable": True,
            "basis": LAW,
        }
    ],
    "evidence": [{"id": "proof", "title": _title("Proof of correction", "纠正证明")}],
    "stages": [
        {"act": "apply"},
        {"act": "accept", "within": _term(2, "apply")},
        {"act": "decide", "within": _term(3, "accept"), "if_late": "granted"},
        {"act": "serve_decision"},
        {"act": "lift"},
    ],
}

_OBJECTION: Files = {
    "procedure": "objection/tiny",
    "kind": "objection",
    "title": _title("Objection", "异议处理"),
    "authority": "bureau",
    "basis": [LAW],
    "in_force": {"from": date(2024, 1, 1)},
    "levels": ["county"],
    "stages": [
        {"act": "apply"},
        {"act": "mark", "within": _term(0, "apply")},
        {"act": "decide", "within": _term(5, "apply")},
        {"act": "serve_decision"},
        {"act": "lift"},
    ],
}


_COMMITMENT: Files = {
    "procedure": "commitment/tiny",
    "kind": "commitment",
    "title": _title("Commitment", "信用承诺"),
    "authority": "bureau",
    "basis": [LAW],
    "in_force": {"from": date(2024, 1, 1)},
    "levels": ["county"],
    "stages": [
        {"act": "apply"},
        {"act": "accept"},
        {"act": "keep"},
        {"act": "serve_notice"},
        {"act": "state", "within": _term(5, "serve_notice")},
        {"act": "follow"},
        {"act": "serve_decision"},
    ],
    "pledge": {
        "check": _term(20, "keep"),
        "shown": {"months": 12, "basis": LAW},
        "breaches": [
            {
                "follows": "barred",
                "title": _title("Barred", "不适用"),
                "basis": [LAW],
                "bars": ["commitment"],
                "months": 6,
            }
        ],
    },
}


def with_procedures(files: Files) -> Files:
    """The good pack with a list and a procedure of each kind that decides, to be changed."""
    return files | {
        "lists.yaml": copy.deepcopy(LISTS),
        FILE: copy.deepcopy(_LISTING),
        REPAIR: copy.deepcopy(_REPAIR),
        OBJECTION: copy.deepcopy(_OBJECTION),
    }


def stage(procedure: Files, act: str) -> Files:
    """The stage that does this."""
    found: Files = next(one for one in procedure["stages"] if one["act"] == act)
    return found


def _in(name: str, change: Change) -> Change:
    """A change to one file of the pack with procedures."""

    def changed(files: Files) -> None:
        files.update(with_procedures(files) | {COMMITMENT: copy.deepcopy(_COMMITMENT)})
        change(files[name])

    return changed


def _without(*acts: str) -> Change:
    def change(procedure: Files) -> None:
        procedure["stages"] = [one for one in procedure["stages"] if one["act"] not in acts]

    return change


def _without_term(procedure: Files) -> None:
    """Nobody says by when it is decided, and so nothing follows from silence."""
    for key in ("within", "if_late"):
        del stage(procedure, "decide")[key]


def _before(act: str, other: str) -> Change:
    def change(procedure: Files) -> None:
        moved = stage(procedure, act)
        procedure["stages"].remove(moved)
        procedure["stages"].insert(procedure["stages"].index(stage(procedure, other)), moved)

    return change


def _short(procedure: Files) -> None:
    """A listing of one year that nobody above confirms."""
    procedure["listing"].update(months=12, serious=False)
    procedure["officials"] = 1
    del procedure["reviewed_by"]
    _without("confirm")(procedure)


def _no_way_off(files: Files) -> None:
    files.update(with_procedures(files))
    del files[FILE]["listing"]["early_months"]
    files[REPAIR]["applies_to"] = ["tax.arrears"]


_TRAIN = {"act": "train", "title": _title("A course", "修复培训")}

CASES: list[tuple[str, str, Change]] = [
    ("GS-PACK-123", "a natural person as party", _in(FILE, lambda p: p.update(subjects=["natural_person"]))),
    (
        "GS-PACK-123",
        "the legal representative summoned",
        _in(
            FILE, lambda p: stage(p, "review").update(title=_title("Summon the legal representative", "约谈"))
        ),
    ),
    ("GS-PACK-154", "a listing by no law", _in(FILE, lambda p: p.update(basis=[]))),
    (
        "GS-PACK-154",
        "a listing on a basis that nobody stated",
        _in(FILE, lambda p: p.update(basis=[{"instrument": "Basis not stated by the authority"}])),
    ),
    ("GS-PACK-163", "no notice", _in(FILE, _without("notify"))),
    ("GS-PACK-163", "a notice that nobody gets", _in(FILE, lambda p: stage(p, "notify").pop("serves"))),
    (
        "GS-PACK-163",
        "a notice without evidence",
        _in(FILE, lambda p: stage(p, "notify").update(states=["reasons", "basis", "rights"])),
    ),
    (
        "GS-PACK-164",
        "two days to answer",
        _in(FILE, lambda p: stage(p, "state").update(within=_term(2, "serve_notice"))),
    ),
    (
        "GS-PACK-164",
        "days that run before anybody knows",
        _in(FILE, lambda p: stage(p, "state").update(within=_term(5, "notify"))),
    ),
    (
        "GS-PACK-164",
        "three days over a feast",
        _in(
            FILE,
            lambda p: stage(p, "state").update(within={"days": 3, "after": "serve_notice", "basis": LAW}),
        ),
    ),
    ("GS-PACK-164", "nobody asked", _in(FILE, _without("state"))),
    ("GS-PACK-165", "the machine decides", _in(FILE, lambda p: stage(p, "decide").update(by="machine"))),
    (
        "GS-PACK-165",
        "a decision without reasons",
        _in(FILE, lambda p: stage(p, "decide").update(states=["basis", "term", "removal", "remedies"])),
    ),
    ("GS-PACK-165", "a decision that is not served", _in(FILE, _without("serve_decision"))),
    ("GS-PACK-166", "published before it is served", _in(FILE, _before("publish", "serve_decision"))),
    ("GS-PACK-166", "reviewed before it is proposed", _in(FILE, _before("review", "propose"))),
    ("GS-PACK-167", "a township lists", _in(FILE, lambda p: p.update(levels=["township", "county"]))),
    ("GS-PACK-167", "nobody is competent", _in(FILE, lambda p: p.update(levels=[]))),
    ("GS-PACK-167", "confirmed by its own level", _in(FILE, lambda p: p.update(reviewed_by="county"))),
    ("GS-PACK-168", "one official lists for three years", _in(FILE, lambda p: p.update(officials=1))),
    ("GS-PACK-168", "a year by one official, not called serious", _in(FILE, _short)),
    ("GS-PACK-168", "nobody above confirms", _in(FILE, _without("confirm"))),
    (
        "GS-PACK-169",
        "service that may be left out",
        _in(FILE, lambda p: stage(p, "serve_decision").update(optional=True)),
    ),
    ("GS-PACK-182", "a listing without an end", _in(FILE, lambda p: p["listing"].pop("months"))),
    ("GS-PACK-182", "a listing for a hundred years", _in(FILE, lambda p: p["listing"].update(months=1200))),
    ("GS-PACK-183", "no rule of removal", _in(FILE, lambda p: p["listing"].pop("removal"))),
    ("GS-PACK-183", "never removed", _in(FILE, _without("lift"))),
    (
        "GS-PACK-183",
        "removal that counts from the decision",
        _in(FILE, lambda p: p["listing"].update(removal=_term(3, "decide"))),
    ),
    ("GS-PACK-183", "no way off the list", _no_way_off),
    ("GS-PACK-184", "repair for money", _in(REPAIR, lambda p: p.update(fee=500))),
    ("GS-PACK-185", "training that no law asks for", _in(REPAIR, lambda p: p["stages"].insert(2, _TRAIN))),
    (
        "GS-PACK-185",
        "proof of a course that no law asks for",
        _in(
            REPAIR,
            lambda p: p["evidence"].append(
                {"id": "course", "title": _title("Proof of a course", "培训证明"), "training": True}
            ),
        ),
    ),
    ("GS-PACK-186", "repair without a term", _in(REPAIR, _without_term)),
    ("GS-PACK-186", "repair that lifts nothing", _in(REPAIR, _without("lift"))),
    ("GS-PACK-186", "an answer that nobody gets", _in(OBJECTION, _without("serve_decision"))),
    (
        "GS-PACK-187",
        "a mark after two days",
        _in(OBJECTION, lambda p: stage(p, "mark").update(within=_term(2, "apply"))),
    ),
    ("GS-PACK-187", "no mark", _in(OBJECTION, _without("mark"))),
    (
        "GS-PACK-188",
        "listed by silence",
        _in(FILE, lambda p: stage(p, "confirm").update(if_late="granted", within=_term(5, "decide"))),
    ),
    ("GS-PACK-189", "refused by silence", _in(REPAIR, lambda p: stage(p, "decide").update(if_late="lapses"))),
    (
        "GS-PACK-189",
        "granted before it is accepted",
        _in(REPAIR, lambda p: stage(p, "accept").update(if_late="granted")),
    ),
    (
        "GS-PACK-189",
        "silence that no term ends",
        _in(FILE, lambda p: stage(p, "review").update(if_late="lapses")),
    ),
    (
        "GS-PACK-189",
        "an entry that lapses after its service",
        _in(FILE, lambda p: stage(p, "publish").update(if_late="lapses")),
    ),
    ("GS-PACK-189", "a stage that nobody takes", _in(REPAIR, lambda p: stage(p, "lift").update(by="law"))),
    ("GS-PACK-260", "followed unanswered", _in(COMMITMENT, _without("serve_notice", "state"))),
    ("GS-PACK-260", "no term to answer", _in(COMMITMENT, lambda p: stage(p, "state").pop("within"))),
    ("GS-PACK-260", "found by itself", _in(COMMITMENT, lambda p: stage(p, "keep").update(by="clock"))),
    ("GS-PACK-261", "without a law", _in(COMMITMENT, lambda p: p["pledge"]["breaches"][0].update(basis=[]))),
    (
        "GS-PACK-261",
        "barred for ever",
        _in(COMMITMENT, lambda p: p["pledge"]["breaches"][0].update(months=0)),
    ),
    ("GS-PACK-261", "shown for ever", _in(COMMITMENT, lambda p: p["pledge"]["shown"].update(months=900))),
]
"""What no procedure may be: code, what is wrong, the change to the good pack."""
