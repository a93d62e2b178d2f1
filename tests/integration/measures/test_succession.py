"""Memoranda change while an entry stands: what one orders ends with it, what a law carries over comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import psycopg
import pytest

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import Agreed, Effect, Memorandum, Process
from goodstanding.catalogue.model import Basis, Title
from goodstanding.core.clock import Clock
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Event
from goodstanding.measures.applying import in_force
from goodstanding.measures.lines import lines_of
from goodstanding.measures.models import Adoption, Lifting, Order, Repeal, Report
from goodstanding.measures.queries import owed
from goodstanding.measures.reporting import report
from goodstanding.measures.succession import Followed, follow_memoranda
from goodstanding.postgres import Role
from goodstanding.procedures.queries import Viewer
from tests.integration.measures.conftest import ONE, Desk, measure, memorandum

MOU, NEW, LATER = "cn/mou-wage-arrears", "cn/test-later", "cn/test-no-land"
FUNDS, BIDS = "cn/public-funds", "cn/bidding-qualification"
DAY = date(2026, 6, 1)
LAW = Basis("Law of the test on what stands", "12")
Change = Callable[[Memorandum], Memorandum]


def changed(catalogue: Catalogue, change: Change, *more: Memorandum) -> Catalogue:
    """The packs with the memorandum on wage arrears changed, and others beside it."""
    pack = catalogue.pack("cn")
    memoranda = tuple(change(one) if one.path == MOU else one for one in pack.memoranda)
    land = measure(LATER, Effect.RESTRICTION, Process.LAND, 40)
    fresh = replace(pack, memoranda=(*memoranda, *more), measures=(*pack.measures, land))
    return Catalogue(tuple(fresh if one.name == "cn" else one for one in catalogue.packs))


def same(one: Memorandum) -> Memorandum:
    return one


def less(one: Memorandum) -> Memorandum:
    return replace(
        one, agreed=tuple(each for each in one.agreed if (each.measure, each.authority) != (FUNDS, "cn/ndrc"))
    )


def later(*agreed: Agreed, standing: Basis | None = LAW, until: date | None = None) -> Memorandum:
    """A memorandum that comes into force while the entry stands."""
    given = agreed or (Agreed(LATER, "cn/ndrc"),)
    return replace(
        memorandum(NEW, Effect.RESTRICTION, *given), valid_from=DAY, valid_to=until, standing=standing
    )


def given(desk: Desk) -> set[int]:
    return set(Order.objects.filter(memorandum__path=MOU).values_list("pk", flat=True))


def test_a_repeal_lifts_what_rests_on_the_memorandum_alone_on_its_day_and_is_chased(desk: Desk) -> None:
    desk.listed()
    beside = memorandum("cn/test-beside", Effect.RESTRICTION, Agreed(FUNDS, "cn/ndrc"))
    after = later(Agreed("cn/no-facilitation", "cn/ndrc"))
    catalogue = changed(desk.bench.office.catalogue, lambda one: replace(one, valid_to=DAY), beside, after)
    orders = given(desk)
    carried = {desk.order(FUNDS).pk, desk.order("cn/no-facilitation").pk}
    assert follow_memoranda(catalogue, Clock(DAY - ONE)) == Followed(), "nothing before its day"
    assert set(in_force(DAY - ONE).values_list("pk", flat=True)) == orders
    assert set(in_force(DAY).values_list("pk", flat=True)) == carried, "whether or not the days are brought"
    late = DAY + 2 * ONE
    events = Event.objects.count()
    assert follow_memoranda(catalogue, Clock(late)) == Followed(lifted=len(orders - carried))
    assert follow_memoranda(catalogue, Clock(late)) == Followed(), "a second time changes nothing"
    assert Event.objects.count() == events + 1, "in one event"
    lifted = orders - carried
    assert set(Lifting.objects.values_list("order", "on")) == {(one, late) for one in lifted}
    assert set(Repeal.objects.values_list("how", "since")) == {("repealed", DAY)}
    lines = {one.order.pk: one for one in lines_of(Order.objects.all(), late)}
    assert {one.state for pk, one in lines.items() if pk in lifted} == {"unlifted"}
    assert {(lines[one].repeal, lines[one].state) for one in carried} == {(None, "owed")}
    order, planner = desk.order(BIDS), Viewer((desk.planner,))
    assert (order.pk, "lifted") in {(one.order.pk, one.about) for one in owed(planner, late, desk.calendar)}
    report(order, Report.About.LIFTED, desk.planner, on=late, clock=Clock(late), what="Struck off.")
    assert order.pk not in {one.order.pk for one in owed(planner, late, desk.calendar)}
    assert found(desk, catalogue) == set()


def found(desk: Desk, catalogue: Catalogue) -> set[str]:
    """What the ledger's check finds, but that the version of an order is of an older pack."""
    findings = check(desk.bench.installation.home, catalogue=catalogue).findings
    return {f"{one.about}: {one.what}" for one in findings if one.code != "GS-LEDGER-079"}


def said(desk: Desk, order: int, how: str, since: date) -> None:
    """The app role says that the memorandum of an order is over."""
    with desk.bench.installation.connect(Role.APP) as app:
        app.execute(
            "INSERT INTO measures_repeal (order_id, memorandum_id, how, since, event_id) SELECT id, memorandum_id,"
            f" '{how}', '{since}', {_event(app, DAY)} FROM measures_order WHERE id = {order}".encode()
        )


def test_a_version_that_agrees_on_less_lifts_that_alone_and_taking_it_back_orders_nothing_again(
    desk: Desk,
) -> None:
    desk.listed()
    whole = changed(desk.bench.office.catalogue, same)
    reworded = changed(whole, lambda one: replace(one, title=Title("New", "新")))
    assert follow_memoranda(reworded, Clock(DAY)) == Followed(), "other words change nothing"
    assert follow_memoranda(changed(whole, less), Clock(DAY)) == Followed(lifted=1)
    repeal = Repeal.objects.select_related("order__measure").get()
    assert (repeal.order.measure.path, repeal.how, repeal.since) == (FUNDS, "replaced", DAY)
    empty = Catalogue((replace(whole.pack("cn"), memoranda=()),))
    assert follow_memoranda(empty, Clock(DAY + ONE)) == Followed(), (
        "what a pack lost without a word ends nothing"
    )
    assert not Adoption.objects.filter(pk__in=_newest(), said=True).exists()
    assert follow_memoranda(whole, Clock(DAY + ONE)) == Followed(), "no law reaches what stands"
    assert found(desk, whole) == set()


def _newest() -> list[int]:
    rows = Adoption.objects.order_by("pk").values_list("memorandum", "pk")
    return list(dict(rows).values())


def test_a_memorandum_meets_what_stands_where_its_law_says_so_from_its_day_and_once(desk: Desk) -> None:
    _, begin = desk.listed()
    catalogue = desk.bench.office.catalogue
    silent = changed(catalogue, same, later(standing=None))
    assert follow_memoranda(silent, Clock(DAY)) == Followed(), "without a law it meets new listings alone"
    until = DAY + 100 * ONE
    reaching = changed(
        catalogue, same, later(Agreed(LATER, "cn/ndrc"), Agreed(FUNDS, "cn/ndrc"), until=until)
    )
    assert follow_memoranda(reaching, Clock(DAY - ONE)) == Followed()
    assert follow_memoranda(reaching, Clock(DAY)) == Followed(added=1), (
        "what is ordered already is not ordered twice"
    )
    assert follow_memoranda(reaching, Clock(DAY)) == Followed()
    order = desk.order(LATER)
    assert (order.from_on, order.to_on, order.law) == (DAY, until, [["Law of the test", "7"]])
    assert order.event_id != order.record_id >> 32
    assert in_force(DAY).filter(pk=order.pk).exists() and not in_force(begin).filter(pk=order.pk).exists()
    assert owed(Viewer((desk.planner,)), DAY, desk.calendar)[0].order.authority.path == "cn/ndrc"
    assert found(desk, reaching) == set()
    assert follow_memoranda(reaching, Clock(until)) == Followed(lifted=1), "and it ends with its memorandum"
    assert follow_memoranda(reaching, Clock(until)) == Followed()
    assert Repeal.objects.get().since == until


ATTACKS = {
    "an order under a memorandum that the packs say no more": ("GS-ORDER-099", FUNDS, DAY),
    "an order beside one that says the same": ("GS-ORDER-100", LATER, DAY),
    "an order from before its day": ("GS-ORDER-058", LATER, DAY + ONE),
}


def test_the_app_role_neither_lifts_what_stands_nor_orders_what_is_over(desk: Desk) -> None:
    desk.listed()
    follow_memoranda(changed(desk.bench.office.catalogue, less, later()), Clock(DAY))
    stands = desk.order(BIDS).pk
    for how, since in (("repealed", DAY), ("replaced", DAY)):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-101"):
            said(desk, stands, how, since)
    for code, path, day in ATTACKS.values():
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
            forge(desk, path, day)
    with desk.bench.installation.connect(Role.APP) as app:
        for statement in (
            "UPDATE measures_repeal SET since = since - 1",
            "DELETE FROM measures_adoption",
            "INSERT INTO measures_adoption (memorandum_id, said, standing, event_id) VALUES (1, true, '[]', 1)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement.encode())


def forge(desk: Desk, path: str, day: date) -> None:
    """The app role copies an order into an event of its own, of a day."""
    columns = [
        *("from_on", "measure_id", "memorandum_id", "authority_id", "subject_id", "record_id", "to_on"),
        *("law", "lift_amount", "lift_unit"),
    ]
    copied = ", ".join(f"o.{one}" for one in columns)
    with desk.bench.installation.connect(Role.APP) as app:
        event = _event(app, day)
        app.execute(
            f"INSERT INTO measures_order (public_id, {', '.join(columns)}, event_id)"
            f" SELECT gen_random_uuid(), {copied}, {event} FROM measures_order o"
            " JOIN measures_measureversion n ON n.id = o.measure_id"
            f" WHERE n.path = '{path}' ORDER BY o.id LIMIT 1".encode()
        )


def _event(app: psycopg.Connection[tuple[object, ...]], day: date) -> object:
    app.execute("BEGIN")
    row = app.execute(
        "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest, transaction) VALUES"
        f" (gen_random_uuid(), 'case', '{day}', '{day}', 'intruder', '', '3') RETURNING id".encode()
    ).fetchone()
    assert row is not None
    return row[0]
