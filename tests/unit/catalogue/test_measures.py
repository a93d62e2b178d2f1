"""Measures and memoranda are read as they are written, and what cannot be read says where and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue.loading import load_packs
from goodstanding.catalogue.measure import Agreed, Bound, Effect, Process, Rank
from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal
from tests.unit.catalogue.conftest import write_pack
from tests.unit.catalogue.triggering import with_measures

Files = dict[str, Any]
Load = Callable[[Files], Pack]


def test_a_list_triggers_a_measure_by_an_authority(good: Files, load: Load) -> None:
    pack = load(with_measures(good))

    assert [one.path for one in pack.measures] == ["tiny/funds", "tiny/ban"]
    assert pack.measures[0].processes == (Process.SUBSIDY,)
    memorandum = pack.memoranda[0]
    assert memorandum.runs
    assert memorandum.lists == ("evaders",)
    assert memorandum.agreed == (Agreed("tiny/funds", "tiny/bureau", Bound.ORDERED),)


def test_what_a_law_says_of_a_branch_itself_may_reach_it(good: Files, load: Load) -> None:
    files = with_measures(good)
    law = {"instrument": "中华人民共和国公司法", "article": "13"}
    files["measures.yaml"]["measures"][0].update(hits="related", reaches=law)

    reaches = load(files).measures[0].reaches

    assert reaches is not None
    assert reaches.article == "13"


def test_a_local_measure_may_add_what_the_national_one_lacks(good: Files, load: Load) -> None:
    files = with_measures(good)
    local = {**files["measures.yaml"]["measures"][0], "id": "local", "division": "33"}
    local["title"] = {"en": "Points lost in trading", "zh": "公共资源交易减分"}
    local["adds"] = {"en": "Points, where the national list excludes", "zh": "以减分代替排除"}
    files["measures.yaml"]["measures"][0]["number"] = 7
    files["measures.yaml"]["measures"].append(local)

    assert load(files).measures[2].adds is not None


def test_a_market_participant_may_subscribe(good: Files, load: Load) -> None:
    files = with_measures(good)
    lender = {**files["authorities.yaml"]["authorities"][0], "authority": "bank", "market": True}
    lender["title"] = {"en": "A commercial bank", "zh": "商业银行"}
    files["authorities.yaml"]["authorities"].append(lender)
    files["memoranda.yaml"]["memoranda"][0]["agreed"].append(
        {"measure": "funds", "authorities": ["bank"], "bound": "subscribes"}
    )

    assert [one.bound for one in load(files).memoranda[0].agreed] == [Bound.ORDERED, Bound.SUBSCRIBES]


def test_the_central_bank_and_regulators_of_banks_are_no_market_participants(good: Files, load: Load) -> None:
    files = with_measures(good)
    for name, en, zh in (
        ("pboc", "People's Bank of China", "中国人民银行"),
        ("cbirc", "China Banking and Insurance Regulatory Commission", "中国银行保险监督管理委员会"),
    ):
        body = {**files["authorities.yaml"]["authorities"][0], "authority": name}
        files["authorities.yaml"]["authorities"].append({**body, "title": {"en": en, "zh": zh}})

    assert len(load(files).authorities) == 3


def test_a_catalogue_says_what_an_entry_on_a_list_triggers_on_a_day(good: Files, tmp_path: Path) -> None:
    files = with_measures(good)
    files["memoranda.yaml"]["memoranda"][0]["valid_to"] = date(2020, 1, 1)
    catalogue = load_packs([write_pack(tmp_path / "tiny", files)])

    def triggered(year: int, name: str = "evaders") -> list[str]:
        return [one.path for one in catalogue.memoranda_of("tiny", name, date(year, 1, 1))]

    assert triggered(2019) == ["tiny/evaders"]
    assert triggered(2015) == triggered(2020) == triggered(2019, "smugglers") == []
    assert catalogue.measure("tiny/ban") in catalogue.measures


def test_measures_may_stand_in_several_files(good: Files, load: Load) -> None:
    files = with_measures(good)
    one, other = files.pop("measures.yaml")["measures"]
    files["measures/national.yaml"] = {"measures": [one]}
    files["measures/local.yaml"] = {"measures": [other]}

    assert {each.path for each in load(files).measures} == {"tiny/funds", "tiny/ban"}


def test_a_stated_law_goes_before_a_policy_and_a_restriction_before_a_benefit(
    good: Files, load: Load
) -> None:
    files = with_measures(good)
    benefit = {**files["measures.yaml"]["measures"][0], "id": "first", "effect": "benefit"}
    files["measures.yaml"]["measures"].append(benefit)
    funds, ban, first = load(files).measures

    assert (ban.rests_on, funds.rests_on, first.effect) == (Rank.LAW, Rank.CENTRAL_POLICY, Effect.BENEFIT)
    assert ban.precedence < funds.precedence < first.precedence


def measure(files: Files) -> dict[str, Any]:
    one: dict[str, Any] = files["measures.yaml"]["measures"][0]
    return one


def memorandum(files: Files) -> dict[str, Any]:
    one: dict[str, Any] = files["memoranda.yaml"]["memoranda"][0]
    return one


REASON = {"en": "A reason", "zh": "理由"}

FAULTS: list[tuple[str, str, Callable[[Files], object]]] = [
    ("GS-PACK-001", "a key that nothing reads", lambda f: measure(f).update(colour="red")),
    ("GS-PACK-005", "no source", lambda f: measure(f).pop("source")),
    ("GS-PACK-010", "a title in one language", lambda f: measure(f).update(title={"en": "Funds"})),
    ("GS-PACK-012", "an unknown process", lambda f: measure(f).update(processes=["marriage"])),
    ("GS-PACK-079", "not executable, no reason", lambda f: measure(f).update(executable=False)),
    ("GS-PACK-079", "a reason, yet executable", lambda f: measure(f).update(refused=REASON)),
    ("GS-PACK-071", "a precedence out of range", lambda f: measure(f).update(precedence=-1)),
    ("GS-PACK-072", "a division that is none", lambda f: measure(f).update(division="Zhejiang")),
    ("GS-PACK-073", "both triggered and refused", lambda f: memorandum(f).update(refused=REASON)),
    ("GS-PACK-073", "neither list nor reason", lambda f: memorandum(f).pop("lists")),
    ("GS-PACK-074", "measures of none", lambda f: memorandum(f).pop("agreed")),
    (
        "GS-PACK-074",
        "refused, and measures all the same",
        lambda f: (memorandum(f).pop("lists"), memorandum(f).update(refused=REASON)),
    ),
    ("GS-PACK-075", "two measures of one path", lambda f: f["measures.yaml"]["measures"].append(measure(f))),
    (
        "GS-PACK-075",
        "one number twice in the basic list",
        lambda f: [one.update(number=7) for one in f["measures.yaml"]["measures"]],
    ),
    (
        "GS-PACK-075",
        "one row of the source twice",
        lambda f: f["memoranda.yaml"]["memoranda"].append({**memorandum(f), "id": "others"}),
    ),
    ("GS-PACK-076", "an unknown keeper", lambda f: memorandum(f).update(keeper="ministry")),
    (
        "GS-PACK-076",
        "an unknown authority",
        lambda f: memorandum(f)["agreed"][0].update(authorities=["ministry"]),
    ),
    ("GS-PACK-077", "an unknown measure", lambda f: memorandum(f)["agreed"][0].update(measure="prison")),
    ("GS-PACK-077", "a repeated measure that is none", lambda f: measure(f).update(repeats="prison")),
    (
        "GS-PACK-078",
        "one authority twice for one measure",
        lambda f: memorandum(f)["agreed"][0].update(authorities=["bureau", "bureau"]),
    ),
]


@pytest.mark.parametrize(("code", "change"), [(c, f) for c, _, f in FAULTS], ids=[n for _, n, _ in FAULTS])
def test_a_fault_is_refused_with_file_and_line(
    code: str, change: Callable[[Files], object], good: Files, load: Load
) -> None:
    files = with_measures(good)
    change(files)

    with pytest.raises(Refusal) as refused:
        load(files)

    assert refused.value.code == code
    assert "tiny/m" in str(refused.value.where)
    assert ".yaml:" in str(refused.value.where)
