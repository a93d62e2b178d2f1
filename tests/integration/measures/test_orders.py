"""Orders follow an entry: written with it, lifted with its end, and what is not reported is shown as late."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content
from goodstanding.measures.models import Lifting, Order, Report, Subscription
from goodstanding.measures.queries import orders_visible_to, owed, owed_by_authority
from goodstanding.measures.reporting import report
from goodstanding.procedures.acting import mandate
from goodstanding.procedures.clockwork import expire
from goodstanding.procedures.queries import PUBLIC, Viewer
from tests.integration.measures.conftest import LENDING, ONE, Desk
from tests.integration.procedures.conftest import FROM, TO

ELEVEN = {"cn/mohrss": 4, "cn/ndrc": 3, "cn/mohurd": 2, "cn/mot": 1, "cn/mof": 1}


def at(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    office = replace(desk.bench.office, clock=Clock(day))
    return replace(desk, bench=replace(desk.bench, office=office))


def test_a_listing_yields_eleven_orders_in_its_own_event(desk: Desk) -> None:
    _, day = desk.listed()
    entry = Content.objects.get(item__path="cn/listing.wage-arrears")
    orders = list(Order.objects.select_related("authority", "measure"))
    assert Counter(one.authority.path for one in orders) == ELEVEN
    for one in orders:
        assert (one.subject_id, one.record_id) == (desk.bench.subject.pk, entry.record_id)
        assert (one.from_on, one.to_on) == (day, entry.effective_to)
        assert one.event_id == entry.record_id >> 32
        assert one.law and one.law == one.measure.law
    assert desk.order("cn/bidding-qualification").law[0] == ["中华人民共和国招标投标法", "53, 54, 60"]
    assert check(desk.bench.installation.home, catalogue=desk.bench.office.catalogue).findings == ()


def test_the_end_of_the_entry_lifts_every_order_and_each_authority_owes_the_report(desk: Desk) -> None:
    case, day = desk.listed()
    end = desk.order("cn/public-funds").to_on
    late = at(desk, end)
    late.bench.take(case, Act.PUBLISH, day)
    late.bench.take(case, Act.LIFT, end)
    assert Lifting.objects.count() == Order.objects.count() == 11
    assert set(Lifting.objects.values_list("event_id", flat=True)) == {case.steps.get(act=Act.LIFT).event_id}
    planner = Viewer((late.planner,))
    due_on = owed(planner, end, late.calendar)[0].last
    assert due_on is not None and due_on > end, "three working days for the removal"
    third = due_on + 7 * ONE
    late_now = owed(planner, third, late.calendar)
    assert [one.late for one in late_now] == [5, 5, 5] and {one.about for one in late_now} == {"lifted"}
    said = report(
        late.order("cn/no-facilitation"),
        Report.About.LIFTED,
        late.planner,
        on=end,
        clock=late.clock,
        what="Restored.",
    )
    assert said.done
    report(
        late.order("cn/public-funds"),
        Report.About.LIFTED,
        late.planner,
        on=end,
        clock=late.clock,
        why_not="The system is down.",
    )
    left = owed(planner, third, late.calendar)
    assert {one.order.measure.path: one.said for one in left} == {
        "cn/public-funds": "The system is down.",
        "cn/bidding-qualification": "",
    }
    assert owed_by_authority(third, late.calendar) == {
        path: (number if path != "cn/ndrc" else 2, 5) for path, number in sorted(ELEVEN.items())
    }
    assert owed_by_authority(due_on, late.calendar) == {}
    assert check(late.bench.installation.home, catalogue=late.bench.office.catalogue).findings == ()


def test_an_order_that_nobody_reported_is_owed_until_somebody_says_what_was_done_or_why_not(
    desk: Desk,
) -> None:
    _, day = desk.listed()
    viewer = Viewer((desk.planner,))
    assert {one.about for one in owed(viewer, day, desk.calendar)} == {"carried_out"}
    order, clock = desk.order("cn/public-funds"), Clock(day)
    report(
        order, Report.About.CARRIED_OUT, desk.planner, on=day, clock=clock, why_not="No application is open."
    )
    assert order.pk not in {one.order.pk for one in owed(viewer, day, desk.calendar)}
    with pytest.raises(Refusal, match="GS-ORDER-012"):
        report(order, Report.About.CARRIED_OUT, desk.builder, on=day, clock=clock, what="Done.")
    with pytest.raises(Refusal, match="GS-ORDER-011"):
        report(order, Report.About.CARRIED_OUT, desk.planner, on=day, clock=clock)
    with pytest.raises(Refusal, match="GS-ORDER-013"):
        report(order, Report.About.LIFTED, desk.planner, on=day, clock=clock, what="Done.")
    mandate("planner", desk.bench.subject, from_on=FROM, to_on=TO, clock=clock, actor="test")
    with pytest.raises(Refusal, match="GS-ORDER-063"):
        report(order, Report.About.CARRIED_OUT, desk.planner, on=day, clock=clock, what="Done.")


def test_the_passing_of_days_lifts_what_is_over(desk: Desk) -> None:
    desk.listed()
    end = desk.order("cn/public-funds").to_on
    late = at(desk, end)
    assert expire(late.bench.office, end - ONE) == 0 and not Lifting.objects.exists()
    assert expire(late.bench.office, end) == 1
    assert set(Lifting.objects.values_list("on", flat=True)) == {end} and Lifting.objects.count() == 11


def test_a_market_participant_is_told_and_not_ordered(richer: Desk) -> None:
    richer.listed()
    assert not Order.objects.filter(authority__path="cn/lenders").exists()
    assert Subscription.objects.get().measure.path == LENDING


def test_orders_are_seen_by_their_authority_the_keeper_and_the_organisation(desk: Desk) -> None:
    case, day = desk.listed()
    own = desk.own

    def seen(viewer: Viewer) -> int:
        return orders_visible_to(viewer, day).count()

    assert (seen(Viewer((desk.planner,))), seen(Viewer((desk.keeper,))), seen(Viewer(mandates=(own,)))) == (
        3,
        11,
        11,
    )
    assert seen(PUBLIC) == 0, "not before the listing is published"
    desk.bench.take(case, Act.PUBLISH, day)
    assert seen(PUBLIC) == 11


def test_an_entry_with_orders_is_not_erased_before_it_has_ended_and_was_lifted(desk: Desk) -> None:
    desk.listed()
    end, one = desk.order("cn/public-funds").to_on, desk.bench.installation
    entry = Content.objects.get(item__path="cn/listing.wage-arrears").record
    with pytest.raises(Refusal, match="GS-CASE-107"):
        erase(entry.public_id, ground="A court ordered it.", home=one.home, clock=one.clock, actor="t")
    assert not Lifting.objects.exists()
    assert expire(at(desk, end).bench.office, end) == 1
    erase(entry.public_id, ground="A court ordered it.", home=one.home, clock=one.clock, actor="t")
    assert Lifting.objects.count() == 11 and not Content.objects.filter(record=entry).exists()
