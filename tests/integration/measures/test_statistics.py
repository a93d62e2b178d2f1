"""Everyone sees, in counts alone, what each authority made of its orders, and who lifts late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from goodstanding.catalogue.procedure import Act
from goodstanding.core.clock import Clock
from goodstanding.measures.models import Report
from goodstanding.measures.queries import owed_by_authority
from goodstanding.measures.reporting import report
from goodstanding.measures.statistics import records
from goodstanding.procedures.clockwork import expire
from tests.integration.measures.conftest import ASKED_ON, ONE, Desk
from tests.integration.measures.test_orders import ELEVEN


def test_orders_are_counted_as_reported_refused_silent_unlifted_and_late(desk: Desk) -> None:
    case, day = desk.listed()
    desk.bench.take(case, Act.PUBLISH, day)
    clock, first, second = Clock(day), desk.order("cn/public-funds"), desk.order("cn/no-facilitation")
    about = Report.About.CARRIED_OUT
    report(first, about, desk.planner, on=day, clock=clock, what="Left out.")
    report(second, about, desk.planner, on=day, clock=clock, why_not="No application is open.")
    found = {one.authority: one for one in records(day, desk.calendar)}
    assert {path: one.orders for path, one in found.items()} == ELEVEN
    planner = found["cn/ndrc"]
    assert (planner.reported, planner.refused, planner.silent, planner.ended) == (1, 1, 1, 0)
    assert all(one.reported + one.refused + one.silent == one.orders for one in found.values())
    assert records(day - ONE, desk.calendar) == (), "not before the entry begins"
    end = first.to_on
    office = replace(desk.bench.office, clock=Clock(end))
    assert expire(office, end) == 1
    report(first, Report.About.LIFTED, desk.planner, on=end, clock=Clock(end), what="Restored.")
    later = end + 30 * ONE
    report(second, Report.About.LIFTED, desk.planner, on=later, clock=Clock(later), what="Restored.")
    found = {one.authority: one for one in records(later, desk.calendar)}
    planner = found["cn/ndrc"]
    assert (planner.ended, planner.unlifted, planner.late) == (3, 1, 2), (
        "one in time, one late, one not at all"
    )
    owed = owed_by_authority(later, desk.calendar)
    assert {path: (one.unlifted, one.worst) for path, one in found.items()} == owed
    assert planner.worst > 10
    at_once = {one.authority: one for one in records(end, desk.calendar)}
    assert (at_once["cn/ndrc"].unlifted, at_once["cn/ndrc"].late, at_once["cn/ndrc"].worst) == (2, 0, 0)


def test_the_page_says_it_in_a_picture_and_a_table_and_names_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", ASKED_ON.isoformat())
    pages = Client(SERVER_NAME="localhost")
    assert "No authority has had an order yet." in pages.get("/en/orders").content.decode()
    desk.listed()
    for lang, title in (("en", "Reported as done"), ("zh", "已实施")):
        told = pages.get(f"/{lang}/orders").content.decode()
        assert title in told and told.count("<rect") == 3 * len(ELEVEN) and "<td" in told
        assert desk.bench.subject.identifier not in told
