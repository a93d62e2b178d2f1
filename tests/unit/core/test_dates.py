"""Civil dates: months that end, days that exist, ranges that do not contain their end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.dates import DateRange, add_months, day_bounds, earliest_within, parse_date
from goodstanding.core.errors import Refusal

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
        (date(2020, 1, 15), -1, date(2019, 12, 15)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 5, 5), 0, date(2020, 5, 5)),
    ],
)
def test_a_day_that_the_month_lacks_becomes_its_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(days, st.integers(-600, 600))
def test_months_move_the_month_and_at_most_shorten_the_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2020-02-29", ("%Y-%m-%d",), date(2020, 2, 29)),
        (" 29/02/2020 ", ("%Y-%m-%d", "%d/%m/%Y"), date(2020, 2, 29)),
        ("２０２０－０２－２９", ("%Y-%m-%d",), date(2020, 2, 29)),
        ("2020年2月29日", ("%Y年%m月%d日",), date(2020, 2, 29)),
        ("2020/2/9 13:45:00", ("%Y/%m/%d %H:%M:%S",), date(2020, 2, 9)),
        ("20200229", ("%Y%m%d",), date(2020, 2, 29)),
    ],
)
def test_a_date_is_read_in_the_stated_forms(text: str, formats: tuple[str, ...], expected: date) -> None:
    assert parse_date(text, formats) == expected


@pytest.mark.parametrize(
    "text", ["", "2021-02-29", "2020-13-01", "2020-02-01x", "٢٠٢٠-٠٢-٠١", "Sem informação"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="GS-CORE-010"):
        parse_date(text)


def test_a_range_has_its_first_day_and_not_its_end() -> None:
    year = DateRange(date(2020, 1, 1), date(2021, 1, 1))
    assert date(2020, 1, 1) in year
    assert date(2020, 12, 31) in year
    assert date(2021, 1, 1) not in year
    assert date.max in DateRange(date(2020, 1, 1))
    assert date.min in DateRange()
    with pytest.raises(ValueError, match="before it starts"):
        DateRange(date(2020, 1, 2), date(2020, 1, 1))


ranges = st.builds(
    lambda start, length: DateRange(
        start, None if length is None or start is None else start + timedelta(length)
    ),
    st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 20)),
    st.none() | st.integers(0, 10),
)


@given(ranges, ranges)
def test_two_ranges_overlap_if_some_day_is_in_both(one: DateRange, other: DateRange) -> None:
    tried = [date(2019, 12, 1) + timedelta(days=n) for n in range(100)]
    assert one.overlaps(other) == other.overlaps(one) == any(day in one and day in other for day in tried)


def test_a_civil_day_is_where_the_authority_is() -> None:
    first, last = day_bounds(date(2020, 3, 1), "Asia/Shanghai")
    assert (first, last) == (datetime(2020, 2, 29, 16, tzinfo=UTC), datetime(2020, 3, 1, 16, tzinfo=UTC))
    first, last = day_bounds(date(2020, 3, 29), "Europe/London")
    assert last - first == timedelta(hours=23)
    first, last = day_bounds(date(2020, 11, 1), "America/New_York")
    assert last - first == timedelta(hours=25)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 400))
def test_a_term_of_months_is_over_for_what_began_before_the_earliest_day_within_it(
    on: date, months: int
) -> None:
    earliest = earliest_within(on, months)
    assert on < add_months(earliest, months)
    assert add_months(earliest - timedelta(days=1), months) <= on


def test_a_fact_that_is_as_old_as_the_term_is_over() -> None:
    assert earliest_within(date(2020, 3, 1), 12) == date(2019, 3, 2)
    assert earliest_within(date(2023, 2, 28), 1) == date(2023, 2, 1), "29 to 31 January end with February"
    assert earliest_within(date(5, 1, 1), 60) == date.min
    assert earliest_within(date(9999, 12, 31), 12) == date(9999, 1, 1)
