"""How long a record is kept and counted: from which of its days, and of a listing from the day it left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.model import Absence, Basis, Item, Polarity, Retention, Title
from goodstanding.catalogue.retention import is_kept, kept_from, kept_until
from goodstanding.core.reader import Access

LAW = Basis("A law", "1")
PENALTY = Item(
    path="t/penalty",
    title=Title("Penalty", "处罚"),
    category=16,
    domain="tax",
    polarity=Polarity.NEGATIVE,
    access=Access.PUBLIC,
    absence=Absence.UNKNOWN,
    basis=(LAW,),
    retention=Retention(60, LAW),
)
LISTING = replace(PENALTY, path="t/list", listing=True)
TODAY = date(2026, 3, 2)
LONG_AGO = date(2015, 1, 1)


@dataclass(frozen=True)
class Days:
    """A record's days."""

    decided_on: date | None = None
    occurred_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None


days = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2040, 12, 31)))
records = st.builds(Days, days, days, days, days)


def test_retention_counts_from_the_decision_then_the_fact_then_the_first_day_in_effect() -> None:
    assert kept_until(PENALTY, Days(date(2025, 1, 5), LONG_AGO, LONG_AGO)) == date(2030, 1, 5)
    assert kept_until(PENALTY, Days(None, date(2025, 1, 5), LONG_AGO)) == date(2030, 1, 5)
    assert kept_until(PENALTY, Days(None, None, date(2025, 1, 5))) == date(2030, 1, 5)
    assert kept_until(PENALTY, Days(), taken_in=date(2025, 1, 5)) == date(2030, 1, 5)
    assert not is_kept(PENALTY, Days(LONG_AGO, TODAY, TODAY), TODAY, taken_in=TODAY)


def test_of_a_record_without_any_day_nobody_can_tell_unless_the_day_it_was_taken_in_is_known() -> None:
    assert is_kept(PENALTY, Days(effective_to=LONG_AGO), TODAY) is None
    assert is_kept(PENALTY, Days(), TODAY, taken_in=LONG_AGO) is False


def test_a_listing_is_kept_while_it_is_in_effect_however_old_and_for_its_retention_once_it_left() -> None:
    assert is_kept(LISTING, Days(LONG_AGO), TODAY) is True
    assert kept_until(LISTING, Days(LONG_AGO)) is None
    assert is_kept(LISTING, Days(LONG_AGO, effective_to=date(2036, 1, 1)), TODAY) is True
    assert is_kept(LISTING, Days(LONG_AGO, effective_to=date(2021, 3, 3)), TODAY) is True
    assert is_kept(LISTING, Days(LONG_AGO, effective_to=date(2021, 3, 2)), TODAY) is False
    assert kept_until(LISTING, Days(LONG_AGO, effective_to=date(2021, 3, 2))) == TODAY


def test_a_listing_that_an_ending_took_off_is_kept_from_that_day() -> None:
    assert kept_until(LISTING, Days(LONG_AGO), left=date(2025, 1, 5)) == date(2030, 1, 5)
    early = kept_until(LISTING, Days(LONG_AGO, effective_to=date(2027, 1, 1)), left=date(2025, 1, 5))
    assert early == date(2030, 1, 5)


def test_a_listing_that_was_never_right_is_kept_from_the_day_on_which_it_came() -> None:
    never = date(1, 1, 1)
    assert kept_until(LISTING, Days(date(2025, 1, 5)), left=never) == date(2030, 1, 5)
    assert kept_until(LISTING, Days(), taken_in=date(2025, 1, 5), left=never) == date(2030, 1, 5)


@given(st.sampled_from((PENALTY, LISTING)), records, st.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_the_first_day_on_which_it_is_kept_no_more_and_the_earliest_day_that_counts_say_the_same(
    item: Item, record: Days, on: date
) -> None:
    kept, until = is_kept(item, record, on), kept_until(item, record)
    if until is not None:
        assert kept is (on < until)
        assert is_kept(item, record, until) is False
        assert is_kept(item, record, until - timedelta(days=1)) is True
    else:
        assert kept is (True if item.listing else None)
    assert kept_from(item, on) <= on
