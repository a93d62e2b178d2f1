"""A term of working days ends where the notices say, and is provisional where no notice speaks yet."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.calendars import Calendar, NotCounted
from goodstanding.core.errors import Refusal

PATH = Path(__file__).resolve().parents[3] / "src/goodstanding/packs/cn/calendar.yaml"
CHINA = Calendar.load(PATH)

MINIMAL = """
calendar: x
version: "1"
source: somebody
unsettled_from: "12-28"
holidays: {weekend: {en: weekend, zh: 周末}, rest: {en: rest, zh: 休}}
years:
  2020:
    notices: [{number: one, issued: 2019-12-01}]
    days_off: {rest: [2020-01-01]}
    days_worked: [2020-01-04]
"""


def test_the_calendar_names_its_version_and_the_notice_of_every_year() -> None:
    assert CHINA.version == "2025-11-04"
    assert sorted(CHINA.notices) == list(range(2014, 2027))
    assert CHINA.notices[2025][0].number == "国办发明电〔2024〕12号"
    assert CHINA.notices[2026][0].issued == date(2025, 11, 4)
    newest = max(notice.issued for notices in CHINA.notices.values() for notice in notices)
    assert CHINA.version == newest.isoformat()


@pytest.mark.parametrize(
    ("year", "off", "worked"),
    # Counted in the notices; the days that the notice for 2019 takes from December 2018 count there.
    [
        (2014, 22, 5), (2015, 26, 5), (2016, 24, 6), (2017, 24, 5), (2018, 23 + 2, 6 + 1), (2019, 24 - 2, 7 - 1),
        (2020, 30, 6), (2021, 31, 7), (2022, 31 + 1, 7), (2023, 27 - 1, 7), (2024, 28, 8), (2025, 28, 5), (2026, 33, 6),
    ],
)  # fmt: skip
def test_every_year_has_as_many_days_as_its_notice(year: int, off: int, worked: int) -> None:
    assert sum(day.year == year for day in CHINA.off) == off
    assert sum(day.year == year for day in CHINA.worked) == worked


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 1, 26), None),  # Sunday worked before the Spring Festival
        (date(2025, 1, 28), "spring-festival"),
        (date(2025, 2, 5), None),
        (date(2025, 2, 8), None),  # Saturday worked
        (date(2025, 2, 9), "weekend"),
        (date(2015, 9, 3), "victory-70"),
        (date(2018, 12, 29), None),  # worked under the notice for 2019
        (date(2018, 12, 31), "new-year"),
        (date(2019, 5, 2), "labour-day"),  # added by the notice of March 2019
        (date(2020, 1, 31), "spring-festival"),  # added by the notice of January 2020
        (date(2020, 2, 1), "spring-festival"),
        (date(2020, 2, 3), None),
        (date(2026, 9, 20), None),
        (date(2026, 10, 7), "national-day"),
    ],
)
def test_days_are_as_announced(day: date, why: str | None) -> None:
    assert CHINA.why_not(day) == why
    assert CHINA.is_working(day) == (why is None)


def test_a_term_of_seven_working_days_over_the_national_day() -> None:
    term = CHINA.add_working_days(date(2025, 9, 26), 7)
    assert term.day == date(2025, 10, 13)
    assert not term.provisional
    assert term.calendar_version == CHINA.version
    assert term.not_counted[0] == NotCounted(date(2025, 9, 27), "weekend")
    assert len(term.not_counted) == 10
    assert CHINA.title(term.not_counted[1].why) == "Mid-Autumn Festival and National Day"
    assert CHINA.title("weekend", "zh") == "周末"


def test_the_day_of_the_event_is_not_counted() -> None:
    assert CHINA.add_working_days(date(2025, 3, 3), 1).day == date(2025, 3, 4)
    assert CHINA.add_working_days(date(2025, 3, 1), 1).day == date(2025, 3, 3)
    assert CHINA.add_working_days(date(2025, 3, 1), 0).day == date(2025, 3, 1)
    with pytest.raises(ValueError, match="fewer than 0"):
        CHINA.add_working_days(date(2025, 3, 1), -1)


def test_a_year_not_announced_counts_weekends_only_and_is_provisional() -> None:
    term = CHINA.add_working_days(date(2027, 9, 30), 3)
    assert term.provisional
    assert term.day == date(2027, 10, 5)
    assert [skipped.why for skipped in term.not_counted] == ["weekend", "weekend"]
    assert CHINA.add_working_days(date(2013, 12, 20), 1).provisional


def test_the_last_days_of_a_year_wait_for_the_next_notice() -> None:
    assert not CHINA.add_working_days(date(2026, 12, 21), 4).provisional
    assert CHINA.add_working_days(date(2026, 12, 25), 1).provisional
    assert not CHINA.add_working_days(date(2025, 12, 25), 2).provisional


def test_an_end_on_a_day_off_moves_to_the_next_working_day() -> None:
    moved = CHINA.on_or_after(date(2025, 10, 1))
    assert moved.day == date(2025, 10, 9)
    assert len(moved.not_counted) == 8 and not moved.provisional
    assert CHINA.on_or_after(date(2025, 9, 28)).day == date(2025, 9, 28)
    assert CHINA.on_or_after(date(2027, 1, 2)).provisional


@given(st.dates(date(2014, 1, 1), date(2028, 12, 31)), st.integers(0, 60))
def test_a_term_holds_exactly_its_working_days(start: date, days: int) -> None:
    term = CHINA.add_working_days(start, days)
    between = [start + timedelta(days=n) for n in range(1, (term.day - start).days + 1)]
    assert sum(CHINA.is_working(day) for day in between) == days
    assert [skipped.day for skipped in term.not_counted] == [
        day for day in between if not CHINA.is_working(day)
    ]
    assert days == 0 or CHINA.is_working(term.day)
    assert term.provisional == any(CHINA.is_provisional(day) for day in between)


def load(tmp_path: Path, text: str) -> Calendar:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return Calendar.load(path)


def test_a_small_calendar(tmp_path: Path) -> None:
    calendar = load(tmp_path, MINIMAL)
    assert not calendar.is_working(date(2020, 1, 1))
    assert calendar.is_working(date(2020, 1, 4))
    settled = load(tmp_path, MINIMAL.replace('unsettled_from: "12-28"\n', ""))
    assert calendar.is_provisional(date(2020, 12, 31)) and not settled.is_provisional(date(2020, 12, 31))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version", "edition"),
        ("[2020-01-01]", "[2020-01-01, 2020-01-01]"),
        ("[2020-01-01]", "[2020-01-04]"),
        ("[2020-01-01]", '["2020-01-01"]'),
        ("[2020-01-04]", "[2020-01-03]"),
        ("{rest: [", "{feast: ["),
        ("notices: [{number: one, issued: 2019-12-01}]", "notices: []"),
        ("weekend: {en: weekend, zh: 周末}, ", ""),
        ("12-28", "13-28"),
        ("calendar: x", "calendar: ["),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in MINIMAL
    with pytest.raises(Refusal, match="GS-CORE-020"):
        load(tmp_path, MINIMAL.replace(old, new))
