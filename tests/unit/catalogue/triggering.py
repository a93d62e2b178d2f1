"""A measure and a memorandum for the small good pack, to be spoilt by one change at a time."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

Files = dict[str, Any]

FUNDS: dict[str, Any] = {
    "id": "funds",
    "title": {"en": "No application for public funds", "zh": "限制申请财政性资金"},
    "effect": "restriction",
    "dimension": "subsidy",
    "rests_on": "central_policy",
    "basis": [{"instrument": "国发〔2016〕33号"}],
    "targets": {"en": "Listed organisations", "zh": "列入名单的单位"},
    "implementers": {"en": "Bodies that grant funds", "zh": "资金主管部门"},
    "processes": ["subsidy"],
    "source": "A source",
}

BAN: dict[str, Any] = {
    **copy.deepcopy(FUNDS),
    "id": "ban",
    "title": {"en": "No tenders for a set period", "zh": "一定期限内不得参加投标"},
    "dimension": "market_access",
    "law": "by_law",
    "rests_on": "law",
    "basis": [{"instrument": "中华人民共和国招标投标法", "article": "53"}],
    "processes": ["tender"],
}

MEMORANDUM: dict[str, Any] = {
    "id": "evaders",
    "table": "punishment",
    "number": 1,
    "title": {"en": "Tax evaders", "zh": "对偷税企业联合惩戒的备忘录"},
    "effect": "restriction",
    "keeper": "bureau",
    "basis": [{"instrument": "A memorandum"}],
    "valid_from": "2016-01-01",
    "lists": ["evaders"],
    "agreed": [{"measure": "funds", "authorities": ["bureau"]}],
    "source": "A source",
}

LIST: dict[str, Any] = {
    "id": "evaders",
    "title": {"en": "Tax evaders", "zh": "偷税企业名单"},
    "keeper": "bureau",
    "basis": {"instrument": "A law"},
    "valid_from": "2016-01-01",
    "grounds": {"en": "Evasion", "zh": "偷税"},
    "item": "listing.evaders",
    "source": "A source",
}


def with_measures(files: Files) -> Files:
    """The good pack with two measures, a list, and a memorandum by which the list triggers one of them."""
    files["measures.yaml"] = {"measures": [copy.deepcopy(FUNDS), copy.deepcopy(BAN)]}
    files["memoranda.yaml"] = {"memoranda": [dated(MEMORANDUM)]}
    items = files["catalogue/all.yaml"]["items"]
    items.append({**copy.deepcopy(items[1]), "item": "listing.evaders", "listing": "own"})
    files["lists.yaml"] = {"lists": [dated(LIST)]}
    return files


def dated(entry: dict[str, Any]) -> dict[str, Any]:
    """A copy whose day is a date, as YAML reads it."""
    return {**copy.deepcopy(entry), "valid_from": date.fromisoformat(entry["valid_from"])}
