"""Dates, money, points and numbers as a reader of each language writes them."""

from __future__ import annotations

from datetime import date

from goodstanding.core.money import exponent
from goodstanding.portal.language import Language

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SIGNS = {
    "CNY": ("¥", "元"),
    "USD": ("US$", "美元"),
    "GBP": ("£", "英镑"),
    "BRL": ("R$", "雷亚尔"),
    "EUR": ("€", "欧元"),
}
_MINUS = "−"


def day(value: date, lang: Language) -> str:
    """2 May 2019, or 2019年5月2日."""
    if lang is Language.ZH:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: int, lang: Language) -> str:
    """A whole number; English parts thousands by commas, and so do Chinese statistics."""
    sign = _MINUS if value < 0 else ""
    return f"{sign}{abs(value):,}"


def field_number(value: int, lang: Language) -> str:
    """A number as a field holds it: it may be a year, so that four digits stay together."""
    return str(value).replace("-", _MINUS) if abs(value) < 10_000 else number(value, lang)


def money(minor: int, currency: str, lang: Language) -> str:
    """An amount in minor units: ¥80,000 or 80,000元; fractions only where there are any."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    digits = f"{whole:,}" + (f".{rest:0{places}d}" if rest else "")
    sign = _MINUS if minor < 0 else ""
    before, after = _SIGNS.get(currency, (f"{currency}\u00a0", currency))
    return f"{sign}{digits}{after}" if lang is Language.ZH else f"{sign}{before}{digits}"


def points(hundredths: int, *, signed: bool = False) -> str:
    """Points: 8950 is 89.5; with `signed`, what is added carries its plus."""
    whole, rest = divmod(abs(hundredths), 100)
    digits = f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")
    sign = _MINUS if hundredths < 0 else "+" if signed and hundredths else ""
    return sign + digits


def points_between(low: int | None, high: int | None, lang: Language, *, signed: bool = False) -> str:
    """Known points, or the interval that they lie in; an open end says so."""
    if low is not None and low == high:
        return points(low, signed=signed)
    first = "…" if low is None else points(low, signed=signed)
    last = "…" if high is None else points(high, signed=signed)
    return f"{first} 至 {last}" if lang is Language.ZH else f"{first} to {last}"
