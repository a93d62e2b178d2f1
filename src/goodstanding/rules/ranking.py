"""Quotas by rank: who is among the best of so many, with what is not known about each.

A quota has two cut-offs. Whoever's lowest value passes the one made of everyone's highest is surely in;
whoever's highest value does not pass the one made of everyone's lowest is surely out.

Where the pool is those who would get the grade, and who that is cannot be told, the places are not known
either. Surely in is whoever would be in with the fewest places (for those surely in the pool) and everyone
above who may be in the pool; surely out, whoever would be out with the most places (for all who may be in the
pool) and only those above who surely are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Interval, Quota

NOBODY = 2**53 - 1
"""A cut-off that no value passes: the quota has no place. (The largest integer that every JSON reader keeps.)"""
HIGHEST, LOWEST = 2**53 - 2, -(2**53 - 2)
"""What an open end is ranked as. A value beyond them is ranked as one of which only that is known."""


@dataclass(frozen=True)
class CutOff:
    """What a value must pass: with ties in by being no less, with ties out by being more."""

    surely: int
    possibly: int


CutOffs = Mapping[str, CutOff]
"""Cut-offs by the id of their quota."""


def place_of(quota: Quota, many: int) -> int | None:
    """Which of so many values, the largest first and from 0, is the cut-off; None if the quota has no place."""
    kept = many * quota.best // 100_00
    if not kept:
        return None
    return kept - 1 if quota.ties_in else kept


def cut_off(quota: Quota, surely: Sequence[Interval], perhaps: Sequence[Interval] = ()) -> CutOff:
    """The cut-offs of a quota.

    Args:
        surely: the values of those who are ranked.
        perhaps: of those of whom it cannot be told whether they are ranked.
    """
    few, many = place_of(quota, len(surely)), place_of(quota, len(surely) + len(perhaps))
    highs = sorted((high_of(one) for one in (*surely, *perhaps)), reverse=True)
    lows = sorted((low_of(one) for one in surely), reverse=True)
    return CutOff(
        NOBODY if few is None else highs[few],
        NOBODY if many is None else lows[many] if many < len(lows) else LOWEST,
    )


def low_of(value: Interval) -> int:
    """What a value is ranked as at the least: below HIGHEST, which is no value."""
    return LOWEST if value.low is None else min(max(value.low, LOWEST), HIGHEST - 1)


def high_of(value: Interval) -> int:
    """What a value is ranked as at the most: above LOWEST, which is no value."""
    return HIGHEST if value.high is None else max(min(value.high, HIGHEST), LOWEST + 1)


def keeps(quota: Quota, value: Interval, cut: CutOff) -> bool | None:
    """Whether a value is among the best: yes, no, or None for "cannot tell"."""
    low, high = low_of(value), high_of(value)
    surely = low >= cut.surely if quota.ties_in else low > cut.surely
    possibly = high >= cut.possibly if quota.ties_in else high > cut.possibly
    return True if surely else None if possibly else False
