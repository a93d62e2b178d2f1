"""Why a candidate was not listed: a code of the pack beside the reasons, counted without telling of one case."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.loading import builtin_pack
from goodstanding.core.errors import Refusal
from goodstanding.procedures.departing import known_code, parted, title_of, with_code
from goodstanding.procedures.tallies import FEW, Decided, Why, tally


def test_a_code_stands_with_the_reasons_and_is_found_again() -> None:
    pack = builtin_pack("cn")
    assert len({one.code for one in pack.departures}) == len(pack.departures) >= 6
    for one in pack.departures:
        kept = with_code("已缴清。\nEverything was paid. ", one.code)
        assert parted(kept) == ("已缴清。\nEverything was paid.", one.code)
        assert title_of(one.code, pack) == one.title
        known_code(kept, pack)
    assert parted("岫税罚〔2026〕7号") == ("岫税罚〔2026〕7号", ""), "a document's number is none"
    assert with_code("So.", "") == "So."


def test_a_code_that_the_pack_has_not_is_refused() -> None:
    with pytest.raises(Refusal, match="GS-CASE-150"):
        known_code(with_code("So.", "mood"), builtin_pack("cn"))
    with pytest.raises(Refusal, match="GS-CASE-150"):
        known_code(with_code("So.", "minor"), builtin_pack("us-nyc"))


def decided(came: str, why: str = "", authority: str = "cn/sta", times: int = 1) -> list[Decided]:
    one = Decided(authority, f"{authority}/list", "enterprise", "", "", came, why)
    return [one] * times


def test_reasons_are_counted_by_authority_and_few_together() -> None:
    cases = [
        *decided("at_review", "put-right", times=6),
        *decided("after_notice", "minor", times=3),
        *decided("at_review", "record-wrong", times=2),
        *decided("listed", times=9),
    ]
    assert tally(cases).by_reason == (Why("cn/sta", FEW, 5), Why("cn/sta", "put-right", 6))


def test_an_authority_with_few_departures_gives_no_reason_of_any_one_away() -> None:
    cases = [*decided("at_review", "minor", times=4), *decided("listed", times=20)]
    assert tally(cases).by_reason == ()
    assert tally(cases).by_kind[0].at_review == 4, "how many is told with the class, as before"
