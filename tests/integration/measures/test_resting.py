"""Restrictions rest during a suit where their law says so, and under a plan; on the day after, they apply again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.measure import Process
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Subject
from goodstanding.measures.applying import orders_that_apply
from goodstanding.measures.lines import lines_of
from goodstanding.measures.models import MeasureVersion, Order, Pause, Resumption, Shield
from goodstanding.measures.queries import owed
from goodstanding.measures.resting import Over, Plan, Shown, Suit, pause, resume, shield
from goodstanding.measures.rests import AtRest, Why, rests_of
from goodstanding.postgres import Lease, Role
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.queries import Viewer
from tests.integration.installation import Template, installed
from tests.integration.measures.conftest import (
    ASKED_ON,
    LOCAL,
    ONE,
    SUED,
    SUIT,
    Desk,
    asked,
    at_counters,
    paths,
    richer_desk,
)
from tests.integration.portal.conftest import DAUGHTER
from tests.integration.procedures.conftest import COMPANY

PLAN = Shown((("国办发〔2025〕22号", ""),), "Bankruptcy court, No. 2 of 2026", "Ruling on the plan")
BIDS, FUNDS = "cn/bidding-qualification", "cn/public-funds"


@pytest.fixture(scope="module")
def standing(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The company on the list, for tests that leave nothing behind."""
    with installed(server, template, tmp_path_factory.mktemp("resting"), COMPANY) as one:
        yield at_counters(richer_desk(one))


@pytest.fixture
def counter(richer: Desk) -> Desk:
    return at_counters(richer)


def of_planner(desk: Desk, day: date, process: Process = Process.TENDER) -> set[str]:
    """What the planner has to apply on a day."""
    found = orders_that_apply("cn/ndrc", desk.planner.division, desk.bench.subject, process, day)
    return {one.measure.path for one in found}


def test_a_suit_pauses_what_its_law_names_until_it_is_over_and_a_stay_pauses_every_restriction(
    counter: Desk,
) -> None:
    order = counter.order(SUED)
    entry, began = order.record, ASKED_ON - 5 * ONE
    suit = counter.suit(order, began, counter.clock)
    assert paths(asked(counter, counter.planner, Process.TENDER)) == {BIDS}
    owing = {one.order.measure.path for one in owed(Viewer((counter.planner,)), ASKED_ON, counter.calendar)}
    assert SUED not in owing and BIDS in owing, "what rests is not owed"
    states = {one.order.measure.path: one.state for one in lines_of(Order.objects.all(), ASKED_ON)}
    assert (states[SUED], states[BIDS]) == ("rests", "owed")
    stay = counter.suit(order, began, counter.clock, stayed=True)
    assert of_planner(counter, ASKED_ON) == set() and of_planner(counter, ASKED_ON, Process.LAND) == set()
    assert {one.measure for one in asked(counter, counter.keeper, Process.PERMIT).lines} == {
        "cn/test-green-lane"
    }, "a benefit goes on"
    resume(stay, counter.keeper, Over.STAY_ENDED, "Ruling of today", on=ASKED_ON - ONE, clock=counter.clock)
    resume(suit, counter.keeper, Over.UPHELD, "Judgment of today", on=ASKED_ON, clock=counter.clock)
    days = [ASKED_ON - number * ONE for number in range(7)]
    assert [of_planner(counter, day) for day in days] == [
        {BIDS, SUED},
        {BIDS},
        *[set[str]()] * 4,
        {BIDS, SUED},
    ], "the days in between stay what they were"
    lines = rests_of([entry.pk], counter.bench.subject, ASKED_ON)
    assert {(one.outcome, one.until, one.holds) for one in lines} == {
        ("upheld", ASKED_ON, False),
        ("stay_ended", ASKED_ON - ONE, False),
    }
    with pytest.raises(Refusal, match="GS-ORDER-016"):
        resume(suit, counter.keeper, Over.UPHELD, "Judgment", on=ASKED_ON, clock=counter.clock)
    assert check(counter.bench.installation.home).findings == ()


def test_a_plan_shields_from_what_its_law_names_until_it_is_carried_out_or_fails(counter: Desk) -> None:
    plan = shield(
        counter.bench.subject,
        counter.keeper,
        Plan.REORGANISATION,
        PLAN,
        from_on=ASKED_ON - ONE,
        to_on=ASKED_ON + 365 * ONE,
        clock=counter.clock,
    )
    assert asked(counter, counter.planner, Process.SUBSIDY).lines == ()
    assert paths(asked(counter, counter.planner, Process.TENDER)) == {BIDS, SUED}
    assert paths(asked(counter, counter.planner, Process.LAND)) == {LOCAL}
    resume(plan, counter.keeper, Over.FAILED, "Ruling that ends the plan", on=ASKED_ON, clock=counter.clock)
    assert paths(asked(counter, counter.planner, Process.SUBSIDY)) == {FUNDS}
    assert of_planner(counter, ASKED_ON - ONE, Process.SUBSIDY) == set()


def test_in_the_shipped_packs_no_suit_pauses_by_itself_and_a_stay_does(desk: Desk) -> None:
    _, day = desk.listed()
    order, clock = desk.order(FUNDS), Clock(day)
    with pytest.raises(Refusal, match="GS-ORDER-068"):
        desk.suit(order, day, clock)
    stay = desk.suit(order, day, clock, stayed=True)
    assert of_planner(desk, day, Process.SUBSIDY) == set()
    with pytest.raises(Refusal, match="GS-ORDER-015"):
        resume(stay, desk.keeper, Over.COMPLETED, "The plan", on=day, clock=clock)
    for wrong in (day - ONE, day + 2 * ONE):
        with pytest.raises(Refusal, match="GS-ORDER-069"):
            resume(stay, desk.keeper, Over.WITHDRAWN, "Ruling", on=wrong, clock=clock)
    with pytest.raises(Refusal, match="GS-ORDER-066"):
        resume(stay, desk.planner, Over.WITHDRAWN, "Ruling", on=day, clock=clock)
    with pytest.raises(Refusal, match="GS-ORDER-010"):
        resume(stay, desk.keeper, Over.WITHDRAWN, " ", on=day, clock=clock)


Attempt = Callable[[Desk], object]


def _pause(
    desk: Desk,
    shown: Shown = SUIT,
    *,
    by: Appointment | None = None,
    from_on: date = ASKED_ON,
    to_on: date | None = None,
) -> Pause:
    order = Order.objects.filter(measure__path=SUED).get()
    return pause(
        order.record,
        by or desk.keeper,
        Suit.REVIEW,
        shown,
        from_on=from_on,
        to_on=to_on or order.to_on,
        clock=desk.clock,
    )


def _shield(
    desk: Desk,
    shown: Shown = PLAN,
    *,
    subject: Subject | None = None,
    by: Appointment | None = None,
    from_on: date = ASKED_ON,
    to_on: date = ASKED_ON + ONE,
) -> Shield:
    about, official = subject or desk.bench.subject, by or desk.keeper
    return shield(about, official, Plan.SETTLEMENT, shown, from_on=from_on, to_on=to_on, clock=desk.clock)


REFUSED: dict[str, tuple[str, Attempt]] = {
    "without a law": ("GS-ORDER-010", lambda desk: _pause(desk, Shown((), "No. 1", "Notice"))),
    "without a court's number": ("GS-ORDER-010", lambda desk: _shield(desk, Shown(PLAN.basis, " ", "Plan"))),
    "without a document": ("GS-ORDER-010", lambda desk: _pause(desk, Shown(SUIT.basis, "No. 1", ""))),
    "backwards": ("GS-ORDER-010", lambda desk: _pause(desk, to_on=ASKED_ON)),
    "with a person's number": (
        "GS-ORDER-014",
        lambda desk: _pause(desk, Shown(SUIT.basis, "No. 1", "Plaintiff 11010519491231002X")),
    ),
    "by another authority": ("GS-ORDER-066", lambda desk: _pause(desk, by=desk.planner)),
    "a plan, by another authority": ("GS-ORDER-066", lambda desk: _shield(desk, by=desk.builder)),
    "beyond the entry": ("GS-ORDER-067", lambda desk: _pause(desk, to_on=date(2039, 1, 1))),
    "from a day to come": (
        "GS-ORDER-067",
        lambda desk: _pause(desk, from_on=ASKED_ON + 2 * ONE, to_on=ASKED_ON + 3 * ONE),
    ),
    "a plan from a day to come": (
        "GS-ORDER-067",
        lambda desk: _shield(desk, from_on=ASKED_ON + 2 * ONE, to_on=ASKED_ON + 3 * ONE),
    ),
    "of one that nobody listed": (
        "GS-ORDER-066",
        lambda desk: _shield(desk, subject=Subject.objects.get(identifier=DAUGHTER)),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_rests(standing: Desk, name: str) -> None:
    code, attempt = REFUSED[name]
    with pytest.raises(Refusal, match=code):
        attempt(standing)
    assert not Pause.objects.exists() and not Shield.objects.exists()


ATTACKS = {
    "a pause without its law": ("measures_pause", {"basis": '\'[["", ""]]\''}, "GS-ORDER-065"),
    "a pause without its ground": ("measures_pause", {"evidence": "''"}, "measures_pause_basis"),
    "a pause of another kind": ("measures_pause", {"kind": "'goodwill'"}, "measures_pause_kind"),
    "a pause without an end": ("measures_pause", {"to_on": "NULL"}, "to_on"),
    "a pause of a record that is no entry": (
        "measures_pause",
        {"record_id": "(SELECT min(id) FROM ledger_record)"},
        "GS-ORDER-066",
    ),
    "a pause that outlives its entry": ("measures_pause", {"to_on": "'2099-01-01'"}, "GS-ORDER-067"),
    "a shield without its law": ("measures_shield", {"basis": "'[]'"}, "GS-ORDER-065|measures_shield_basis"),
    "a shield of another kind": ("measures_shield", {"kind": "'rich'"}, "measures_shield_kind"),
    "an end of nothing": ("measures_resumption", {"pause_id": "NULL", "outcome": "'failed'"}, "GS-ORDER-066"),
    "an end that a suit has not": ("measures_resumption", {"outcome": "'failed'"}, "resumption_of_one"),
    "an end before its beginning": ("measures_resumption", {'"on"': "'2020-01-01'"}, "GS-ORDER-069"),
    "an end on a day to come": ("measures_resumption", {'"on"': "'2026-04-03'"}, "GS-ORDER-069"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses(standing: Desk, name: str) -> None:
    table, changes, code = ATTACKS[name]
    order = Order.objects.filter(measure__path=SUED).get()
    common = {
        "public_id": "gen_random_uuid()",
        "kind": "'administrative_suit'",
        "from_on": f"'{ASKED_ON}'",
        "to_on": f"'{order.to_on}'",
        "basis": '\'[["Law", "56"]]\'',
        "reference": "'No. 1'",
        "evidence": "'Notice'",
        "appointment_id": str(standing.keeper.pk),
        "event_id": "",
    }
    rows = {
        "measures_pause": {**common, "record_id": str(order.record_id), "stayed": "true"},
        "measures_shield": {**common, "kind": "'settlement'", "subject_id": str(order.subject_id)},
        "measures_resumption": {
            "pause_id": "(SELECT max(id) FROM measures_pause)",
            '"on"': f"'{ASKED_ON}'",
            "outcome": "'upheld'",
            "evidence": "'Judgment'",
            "appointment_id": common["appointment_id"],
            "event_id": "",
        },
    }
    with standing.bench.installation.connect(Role.APP) as app:
        app.execute("BEGIN")
        event = app.execute(
            "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest, transaction) VALUES"
            f" (gen_random_uuid(), 'case', '{ASKED_ON}', '{ASKED_ON}', 'intruder', '', '3') RETURNING id".encode()
        ).fetchone()
        assert event is not None

        def insert(into: str, **changed: str) -> None:
            values = {**rows[into], "event_id": str(event[0]), **changed}
            app.execute(
                f"INSERT INTO {into} ({', '.join(values)}) VALUES ({', '.join(values.values())})".encode()
            )

        if table == "measures_resumption":
            insert("measures_pause")
        with pytest.raises(psycopg.Error, match=code):
            insert(table, **changes)
        app.execute("ROLLBACK")


def test_what_was_said_of_rests_cannot_be_changed(standing: Desk) -> None:
    with standing.bench.installation.connect(Role.APP) as app:
        for statement in (
            "UPDATE measures_resumption SET outcome = 'upheld'",
            "DELETE FROM measures_resumption",
        ):
            with pytest.raises(psycopg.Error):
                app.execute(statement.encode())
    assert not Resumption.objects.exists()


_FLAGS = st.booleans()


@given(_FLAGS, _FLAGS, _FLAGS, _FLAGS, _FLAGS, st.sampled_from(["restriction", "benefit"]))
def test_an_order_rests_only_where_its_law_lets_it(
    in_suit: bool, by_plan: bool, sued: bool, stayed: bool, shielded: bool, effect: str
) -> None:
    """Whatever holds at once: a benefit never rests, a suit stops only what its law names, another's rest nothing."""
    measure = MeasureVersion(effect=effect, pauses_in_suit=in_suit, shielded_by_plan=by_plan)
    order = Order(measure=measure, record_id=7, subject_id=3)
    entry = frozenset({7}) if sued else frozenset({8})
    resting = AtRest(
        entry, entry if stayed else frozenset(), frozenset({2}) if shielded else frozenset({9}), {3: 2}
    )
    why = resting.why(order)
    expected = effect == "restriction" and ((sued and (stayed or in_suit)) or (by_plan and shielded))
    assert (why is not None) == expected
    assert why is not Why.PLAN or by_plan
    assert why is not Why.SUIT or in_suit
    elsewhere = Order(measure=measure, record_id=11, subject_id=5)
    assert resting.why(elsewhere) is None
