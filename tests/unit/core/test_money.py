"""Amounts are exact, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.core.money import EXPONENTS, Money, parse_money


@pytest.mark.parametrize(
    ("text", "currency", "separators", "minor"),
    [
        ("80000", "CNY", ".,", 8000000),
        ("80,000.00", "CNY", ".,", 8000000),
        ("８０，０００．５", "CNY", ".,", 8000050),
        (" -1,234.5 ", "USD", ".,", -123450),
        ("+0.01", "GBP", ".,", 1),
        ("1.234.567,89", "BRL", ",.", 123456789),
        ("0,5", "EUR", ",.", 50),
        ("1 234,50", "EUR", ", ", 123450),
        ("1,500", "JPY", ".,", 1500),
        ("1.500", "KWD", ".", 1500),
        ("1.50000", "CNY", ".,", 150),
    ],
)
def test_an_amount_is_read_with_its_separators(text: str, currency: str, separators: str, minor: int) -> None:
    read = parse_money(text, currency, decimal=separators[0], thousands=separators[1:])
    assert read == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "CNY"), ("-", "CNY"), ("Sem informação", "BRL"), ("1,23", "CNY"), ("1,2345", "CNY"), ("12,34,567", "CNY"),
        ("1.2.3", "CNY"), ("1e5", "CNY"), ("0x10", "CNY"), ("1_000", "CNY"), (".5", "CNY"), ("5.", "CNY"),
        ("0.001", "CNY"), ("1.5", "JPY"), ("٣", "CNY"), ("nan", "CNY"), ("1 000", "CNY"), ("9" * 18, "CNY"),
        ("9" * 5000, "CNY"), ("1", "XXX"), ("1", "cny"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(Refusal, match="GS-CORE-011"):
        parse_money(text, currency)


def test_a_column_in_ten_thousands_is_scaled_exactly() -> None:
    assert parse_money("0.6", "CNY", scale=10_000) == Money(600_000, "CNY")
    assert parse_money("1.234567", "CNY", scale=10_000) == Money(1234567, "CNY")
    with pytest.raises(Refusal, match="finer"):
        parse_money("1.2345678", "CNY", scale=10_000)


def test_amounts_are_shown_in_both_languages() -> None:
    amount = Money(8_000_000, "CNY")
    assert amount.format() == "CNY 80,000.00" == str(amount)
    assert amount.format("zh") == "80,000.00 元"
    assert amount.plain() == "80000.00"
    assert Money(-5, "USD").format() == "USD -0.05"
    assert Money(1500, "JPY").format("zh") == "1,500 日元"
    assert Money(1, "KWD").format("zh") == "0.001 KWD"


def test_currencies_are_not_mixed() -> None:
    assert Money(1, "CNY") + Money(2, "CNY") == Money(3, "CNY")
    with pytest.raises(Refusal, match="cannot be added"):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(Refusal, match="too large"):
        Money(2**63, "CNY")


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from(sorted(EXPONENTS)))
def test_what_is_shown_is_read_back(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert parse_money(amount.plain(), currency) == amount
    assert parse_money(amount.format().split()[1], currency) == amount
    assert parse_money(amount.format("zh").split()[0], currency) == amount


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from([1, 1000, 10_000]))
def test_nothing_is_rounded(digits: int, places: int, scale: int) -> None:
    text = f"{digits // 10**places}.{digits % 10**places:0{places}d}" if places else str(digits)
    exact = Fraction(digits * scale * 100, 10**places)
    if exact.denominator == 1:
        assert parse_money(text, "CNY", scale=scale).minor == exact
    else:
        with pytest.raises(Refusal):
            parse_money(text, "CNY", scale=scale)
