"""Which language a reader gets, and how each writes dates, money and points."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.portal import written
from goodstanding.portal.language import Language, of_address, preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("en-GB,zh;q=0.9", "en"),
        ("en;q=0.5, zh;q=0.7", "zh"),
        ("de, fr;q=0.9", "en"),
        ("de, zh;q=0.1", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=strange", "en"),
        ("*", "en"),
    ],
)
def test_the_browsers_wish_decides(header: str, language: str) -> None:
    assert preferred(header) == language


def test_an_address_names_its_language() -> None:
    assert of_address("/zh/packs/") is Language.ZH
    assert of_address("/packs/") is None
    assert Language.ZH.html == "zh-Hans"


def test_dates() -> None:
    assert written.day(date(2019, 5, 2), Language.EN) == "2 May 2019"
    assert written.day(date(2019, 5, 2), Language.ZH) == "2019年5月2日"


@pytest.mark.parametrize(
    ("minor", "currency", "english", "chinese"),
    [
        (8_000_000, "CNY", "¥80,000", "80,000元"),
        (60_050, "CNY", "¥600.50", "600.50元"),
        (-100, "GBP", "−£1", "−1英镑"),
        (1_234, "JPY", "JPY\u00a01,234", "1,234JPY"),
    ],
)
def test_money(minor: int, currency: str, english: str, chinese: str) -> None:
    assert written.money(minor, currency, Language.EN) == english
    assert written.money(minor, currency, Language.ZH) == chinese


def test_points_are_hundredths_and_an_open_end_says_so() -> None:
    assert written.points(8950) == "89.5"
    assert written.points(-1100, signed=True) == "−11"
    assert written.points(50, signed=True) == "+0.5"
    assert written.points_between(9000, 10000, Language.EN) == "90 to 100"
    assert written.points_between(None, 10000, Language.ZH) == "… 至 100"


def test_a_year_in_a_number_field_stays_together() -> None:
    assert written.field_number(2025, Language.EN) == "2025"
    assert written.field_number(12025, Language.EN) == "12,025"
