"""Where a benefit meets a restriction, the higher instrument decides, whatever the order in which they come."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.measure import Effect
from goodstanding.measures.precedence import Met, resolve

MET = st.builds(
    Met,
    key=st.uuids().map(str),
    path=st.sampled_from(["cn/a", "cn/b", "cn/c"]),
    effect=st.sampled_from(list(Effect)),
    precedence=st.integers(0, 1000),
)
SOME = st.lists(MET, max_size=8, unique_by=lambda one: one.key)


def met(path: str, effect: Effect, precedence: int) -> Met:
    return Met(path, path, effect, precedence)


@given(SOME, st.randoms())
def test_the_order_of_asking_makes_no_difference(some: list[Met], chance: Random) -> None:
    mixed = list(some)
    chance.shuffle(mixed)
    assert resolve(mixed) == resolve(some)


@given(SOME)
def test_one_side_stands_whole_and_the_other_yields_to_its_highest(some: list[Met]) -> None:
    found = resolve(some)
    assert {one.met for one in found} == set(some)
    standing = [one for one in found if one.stands]
    yielding = [one for one in found if not one.stands]
    assert bool(standing) == bool(some)
    assert len({one.met.effect for one in standing}) <= 1
    for one in yielding:
        assert one.yields_to is not None and one.yields_to.effect is not one.met.effect
        assert one.yields_to.precedence <= one.met.precedence
        assert one.yields_to == standing[0].met
    assert {one.met for one in yielding} == {one for each in standing for one in each.over}


@given(SOME)
def test_without_a_conflict_everything_stands(some: list[Met]) -> None:
    alike = [one for one in some if one.effect is Effect.RESTRICTION]
    assert all(one.stands and not one.over for one in resolve(alike))


def test_at_one_rank_the_benefit_gives_way() -> None:
    ban, lane = met("cn/z-ban", Effect.RESTRICTION, 40), met("cn/a-lane", Effect.BENEFIT, 40)
    first, second = resolve([lane, ban])
    assert (first.met, first.stands, first.over) == (ban, True, (lane,))
    assert (second.met, second.yields_to) == (lane, ban)


def test_a_benefit_of_a_law_prevails_over_a_restriction_of_a_memorandum() -> None:
    ban, lane = met("cn/ban", Effect.RESTRICTION, 100), met("cn/lane", Effect.BENEFIT, 15)
    assert [one.met for one in resolve([ban, lane]) if one.stands] == [lane]
