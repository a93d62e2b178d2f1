"""Numbers, money, dates, ranges, titles and citations as a rulebook writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import gcd

from goodstanding.catalogue.model import Basis, Title

from ..model import Interval, Range
from .nodes import Fields, Value, refusal

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
EXACT = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,4}))?")
MONEY = re.compile(r"(-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?) ([A-Z]{3})")
ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
PATH = re.compile(r"[a-z0-9][a-z0-9_./-]*")
SHARE = re.compile(r"((?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,4})?) ?%")
FRACTION = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))(?:/([1-9][0-9]{0,8})|\.[0-9]{1,4})?")
ROW = re.compile(r"[0-9]{1,3}/[1-9][0-9]{0,4}")
MINOR_DIGITS = {
    "CNY": 2,
    "HKD": 2,
    "MOP": 2,
    "TWD": 2,
    "USD": 2,
    "EUR": 2,
    "GBP": 2,
    "BRL": 2,
    "JPY": 0,
    "KRW": 0,
}


def whole(value: Value) -> int:
    """An integer as it is written."""
    text = value.plain("a whole number")
    if not WHOLE.fullmatch(text):
        raise value.wrong("a whole number such as 12")
    return int(text)


def _scaled(value: Value, text: str, digits: int, what: str) -> int:
    found = EXACT.fullmatch(text)
    if found is None:
        raise refusal(
            6,
            f"{value.key}: {text!r} is not an exact number",
            value.source,
            why="numbers are kept exactly; exponents, underscores and leading zeros are not read",
            remedy=f"write {what}",
        )
    fraction = (found[3] or "").rstrip("0")
    if len(fraction) > digits:
        raise refusal(
            6,
            f"{value.key}: {text} is finer than can be kept",
            value.source,
            why=f"{what} has at most {digits} decimals; nothing is rounded silently",
            remedy="round it, as the law says",
        )
    size = int(found[2] + fraction.ljust(digits, "0"))
    return -size if found[1] else size


def points(value: Value) -> int:
    """Points, in hundredths."""
    return _scaled(value, value.plain("points such as -11 or 0.25"), 2, "points such as -11 or 0.25")


def currency(value: Value) -> str:
    """A currency whose minor unit is known."""
    text = value.text()
    if text not in MINOR_DIGITS:
        raise refusal(
            31, f"unknown currency {text!r}", value.source, remedy="use one of " + ", ".join(MINOR_DIGITS)
        )
    return text


def money(value: Value) -> tuple[int, str]:
    """An amount such as `50000 CNY`: minor units, currency."""
    text = value.text()
    found = MONEY.fullmatch(text)
    if found is None:
        raise refusal(
            8,
            f"{value.key}: {text!r} is not an amount",
            value.source,
            why="an amount without its currency cannot be compared",
            remedy="write the number, a blank and the currency: 50000 CNY",
        )
    if found[2] not in MINOR_DIGITS:
        raise refusal(
            31, f"unknown currency {found[2]!r}", value.source, remedy="use one of " + ", ".join(MINOR_DIGITS)
        )
    return _scaled(value, found[1], MINOR_DIGITS[found[2]], "an amount such as 50000 CNY"), found[2]


def day(value: Value) -> date:
    """A civil day, written 2014-10-01."""
    text = value.text()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise refusal(
            7, f"{value.key}: {text!r} is not a date", value.source, remedy="write year-month-day: 2014-10-01"
        ) from error


def share(value: Value) -> int:
    """A percentage such as `2 %`, in hundredths of a percent."""
    found = SHARE.fullmatch(value.text())
    if found is None:
        raise refusal(
            36,
            f"{value.key}: {value.text()!r} is not a share",
            value.source,
            why="a share is read exactly",
            remedy="write the number, a blank and the sign: 2 %",
        )
    return _scaled(value, found[1], 2, "a share such as 2.5 %")


def fraction(value: Value) -> tuple[int, int]:
    """An exact fraction such as `3/10`, `0.3` or `-1`: numerator and denominator in lowest terms."""
    found = FRACTION.fullmatch(value.text())
    if found is None:
        raise refusal(
            36,
            f"{value.key}: {value.text()!r} is not a fraction",
            value.source,
            why="a weight is read exactly",
            remedy="write it as 3/10, 0.3 or -1",
        )
    if found[2]:
        top, bottom = int(found[1]), int(found[2])
    else:
        top, bottom = _scaled(value, found[0], 4, "a fraction such as 3/10"), 10**4
    common = gcd(top, bottom)
    return top // common, bottom // common


def truth(value: Value) -> bool:
    """`true` or `false`."""
    text = value.plain("true or false")
    if text not in ("true", "false"):
        raise value.wrong("true or false")
    return text == "true"


def flag(fields: Fields, key: str) -> bool:
    """A key that is `true` or `false`, and false where it is left out."""
    found = fields.get(key)
    return truth(found) if found else False


def covers(fields: Fields) -> tuple[str, ...]:
    """`covers`: which rows of which tables of facts something carries, each as <table>/<row>."""
    found = fields.get("covers")
    rows = []
    for one in found.items() if found else []:
        if not ROW.fullmatch(one.text()):
            raise one.wrong("a table and a row of it, such as 68/1")
        rows.append(one.text())
    return tuple(rows)


def identifier(value: Value) -> str:
    """A short name of small letters, digits, hyphen and underscore."""
    text = value.text()
    if not ID.fullmatch(text):
        raise refusal(
            14, f"{text!r} cannot be an id", value.source, remedy="use small letters, digits, - and _"
        )
    return text


def path(value: Value, pack: str = "") -> str:
    """The path of a rulebook or an item; without a pack, of the rulebook's own."""
    text = value.text()
    if not PATH.fullmatch(text):
        raise refusal(14, f"{text!r} cannot be a path", value.source, remedy="write it as cn/tax.arrears")
    return text if "/" in text or not pack else f"{pack}/{text}"


def title(value: Value) -> Title:
    """A title in English and Chinese; neither may be missing."""
    fields = value.fields()
    why = "titles are shown in English and in Chinese"
    one = Title(fields.need("en", why).text(), fields.need("zh", why).text())
    fields.done()
    return one


def basis(value: Value) -> tuple[Basis, ...]:
    """The laws that something rests on; at least one."""
    found = []
    for one in value.items_or_one():
        fields = one.fields()
        uncertain = fields.get("uncertain")
        article = fields.get("article")
        found.append(
            Basis(
                instrument=fields.need("instrument", "every rule rests on a law").text(),
                article=article.text() if article else "",
                uncertain=truth(uncertain) if uncertain else False,
            )
        )
        fields.done()
    if not found:
        raise refusal(18, "no law is cited", value.source, why="every rule rests on a law", remedy="cite it")
    return tuple(found)


def bounds(fields: Fields, read: Callable[[Value], int]) -> Range | None:
    """`at_least`, `above`, `at_most`, `below` or `is` as a half-open range; None if none of them is there."""
    lower, upper, same = (
        fields.one_of("at_least", "above"),
        fields.one_of("at_most", "below"),
        fields.get("is"),
    )
    if same is not None:
        if lower or upper:
            raise refusal(4, "`is` stands alone", same.source, remedy="drop the other comparison")
        exact = read(same)
        return Range(exact, exact + 1)
    low = read(lower[1]) + (lower[0] == "above") if lower else None
    high = read(upper[1]) + (upper[0] == "at_most") if upper else None
    if low is None and high is None:
        return None
    with fields.value.placed():
        return Range(low, high)


def span(value: Value, read: Callable[[Value], int]) -> Range:
    """A range written `70..90`, `90..` or `..40`: from the first up to, and not including, the second."""
    text = value.text()
    low, dots, high = text.partition("..")
    if not dots or not (low or high):
        raise value.wrong("a range such as 70..90, 90.. or ..40")

    def one(part: str) -> int | None:
        if not part:
            return None
        return read(value.saying(part))

    with value.placed():
        return Range(one(low), one(high))


def interval(value: Value, read: Callable[[Value], int]) -> Interval:
    """A number, or [low, high] where a bound may be `open`."""
    if not value.is_list:
        return Interval.exactly(read(value))
    pair = value.items()
    if len(pair) != 2:
        raise value.wrong("a number, or a list of two")
    low, high = (None if one.is_scalar and one.node.value == "open" else read(one) for one in pair)
    return Interval(low, high)
