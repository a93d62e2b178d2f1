"""What is not reported as lifted is chased: the office, its head, the offices above, and at last before everyone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.test import Client

from goodstanding.catalogue.chasing import STATED, Reminder, Told
from goodstanding.core.clock import Clock
from goodstanding.ledger.checking import check
from goodstanding.measures.chasing import chase
from goodstanding.measures.lines import lines_of
from goodstanding.measures.models import Order, Report
from goodstanding.measures.models import Reminder as Sent
from goodstanding.measures.queries import Lateness, owed
from goodstanding.measures.reporting import report
from goodstanding.measures.statistics import overdue, records
from goodstanding.postgres import Role
from goodstanding.procedures.clockwork import expire
from goodstanding.procedures.queries import Viewer
from tests.integration.measures.conftest import ONE, Desk

FUNDS, BIDS = "cn/public-funds", "cn/bidding-qualification"


class Evening(Clock):
    """Between four in the afternoon and midnight, UTC: the pack's authorities have the next day already."""

    def today(self, zone: str = "UTC") -> date:
        """The day, and for them the one after."""
        day = super().today(zone)
        return day if zone == "UTC" else day + ONE


def ended(desk: Desk) -> tuple[date, date]:
    """The entry is over and nobody reported: on which day it ended, and the last day for the reports."""
    desk.listed()
    order = desk.order(FUNDS)
    assert expire(replace(desk.bench.office, clock=Clock(order.to_on)), order.to_on) == 1
    lateness = Lateness(order.to_on, desk.calendar)
    return order.to_on, lateness.last_day(order.to_on, order.lift_amount, order.lift_unit)


def late(desk: Desk, last: date, days: int) -> date:
    """The day on which it is so many working days over the term."""
    day = last
    while Lateness(day, desk.calendar).since(last) < days:
        day += ONE
    return day


def test_reminders_grow_until_it_is_reported_and_are_shown_at_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, last = ended(desk)
    pack = desk.bench.office.catalogue.pack("cn")

    def chased(day: date) -> int:
        return chase(pack, desk.calendar, Clock(day))

    assert pack.reminders == STATED and [chased(end), chased(last)] == [0, 0], "not before the term is over"
    first = late(desk, last, 1)
    assert chase(pack, desk.calendar, Evening(first - ONE)) == 0, "in China it is the next day already"
    assert chase(pack, desk.calendar, Evening(first)) == 11 and chased(first) == 0, "once"
    with desk.bench.installation.connect(Role.APP) as app, pytest.raises(psycopg.Error):
        app.execute(b"DELETE FROM measures_reminder")
    head_on = late(desk, last, 5)
    assert chased(head_on) == 11
    funds = desk.order(FUNDS)
    report(funds, Report.About.LIFTED, desk.planner, on=head_on, clock=Clock(head_on), what="Restored.")
    shown_on = late(desk, last, 15)
    assert overdue("cn/ndrc", shown_on) == ()
    assert chased(shown_on) == 20, "two steps that were missed come together; what was reported is left alone"
    bids = desk.order(BIDS)
    assert list(bids.reminders.order_by("number").values_list("number", "told", "late")) == [
        (1, "office", 1),
        (2, "head", 5),
        (3, "above", 15),
        (4, "public", 15),
    ]
    assert {one.order.pk: one.reminders for one in owed(Viewer((desk.planner,)), shown_on, desk.calendar)}[
        bids.pk
    ] == 4
    lines = {one.order.pk: (one.reminders, one.told) for one in lines_of(Order.objects.all(), shown_on)}
    assert (lines[bids.pk], lines[funds.pk]) == ((4, "public"), (2, "head"))
    ndrc = {one.authority: one for one in records(shown_on, desk.calendar)}["cn/ndrc"]
    assert (ndrc.unlifted, ndrc.reminders, ndrc.shown) == (2, 8, 2)
    assert {
        (one.measure.path, one.number, one.since, one.reminders) for one in overdue("cn/ndrc", shown_on)
    } == {
        (BIDS, 1, end, 4),
        ("cn/no-facilitation", 1, end, 4),
    }
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", shown_on.isoformat())
    pages = Client(SERVER_NAME="localhost")
    for lang, said in (("en", "Overdue: not reported as lifted"), ("zh", "逾期未解除")):
        told = pages.get(f"/{lang}/orders/cn/ndrc").content.decode()
        assert said in told and bids.measure.title[lang] in told
        assert funds.measure.title[lang] not in told and desk.bench.subject.identifier not in told
    assert '/en/orders/cn/ndrc"' in pages.get("/en/orders").content.decode()
    assert pages.get("/en/orders/cn/sta").status_code == 404, "it never had an order"
    assert check(desk.bench.installation.home).findings == ()


def test_a_pack_may_state_steps_of_its_own_and_the_app_role_reminds_nobody_early(desk: Desk) -> None:
    end, last = ended(desk)
    pack = desk.bench.office.catalogue.pack("cn")
    own = replace(pack, reminders=(Reminder(2, Told.PUBLIC),))
    assert chase(own, desk.calendar, Clock(late(desk, last, 2))) == 11
    assert set(Sent.objects.values_list("number", "told", "late")) == {(1, "public", 2)}
    bids, funds = desk.order(BIDS), desk.order(FUNDS)
    day = late(desk, last, 3)
    report(funds, Report.About.LIFTED, desk.planner, on=day, clock=Clock(day), what="Restored.")
    for code, order, number, on in (
        ("GS-ORDER-102", bids.pk, 2, end),
        ("GS-ORDER-103", funds.pk, 2, day),
        ("GS-ORDER-104", bids.pk, 3, day),
    ):
        with (
            desk.bench.installation.connect(Role.APP) as app,
            pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code),
        ):
            app.execute("BEGIN")
            event = app.execute(
                "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest, transaction) VALUES"
                f" (gen_random_uuid(), 'case', '{on}', '{on}', 'intruder', '', '3') RETURNING id".encode()
            ).fetchone()
            assert event is not None
            app.execute(
                'INSERT INTO measures_reminder (order_id, number, told, late, "on", event_id)'
                f" VALUES ({order}, {number}, 'head', 9, '{on}', {event[0]})".encode()
            )
