"""Days: the bounds that engines compare are the days that the meaning admits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.dates import add_months
from goodstanding.rules.model import Span, Window


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2021, 2, 28), 12, date(2022, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


windows = st.one_of(
    st.sampled_from([Window(one) for one in Span if one is not Span.MONTHS]),
    st.builds(lambda months: Window(Span.MONTHS, months), st.integers(1, 60)),
)


@given(windows, st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_the_bounds_admit_the_days_that_count(window: Window, on: date) -> None:
    low, high = window.bounds(on)
    edges = {
        low,
        high,
        on,
        add_months(on, -(window.months or 12)),
        date(on.year, 1, 1),
        date(on.year - 1, 1, 1),
    }
    for edge in edges:
        for shift in range(-3, 4):
            if edge.toordinal() + shift < 1:
                continue
            day = edge + timedelta(days=shift)
            assert window.counts(day, on) == (low <= day < high)
