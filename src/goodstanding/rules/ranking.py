"""Quotas by rank: who is among the best of so many, with what is not known about each.

A quota has two cut-offs. Whoever's lowest value passes the one made of everyone's highest is surely in;
whoever's highest value does not pass the one made of everyone's lowest is surely out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Interval, Quota

NOBODY = 2**53 - 1
"""A cut-off that no value passes: the quota has no place. (The largest integer that every JSON reader keeps.)"""
HIGHEST, LOWEST = 2**53 - 2, -(2**53 - 2)
"""What an open end is ranked as."""


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


def cut_off(quota: Quota, values: Sequence[Interval]) -> CutOff:
    """The cut-offs of a quota among those who are ranked."""
    place = place_of(quota, len(values))
    if place is None:
        return CutOff(NOBODY, NOBODY)
    highs = sorted((HIGHEST if one.high is None else one.high for one in values), reverse=True)
    lows = sorted((LOWEST if one.low is None else one.low for one in values), reverse=True)
    return CutOff(highs[place], lows[place])


def keeps(quota: Quota, value: Interval, cut: CutOff) -> bool | None:
    """Whether a value is among the best: yes, no, or None for "cannot tell"."""
    low = LOWEST if value.low is None else value.low
    high = HIGHEST if value.high is None else value.high
    surely = low >= cut.surely if quota.ties_in else low > cut.surely
    possibly = high >= cut.possibly if quota.ties_in else high > cut.possibly
    return True if surely else None if possibly else False
