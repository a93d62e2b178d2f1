"""Answers of three values, and intervals: what is not known stays not known.

Kleene's logic: yes, no, or None for "cannot tell". An open end of an interval is None.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Interval

UNKNOWN = Interval(None, None)


def both(answers: Sequence[bool | None]) -> bool | None:
    """Kleene's and."""
    if any(one is False for one in answers):
        return False
    return None if any(one is None for one in answers) else True


def either(answers: Sequence[bool | None]) -> bool | None:
    """Kleene's or."""
    if any(one is True for one in answers):
        return True
    return None if any(one is None for one in answers) else False


def at_least(number: int, answers: Sequence[bool | None]) -> bool | None:
    """Whether so many answers are yes."""
    surely = sum(one is True for one in answers)
    if surely >= number:
        return True
    return False if surely + sum(one is None for one in answers) < number else None


def plus(one: int | None, other: int | None) -> int | None:
    """The sum of two ends; an open one stays open."""
    return None if one is None or other is None else one + other


def added(*parts: Interval) -> Interval:
    """The sum of intervals; an open end stays open."""
    low: int | None = 0
    high: int | None = 0
    for part in parts:
        low, high = plus(low, part.low), plus(high, part.high)
    return Interval(low, high)


def clip(value: Interval, low: int | None, high: int | None) -> Interval:
    """An interval kept between two bounds, both included; None is no bound."""
    lowest, highest = value.low, value.high
    if low is not None:
        lowest = low if lowest is None else max(lowest, low)
        highest = None if highest is None else max(highest, low)
    if high is not None:
        lowest = None if lowest is None else min(lowest, high)
        highest = high if highest is None else min(highest, high)
    return Interval(lowest, highest)
