"""A measure and a memorandum for the small good pack, to be spoilt by one change at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable
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


Change = Callable[[Files], object]


def measure(files: Files, number: int = 0) -> dict[str, Any]:
    """The measure on funds, or the ban."""
    one: dict[str, Any] = with_measures(files)["measures.yaml"]["measures"][number]
    return one


def memorandum(files: Files) -> dict[str, Any]:
    """The memorandum on tax evaders."""
    one: dict[str, Any] = with_measures(files)["memoranda.yaml"]["memoranda"][0]
    return one


def _titled(en: str, zh: str, number: int = 0) -> Change:
    return lambda files: measure(files, number).update(title={"en": en, "zh": zh})


def _bank(files: Files) -> None:
    """The memorandum orders a body that says itself that it is a market participant."""
    memorandum(files)["agreed"][0]["authorities"] = ["city-lender"]
    _body(files, "city-lender", "City lending", "城市信贷", market=True)


def _body(files: Files, name: str, en: str, zh: str, *, market: bool = False) -> None:
    body: dict[str, Any] = {**files["authorities.yaml"]["authorities"][0], "authority": name}
    body["title"] = {"en": en, "zh": zh}
    files["authorities.yaml"]["authorities"].append({**body, "market": True} if market else body)


def _refused_list(files: Files) -> None:
    memorandum(files)
    entry = files["lists.yaml"]["lists"][0]
    del entry["item"]
    entry["reason"] = {"en": "A rating and no list", "zh": "属评价结果"}


def _fact(files: Files) -> None:
    """The memorandum triggers a measure that is only shown."""
    reason = {"en": "Needs a law", "zh": "须有法律依据"}
    measure(files).update(executable=False, refused=reason)


def _local(files: Files, **changes: Any) -> None:
    """The national basic list has the measure as its number 7, and a province has one of the same kind."""
    national = measure(files)
    national["number"] = 7
    local = {**copy.deepcopy(national), "id": "local", "division": "33", **changes}
    del local["number"]
    files["measures.yaml"]["measures"].append(local)


OTHER_TITLE = {"en": "Fewer grants", "zh": "减少资助"}
_SPENDING = ("Restriction of high consumption", "限制高消费")

CASES: list[tuple[str, str, Change]] = [
    ("GS-PACK-171", "a measure without a law", lambda f: measure(f).update(basis=[])),
    (
        "GS-PACK-171",
        "a measure whose only law is doubtful",
        lambda f: measure(f).update(basis=[{"instrument": "国发〔2016〕33号", "uncertain": True}]),
    ),
    ("GS-PACK-171", "a measure that nobody carries out", lambda f: measure(f).pop("implementers")),
    ("GS-PACK-171", "a measure that is asked for nowhere", lambda f: measure(f).pop("processes")),
    ("GS-PACK-172", "a measure that says it meets persons", lambda f: measure(f).update(hits="persons")),
    ("GS-PACK-172", "no flights, by its English title", _titled("No flights", "限制活动")),
    ("GS-PACK-172", "no trains, by its Chinese title", _titled("Transport limits", "限制乘坐高铁")),
    ("GS-PACK-172", "spending, called a matter of funds", _titled(*_SPENDING)),
    ("GS-PACK-172", "schooling of children", _titled("No places at schools", "限制子女就读")),
    ("GS-PACK-172", "an exit ban, called a limit", _titled("Movement limits", "限制出境")),
    ("GS-PACK-172", "an office limit", _titled("Restriction on holding office", "限制任职")),
    (
        "GS-PACK-172",
        "officers as targets",
        lambda f: measure(f).update(targets={"en": "Listed units", "zh": "列入名单单位的法定代表人"}),
    ),
    (
        "GS-PACK-173",
        "a market ban by memorandum",
        lambda f: measure(f, 1).update(rests_on="memorandum", basis=[{"instrument": "A memorandum"}]),
    ),
    (
        "GS-PACK-173",
        "a market ban by local regulation",
        lambda f: measure(f, 1).update(rests_on="local_regulation"),
    ),
    ("GS-PACK-173", "a market ban that is called a rule", lambda f: measure(f, 1).update(law="by_rule")),
    ("GS-PACK-173", "a ban, called a matter of funds", _titled("Ban from the market", "市场禁入")),
    (
        "GS-PACK-173",
        "a law that is a memorandum by its name",
        lambda f: measure(f, 1).update(basis=[{"instrument": "关于联合惩戒的合作备忘录"}]),
    ),
    (
        "GS-PACK-173",
        "a law that is a province's by its name",
        lambda f: measure(f, 1).update(basis=[{"instrument": "浙江省公共信用信息管理条例"}]),
    ),
    (
        "GS-PACK-174",
        "a measure that says it meets related organisations",
        lambda f: measure(f).update(hits="related"),
    ),
    ("GS-PACK-174", "branches, by the title", _titled("No funds for branches", "限制资金")),
    ("GS-PACK-174", "suppliers, by the Chinese title", _titled("No funds", "限制供应商申请资金")),
    ("GS-PACK-175", "a province repeats the national list", _local),
    (
        "GS-PACK-175",
        "a province repeats it in other words",
        lambda f: _local(f, title=OTHER_TITLE),
    ),
    ("GS-PACK-176", "a list that nobody keeps", lambda f: memorandum(f).update(lists=["smugglers"])),
    ("GS-PACK-176", "a list that is refused", _refused_list),
    ("GS-PACK-177", "a measure that is only shown", _fact),
    (
        "GS-PACK-177",
        "a list that the measure's law does not name",
        lambda f: measure(f).update(reserved_to=["wage-arrears"]),
    ),
    ("GS-PACK-178", "an order to a market participant", _bank),
    (
        "GS-PACK-178",
        "a bank that does not say what it is",
        lambda f: _body(f, "lender", "First Commercial Bank", "第一商业银行"),
    ),
    (
        "GS-PACK-178",
        "an association by its Chinese name",
        lambda f: _body(f, "trade", "Gas Trade Body", "气体工业协会"),
    ),
    ("GS-PACK-179", "a reward that takes", lambda f: memorandum(f).update(effect="benefit")),
    ("GS-PACK-179", "a punishment that gives", lambda f: measure(f).update(effect="benefit")),
]
"""Code, what is wrong, and the change to the good pack that makes it so."""
