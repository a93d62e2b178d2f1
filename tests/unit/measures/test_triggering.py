"""What a listing triggers, and what no listing does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.loading import load_packs
from goodstanding.catalogue.measure import Agreed, Effect, Hits, Measure
from goodstanding.catalogue.model import Pack, Title
from goodstanding.catalogue.procedure import Procedure
from goodstanding.measures.triggering import Trigger, is_order, triggered, triggering_procedures

BEGIN, END = date(2026, 3, 10), date(2029, 3, 10)
CN = load_packs(["cn"]).pack("cn")
PAIRS = 11


def of(pack: Pack, division: str = "990105", begin: date = BEGIN) -> tuple[Trigger, ...]:
    return triggered(pack, "wage-arrears", division, begin, END)


def with_measure(path: str, change: Callable[[Measure], Measure]) -> Pack:
    """The pack with one measure changed."""
    measures = tuple(change(one) if one.path == path else one for one in CN.measures)
    return replace(CN, measures=measures)


def measures_of(found: tuple[Trigger, ...]) -> set[str]:
    return {one.measure.path for one in found}


def test_the_memorandum_on_wage_arrears_yields_eleven_orders() -> None:
    found = of(CN)
    assert len(found) == PAIRS and all(map(is_order, found))
    assert {(one.from_on, one.to_on) for one in found} == {(BEGIN, END)}


def test_another_list_triggers_nothing_of_it() -> None:
    assert not {one.memorandum.path for one in triggered(CN, "no-such-list", "990105", BEGIN, END)}


def test_what_cannot_be_carried_out_or_meets_others_is_left_out() -> None:
    path = "cn/public-funds"
    assert path in measures_of(of(CN))
    assert path not in measures_of(
        of(with_measure(path, lambda one: replace(one, executable=False, refused=Title("No", "否"))))
    )
    assert path not in measures_of(of(with_measure(path, lambda one: replace(one, hits=Hits.RELATED))))
    assert path not in measures_of(of(with_measure(path, lambda one: replace(one, reserved_to=("another",)))))


def test_a_local_measure_follows_a_listing_of_its_place() -> None:
    local = with_measure("cn/public-funds", lambda one: replace(one, division="33"))
    assert "cn/public-funds" not in measures_of(of(local))
    assert "cn/public-funds" in measures_of(of(local, division="330100"))


def test_a_local_measure_that_repeats_a_national_one_is_not_carried_out_beside_it() -> None:
    national = next(one for one in CN.measures if one.path == "cn/no-awards")
    local: Measure = replace(
        national, path="cn/local-awards", number=None, repeats="cn/no-awards", division="99"
    )
    mou = next(one for one in CN.memoranda if one.path == "cn/mou-wage-arrears")
    both = replace(mou, agreed=(*mou.agreed, Agreed(local.path, "cn/mohrss"), Agreed(local.path, "cn/mot")))
    memoranda = tuple(both if one is mou else one for one in CN.memoranda)
    found = of(replace(CN, measures=(*CN.measures, local), memoranda=memoranda))
    repeated = [one.agreed.authority for one in found if one.measure.path == local.path]
    assert repeated == ["cn/mot"], "where the national one is not carried out, the local one is"


def test_a_memorandum_triggers_while_it_is_in_force_and_its_measures_end_with_it() -> None:
    mou = next(one for one in CN.memoranda if one.path == "cn/mou-wage-arrears")
    ends = replace(CN, memoranda=(replace(mou, valid_to=date(2027, 1, 1)),))
    assert {one.to_on for one in of(ends)} == {date(2027, 1, 1)}
    assert of(ends, begin=date(2027, 1, 1)) == ()
    assert of(ends, begin=date(2016, 1, 1)) == ()


@pytest.mark.parametrize("procedure", [one for one in CN.procedures if one.listing], ids=lambda one: one.path)
def test_what_the_shipped_lists_trigger_is_what_the_database_admits(procedure: Procedure) -> None:
    assert procedure.listing is not None
    market = {one.path: one.market for one in CN.authorities}
    for one in triggered(CN, procedure.listing.list_id, "990105", BEGIN, END):
        assert one.measure.executable and all(basis.instrument for basis in one.measure.basis)
        assert one.measure.effect is one.memorandum.effect
        assert (one.measure.effect is Effect.BENEFIT) is procedure.listing.benefit
        assert is_order(one) is not market[one.agreed.authority]
        assert procedure.path in triggering_procedures(one.memorandum, CN)


def test_honours_yield_benefits_and_what_lenders_subscribe_to() -> None:
    found = triggered(CN, "redlist-tax", "990105", BEGIN, END)
    assert {one.measure.effect for one in found} == {Effect.BENEFIT}
    assert any(map(is_order, found)) and not all(map(is_order, found))


def test_two_memoranda_that_agree_on_the_same_yield_one_order() -> None:
    mou = next(one for one in CN.memoranda if one.path == "cn/mou-wage-arrears")
    twice = replace(CN, memoranda=(mou, replace(mou, path="cn/a-second")))
    assert len(of(twice)) == PAIRS
