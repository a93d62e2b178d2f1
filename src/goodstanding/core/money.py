"""Money: an integer of minor units with its currency. No floats, nothing is rounded in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodstanding.core.errors import Refusal

# ISO 4217: number of decimals of the minor unit.
EXPONENTS: dict[str, int] = {
    "AUD": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HKD": 2,
    "INR": 2, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "MOP": 2, "MXN": 2, "NOK": 2, "OMR": 3, "RUB": 2,
    "SEK": 2, "SGD": 2, "TND": 3, "TWD": 2, "USD": 2, "VND": 0, "ZAR": 2,
}  # fmt: skip

_UNITS_ZH = {
    "CNY": "元",
    "USD": "美元",
    "GBP": "英镑",
    "BRL": "雷亚尔",
    "EUR": "欧元",
    "JPY": "日元",
    "HKD": "港元",
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋　", "0123456789.,-+ ")
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Money:
    """An amount. `minor` counts the currency's smallest unit: 8000000 CNY is 80,000.00 yuan."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)
        if abs(self.minor) > _LARGEST:
            raise _refused("The amount is too large.", "Amounts are kept in 64 bits.")

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise _refused(f"{self.currency} and {other.currency} cannot be added.", "No rate is assumed.")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        return self.format()

    def plain(self) -> str:
        """The number alone, with a point and without separators: `80000.00`."""
        return _digits(self, "")

    def format(self, lang: str = "en") -> str:
        """`CNY 80,000.00` in English (`en`), `80,000.00 元` in Chinese (`zh`)."""
        number = _digits(self, ",")
        if lang == "zh":
            return f"{number} {_UNITS_ZH.get(self.currency, self.currency)}"
        return f"{self.currency} {number}"


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit.

    Raises:
        Refusal: GS-CORE-011 for a currency that is not in the list.
    """
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise _refused(
            f"There is no currency {currency!r}.",
            "Currencies are codes of ISO 4217: " + ", ".join(EXPONENTS) + ".",
        ) from None


def parse_money(
    text: str, currency: str, *, decimal: str = ".", thousands: str = ",", scale: int = 1
) -> Money:
    """An amount from text, exactly.

    Args:
        text: digits with an optional sign, separators between groups of three, and decimals.
        currency: ISO 4217 code.
        decimal: what stands before the decimals.
        thousands: what stands between groups of three; empty if nothing may.
        scale: what one unit of the text is worth (10,000 where a column is in 万元).

    Raises:
        Refusal: GS-CORE-011 if it is not such a number or is finer than the minor unit.
    """
    places = exponent(currency)
    if decimal == thousands or len(decimal) != 1 or len(thousands) > 1 or scale < 1:
        raise ValueError("separators are one character each and differ; a scale is 1 or more")
    folded = text.translate(_FULL_WIDTH).strip()
    group = rf"|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+" if thousands else ""
    found = re.fullmatch(rf"([+-]?)([0-9]+{group})(?:{re.escape(decimal)}([0-9]+))?", folded)
    if found is None:
        raise _refused("This is no amount.", f"Expected digits with {decimal!r} before the decimals.")
    sign, whole, fraction = (
        found[1],
        found[2].replace(thousands, "") if thousands else found[2],
        found[3] or "",
    )
    if len(whole) + len(fraction) > 40:
        raise _refused("The amount is too large.", "Amounts are kept in 64 bits.")
    minor, rest = divmod(int(whole + fraction) * scale * 10**places, 10 ** len(fraction))
    if rest:
        raise _refused(
            f"The amount is finer than the smallest unit of {currency}.", f"{currency} has {places} decimals."
        )
    return Money(-minor if sign == "-" else minor, currency)


def _digits(money: Money, separator: str) -> str:
    places = EXPONENTS[money.currency]
    whole, fraction = divmod(abs(money.minor), 10**places)
    grouped = f"{whole:,}".replace(",", separator)
    tail = f".{fraction:0{places}d}" if places else ""
    return f"{'-' if money.minor < 0 else ''}{grouped}{tail}"


def _refused(what: str, why: str) -> Refusal:
    return Refusal(
        "GS-CORE-011", what, why=why, remedy="Compare the amount and its currency with the contract."
    )
