"""What of a file its public page shows: what counts, what has ended without its content, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from goodstanding.catalogue.model import Absence, Basis, Item, Polarity, Retention, Title
from goodstanding.core.reader import Access
from goodstanding.ledger.queries import Entry
from goodstanding.portal import shelf
from goodstanding.portal.filepage import PER_PAGE, Entries, read_entries, verdict
from goodstanding.portal.language import Language

TODAY = date(2026, 3, 2)
LAW = (Basis("A law", "1"),)
PENALTY = Item(
    path="cn/food.penalty",
    title=Title("Penalty about food", "食品处罚"),
    category=5,
    domain="food_and_medicines",
    polarity=Polarity.NEGATIVE,
    access=Access.PUBLIC,
    absence=Absence.UNKNOWN,
    basis=LAW,
    retention=Retention(36, LAW[0]),
)
REPORTED = replace(PENALTY, path="br/sanctions.ceis", listing=True)
MARKET = replace(PENALTY, path="cn/market.complaint", market_information=True)
HONOUR = replace(PENALTY, path="cn/honour", polarity=Polarity.POSITIVE)
ITEMS = {one.path: one for one in (PENALTY, REPORTED, MARKET, HONOUR)}


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "item_at", ITEMS.get)


def entry(number: int = 1, **said: Any) -> Entry:
    """A penalty of 5 January 2025 with an instrument."""
    body = {"instrument": {"authority": "市场监管局", "number": "罚〔2025〕1号"}, "fields": {}}
    one = Entry(
        record_id=number,
        public_id=UUID(int=number),
        item=PENALTY.path,
        access=Access.PUBLIC,
        occurred_on=None,
        decided_on=date(2025, 1, 5),
        effective_from=None,
        effective_to=None,
        amount=6_000_000,
        currency="CNY",
        seriousness=2,
        body=body,
        position=3,
        source="cn/penalties",
        file_digest="ab" * 32,
        row=17,
        taken_in=date(2026, 1, 1),
    )
    return replace(one, **said)


def read(*entries: Entry) -> Entries:
    return read_entries(entries, today=TODAY, lang=Language.EN)


def test_a_penalty_in_force_counts_against() -> None:
    (one,) = read(entry()).shown
    assert one.against and one.amount == "¥60,000" and one.seriousness == "general"
    assert one.instrument is not None and one.instrument.number == "罚〔2025〕1号" and one.register is None
    assert one.shown_until == date(2028, 1, 5)
    assert not verdict(read(entry())).clear


def test_nothing_counts_where_nothing_is_recorded() -> None:
    assert verdict(read()).clear and verdict(read()).empty and verdict(read()).tone == "clear"


def test_what_is_past_its_retention_is_not_shown_at_all() -> None:
    assert read(entry(decided_on=date(2023, 3, 2))) == Entries((), (), 0)
    assert len(read(entry(decided_on=date(2023, 3, 3))).shown) == 1
    ended = entry(decided_on=date(2020, 1, 1), endings=(("repaired", date(2021, 1, 1), "x"),), counts=False)
    assert read(ended) == Entries((), (), 0)


def test_a_listing_is_shown_while_it_stands_however_old_and_as_ended_for_its_retention_once_it_left() -> None:
    standing = entry(item=REPORTED.path, decided_on=date(2010, 1, 1))
    (one,) = read(standing).shown
    assert one.shown_until is None, "nobody knows yet when it will leave"
    left = replace(standing, effective_to=date(2023, 3, 3))
    assert [over.ground for over in read(left).ended] == ["term"]
    assert read(replace(standing, effective_to=date(2023, 3, 2))) == Entries((), (), 0)
    removed = replace(standing, endings=(("withdrawn", date(2023, 3, 2), "x"),), counts=False)
    assert read(removed) == Entries((), (), 0)


def test_an_entry_is_shown_no_longer_than_it_is_public() -> None:
    (one,) = read(entry(public_until=date(2026, 4, 5))).shown
    assert one.shown_until == date(2026, 4, 5)


def test_retention_of_an_entry_without_any_date_runs_from_the_day_it_was_taken_in() -> None:
    (one,) = read(entry(decided_on=None)).shown
    assert one.shown_until == date(2029, 1, 1)


def test_an_ended_entry_keeps_its_title_its_ground_and_its_day_and_nothing_of_its_content() -> None:
    found = read(entry(endings=(("repaired", date(2026, 2, 1), "paid ¥60,000"),), counts=False))
    assert found.shown == ()
    (over,) = found.ended
    assert (over.ground, over.day, over.item) == ("repaired", date(2026, 2, 1), PENALTY)
    assert (
        "60,000" not in repr(over) and "paid" not in repr(over) and "罚" not in repr(over).replace("处罚", "")
    )
    assert verdict(found).clear


def test_an_ending_of_tomorrow_has_not_ended_the_entry_today() -> None:
    assert read(entry(endings=(("expired", date(2026, 3, 3), "x"),))).shown[0].against


def test_an_annulled_entry_never_counted() -> None:
    (over,) = read(entry(endings=(("annulled", date(1, 1, 1), "x"),), counts=False)).ended
    assert over.day is None


def test_a_listing_leaves_the_page_when_its_term_is_over() -> None:
    (over,) = read(entry(item=REPORTED.path, effective_to=TODAY)).ended
    assert (over.ground, over.day) == ("term", TODAY)
    (one,) = read(entry(item=REPORTED.path, effective_to=date(2026, 3, 3))).shown
    assert one.shown_until == date(2026, 3, 3)


def test_another_entry_is_shown_for_its_retention_and_counts_only_while_it_is_in_effect() -> None:
    (paid,) = read(entry(effective_to=TODAY)).shown
    assert paid.over and not paid.against and paid.shown_until == date(2028, 1, 5)
    (due,) = read(entry(effective_to=date(2026, 3, 3))).shown
    assert due.against and not due.over


def test_what_is_not_in_effect_yet_does_not_count() -> None:
    (one,) = read(entry(effective_from=date(2026, 3, 3))).shown
    assert not one.against


def test_another_registers_listing_and_market_information_count_against_nobody() -> None:
    found = read(
        entry(1, item=MARKET.path), entry(2, item=REPORTED.path), entry(3, item=HONOUR.path), entry(4)
    )
    assert [str(one.group) for one in found.shown] == ["official", "official", "reported", "market"]
    judged = verdict(found)
    assert [one.anchor for one in judged.against] == [f"record-{UUID(int=4)}"]
    assert judged.reported == 1
    assert verdict(read(entry(2, item=REPORTED.path))).tone == "noted"


def test_where_the_source_states_no_document_the_register_stands_in() -> None:
    (one,) = read(entry(body={"instrument": {"register": True}})).shown
    assert one.instrument is None and one.register is not None
    assert (one.register.digest, one.register.row) == ("ab" * 32, 17)


def test_an_entry_whose_rules_are_not_installed_is_counted_and_not_shown() -> None:
    assert read(entry(item="xx/unknown")) == Entries((), (), 1)


def test_each_entry_knows_the_page_that_it_stands_on() -> None:
    found = read(*(entry(number) for number in range(1, PER_PAGE + 2)))
    assert {one.page for one in found.shown[:PER_PAGE]} == {1}
    assert found.shown[PER_PAGE].page == 2
