"""Ranges of integers in words.

"At most 15" is kept as "below 16" in the model (whole numbers), or as "below 15.01" (hundredths): the words
give back what the law says.
"""

from __future__ import annotations

from collections.abc import Callable

from goodstanding.portal.language import Language
from goodstanding.portal.wording import word
from goodstanding.portal.written import money, number, points
from goodstanding.rules.model import Range

HUNDREDTHS = 100


def whole_range(bounds: Range, lang: Language) -> str:
    """A range of whole numbers, both ends included."""
    low, high = bounds.low, bounds.high
    if low is not None and high is not None:
        if high - 1 == low:
            return number(low, lang)
        return word(lang, "range.between", low=number(low, lang), high=number(high - 1, lang))
    if low is not None:
        return word(lang, "range.least", low=number(low, lang))
    if high is not None:
        return word(lang, "range.most", high=number(high - 1, lang))
    return word(lang, "range.any")


def points_range(bounds: Range, lang: Language) -> str:
    """A range of points, in hundredths."""
    return _hundredths(bounds, lang, points)


def money_range(bounds: Range, currency: str, lang: Language) -> str:
    """A range of amounts, in minor units."""
    return _hundredths(bounds, lang, lambda minor: money(minor, currency, lang))


def _hundredths(bounds: Range, lang: Language, write: Callable[[int], str]) -> str:
    parts = []
    if bounds.low is not None:
        if bounds.low % HUNDREDTHS == 1:
            parts.append(word(lang, "range.more", low=write(bounds.low - 1)))
        else:
            parts.append(word(lang, "range.least", low=write(bounds.low)))
    if bounds.high is not None:
        if bounds.high % HUNDREDTHS == 1:
            parts.append(word(lang, "range.most", high=write(bounds.high - 1)))
        else:
            parts.append(word(lang, "range.under", high=write(bounds.high)))
    return word(lang, "range.and").join(parts) or word(lang, "range.any")
