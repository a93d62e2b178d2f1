"""Ratios and weighted sums of intervals: exact fractions of whole numbers, rounded once at each end."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from ...model import Interval, RatioOf, WeightedOf
from .answers import UNKNOWN


def ratio(fact: RatioOf, part: Interval, whole: Interval) -> Interval:
    """part · per / whole. Not known where one may be below 0, or the whole may be 0 and may be not.

    The smallest ratio is that of the smallest part in the largest whole; of a whole without bound it is 0.
    """
    if part.low is None or whole.low is None or part.low < 0 or whole.low < 0:
        return UNKNOWN
    if whole.high == 0:
        return UNKNOWN if fact.if_whole_is_zero is None else Interval.exactly(fact.if_whole_is_zero)
    if whole.low == 0:
        return UNKNOWN
    low = 0 if whole.high is None else fact.rounding.quotient(part.low * fact.per, whole.high)
    high = None if part.high is None else fact.rounding.quotient(part.high * fact.per, whole.low)
    return Interval(low, high)


def weighted(fact: WeightedOf, parts: Sequence[Interval]) -> Interval:
    """The sum of the parts, each times its weight. A weight below 0 turns its interval round."""
    whole = lcm(*(one.denominator for one in fact.parts))
    ends: list[int | None] = []
    for place in (0, 1):
        total: int | None = 0
        for weight, part in zip(fact.parts, parts, strict=True):
            end = (part.low, part.high)[place if weight.numerator > 0 else 1 - place]
            share = None if end is None else end * weight.numerator * (whole // weight.denominator)
            total = None if total is None or share is None else total + share
        ends.append(None if total is None else fact.rounding.quotient(total, whole))
    return Interval(*ends)
