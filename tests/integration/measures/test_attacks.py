"""What no order, report or question may be, tried as the app role straight at the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest

from goodstanding.ledger.models import Subject
from goodstanding.measures.models import Order
from goodstanding.postgres import Lease, Role
from tests.integration.installation import Template, installed
from tests.integration.measures.conftest import LENDING, Desk, at_counters, richer_desk
from tests.integration.portal.conftest import DAUGHTER
from tests.integration.procedures.conftest import COMPANY

App = psycopg.Connection[tuple[object, ...]]
COLUMNS = "measure_id, memorandum_id, authority_id, subject_id, record_id, from_on, to_on, law, event_id"
VERSION = (
    "INSERT INTO measures_measureversion (path, digest, title, effect, executable, hits, law, processes, precedence,"
    " pauses_in_suit, shielded_by_plan, division, event_id) VALUES ('cn/x', md5(random()::text), '{{}}', 'restriction',"
    " {executable}, '{hits}', '{law}', '[]', 1, false, false, '', {event}) RETURNING id"
)


@pytest.fixture(scope="module")
def listed(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The company on the list; no attack leaves anything behind."""
    with installed(server, template, tmp_path_factory.mktemp("attacked"), COMPANY) as one:
        yield at_counters(richer_desk(one))


@pytest.fixture
def app(listed: Desk) -> Iterator[App]:
    """The app role in a transaction that is rolled back."""
    with listed.bench.installation.connect(Role.APP) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


@pytest.fixture
def owner(listed: Desk) -> Iterator[App]:
    """The owner, whose versions orders are held to, in a transaction that is rolled back."""
    with listed.bench.installation.connect(Role.OWNER) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


def one_of(app: App, statement: str) -> int:
    row = app.execute(statement.encode()).fetchone()
    assert row is not None and isinstance(row[0], int)
    return row[0]


def event(app: App, day: str = "2026-04-01", digest: str = "") -> int:
    return one_of(
        app,
        "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest, transaction) VALUES"
        f" (gen_random_uuid(), 'case', '{day}', '{day}', 'intruder', '{digest}', '3') RETURNING id",
    )


def forge(app: App, where: str = "m.path = 'cn/public-funds'", **changes: str) -> None:
    """Write an order like a real one, with some columns changed."""
    values = {one: f"o.{one}" for one in COLUMNS.split(", ")} | {"event_id": str(event(app))} | changes
    app.execute(
        f"INSERT INTO measures_order (public_id, lift_amount, lift_unit, {', '.join(values)})"
        f" SELECT gen_random_uuid(), 0, 'working_days', {', '.join(values.values())} FROM measures_order o"
        f" JOIN measures_measureversion m ON m.id = o.measure_id WHERE {where} LIMIT 1".encode()
    )


ATTACKS = {
    "without a law": ({"law": "'[]'"}, "GS-ORDER-050"),
    "with an empty law": ({"law": """'[[" ", "7"]]'"""}, "GS-ORDER-050"),
    "with a law of blanks": ({"law": """'[["\u3000\u00a0", "7"]]'"""}, "GS-ORDER-050"),
    "with another law": ({"law": """'[["Law of the intruder", "7"]]'"""}, "GS-ORDER-050"),
    "that begins before its entry": ({"from_on": "o.from_on - 1"}, "GS-ORDER-054"),
    "that outlives its entry": ({"to_on": "o.to_on + 1"}, "GS-ORDER-054"),
    "by no memorandum that agreed": (
        {"authority_id": "(SELECT id FROM measures_body WHERE path = 'cn/mot')"},
        "GS-ORDER-055",
    ),
    "after the event of its entry": ({}, "GS-ORDER-058"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_no_order(app: App, name: str) -> None:
    changes, code = ATTACKS[name]
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
        forge(app, **changes)


def test_no_order_on_anyone_but_the_subject_of_the_listing(app: App) -> None:
    other = Subject.objects.get(identifier=DAUGHTER).pk
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-053"):
        forge(app, subject_id=str(other))


def test_no_order_for_a_record_that_is_no_entry_of_ours(listed: Desk, app: App) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-052"):
        forge(app, record_id=str(listed.bench.records[0].pk))


def test_no_order_to_a_market_participant_even_under_a_forged_memorandum(owner: App) -> None:
    here = event(owner)
    body = one_of(
        owner,
        f"INSERT INTO measures_body (path, market, event_id) VALUES ('cn/lenders', false, {here}) RETURNING id",
    )
    memorandum = one_of(
        owner,
        "INSERT INTO measures_memorandumversion (path, digest, effect, procedures, agreed, valid_from, event_id) VALUES"
        f" ('cn/forged', 'f', 'restriction', '[\"cn/listing/wage-arrears\"]', '[[\"{LENDING}\", \"cn/lenders\","
        f" \"ordered\"]]', '2020-01-01', {here}) RETURNING id",
    )
    version = one_of(owner, f"SELECT id FROM measures_measureversion WHERE path = '{LENDING}'")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-056"):
        forge(owner, authority_id=str(body), memorandum_id=str(memorandum), measure_id=str(version))


def test_no_order_of_a_measure_that_is_not_executable(owner: App) -> None:
    version = one_of(
        owner, VERSION.format(executable="false", hits="persons", law='[["A law", ""]]', event=event(owner))
    )
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-051"):
        forge(owner, measure_id=str(version))


@pytest.mark.parametrize(
    ("hits", "law"), [("persons", '[["A law", ""]]'), ("related", '[["A law", ""]]'), ("listed", "[]")]
)
def test_nothing_is_executable_on_others_or_without_a_law(owner: App, hits: str, law: str) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match=r"GS-ORDER-050|measures_version_executable"):
        owner.execute(VERSION.format(executable="true", hits=hits, law=law, event=event(owner)).encode())


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("measures_body", "path, market, event_id) SELECT 'cn/lenders', false, {event}"),
        (
            "measures_memorandumversion",
            "path, digest, effect, procedures, agreed, valid_from, event_id)"
            " SELECT path, 'f', effect, procedures, agreed, '2000-01-01', {event}",
        ),
        ("measures_measureversion", ""),
    ],
)
def test_what_may_be_ordered_is_not_said_by_the_role_that_orders(app: App, table: str, columns: str) -> None:
    weaker = f"INSERT INTO {table} ({columns} FROM {table} LIMIT 1" if columns else VERSION
    given = {"event": event(app), "executable": "true", "hits": "listed", "law": '[["A law", ""]]'}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(weaker.format(**given).encode())


def test_no_order_is_lifted_while_its_entry_is_in_force(app: App) -> None:
    order = Order.objects.first()
    assert order is not None
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-060"):
        app.execute(
            'INSERT INTO measures_lifting ("on", event_id, order_id)'
            f" VALUES ('2026-04-01', {event(app)}, {order.pk})".encode()
        )


def ended(app: App, listed: Desk, order: Order, counts_until: date) -> int:
    """The event, still open, of the day on which an entry ends."""
    case, day = listed.bench.subject.cases.get(), order.to_on.isoformat()
    here = event(app, day)
    number = case.steps.count() + 1
    app.execute(
        'INSERT INTO procedures_step (public_id, case_id, number, act, "on", party, outcome, reasons, basis, text,'
        f" served_how, closes, record_id, event_id) VALUES (gen_random_uuid(), {case.pk}, {number}, 'lift', '{day}',"
        f" 'clock', '', 'over', '[]', '', '', true, {order.record_id}, {here})".encode()
    )
    app.execute(
        "INSERT INTO ledger_ending (public_id, record_id, ground, counts_until, reason, event_id) VALUES"
        f" (gen_random_uuid(), {order.record_id}, 'expired', '{counts_until}', 'over', {here})".encode()
    )
    return here


def test_no_entry_ends_without_lifting_its_orders(listed: Desk, app: App) -> None:
    order = listed.order("cn/public-funds")
    here = ended(app, listed, order, order.to_on)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-061"):
        app.execute(
            f"INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, {here}, '', '')".encode()
        )


def test_no_order_is_lifted_on_another_day_than_that_on_which_it_is_written(listed: Desk, app: App) -> None:
    order = listed.order("cn/public-funds")
    here = ended(app, listed, order, order.to_on)
    for days in (-1, 1, 2, 26000):  # days of events are of UTC: where the authority sits it may be the next
        on = order.to_on + timedelta(days=days)
        lifting = (
            f"INSERT INTO measures_lifting (\"on\", event_id, order_id) VALUES ('{on}', {here}, {order.pk})"
        )
        app.execute("SAVEPOINT one")
        if days < 2:
            app.execute(lifting.encode())
        else:
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-105"):
                app.execute(lifting.encode())
        app.execute("ROLLBACK TO one")


def test_no_answer_names_a_measure_whose_entry_has_ended_whatever_its_lifting_says(
    listed: Desk, app: App
) -> None:
    order = listed.order("cn/public-funds")
    line = json.dumps([{"order": str(order.public_id), "measure": "cn/public-funds", "stands": True}])
    for until, code in ((date(2026, 4, 2), "GS-COUNTER-053"), (date(2026, 4, 1), "GS-COUNTER-072")):
        app.execute("SAVEPOINT one")
        ended(app, listed, order, until)
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
            question(app, listed.planner.pk, listed.bench.subject.pk, "subsidy", answer=line)
        app.execute("ROLLBACK TO one")


def test_no_report_by_another_authority(listed: Desk, app: App) -> None:
    order = listed.order("cn/public-funds")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-ORDER-062"):
        app.execute(
            'INSERT INTO measures_report (public_id, about, done, "on", what, why, appointment_id, event_id, order_id)'
            f" VALUES (gen_random_uuid(), 'carried_out', true, '2026-04-01', 'Done', '', {listed.builder.pk},"
            f" {event(app)}, {order.pk})".encode()
        )


def question(
    app: App, appointment: int, subject: int, process: str, years: int = 5, answer: str = "[]"
) -> None:
    app.execute(
        'INSERT INTO measures_question (public_id, process, purpose, "on", answer, keep_until, salt, appointment_id,'
        f" event_id, subject_id) VALUES (gen_random_uuid(), '{process}', 'x', '2026-04-01', '{answer}',"
        f" date '2026-04-01' + interval '{years} years', '', {appointment}, {event(app)}, {subject})".encode()
    )


def test_no_question_but_by_an_office_with_that_business_and_with_its_digest(listed: Desk, app: App) -> None:
    subject = listed.bench.subject.pk
    attempts = (
        (listed.builder.pk, "tender", 5, "GS-COUNTER-051"),
        (listed.planner.pk, "honour", 5, "GS-COUNTER-051"),
        (listed.planner.pk, "tender", 11, "GS-COUNTER-052"),
        (listed.planner.pk, "tender", 5, "GS-COUNTER-053"),
    )
    for appointment, process, years, code in attempts:
        app.execute("SAVEPOINT one")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
            question(app, appointment, subject, process, years)
        app.execute("ROLLBACK TO one")


@pytest.mark.parametrize(
    ("what", "why", "code"), [("\u3000", "", "GS-ORDER-079"), ("For 529.982.247-25.", "", "GS-LEDGER-105")]
)
def test_no_report_says_nothing_or_names_a_person(
    listed: Desk, app: App, what: str, why: str, code: str
) -> None:
    order = listed.order("cn/public-funds")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
        app.execute(
            'INSERT INTO measures_report (public_id, about, done, "on", what, why, appointment_id, event_id, order_id)'
            f" VALUES (gen_random_uuid(), 'carried_out', true, '2026-04-01', '{what}', '{why}', {listed.planner.pk},"
            f" {event(app)}, {order.pk})".encode()
        )


def test_no_merge_of_the_role_that_acts_brings_a_measure_on_another(listed: Desk, app: App) -> None:
    mother, other = listed.bench.subject.pk, Subject.objects.get(identifier=DAUGHTER).pk
    app.execute("SAVEPOINT one")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="ledger_merge"):
        app.execute(
            "INSERT INTO ledger_merge (public_id, kind, from_subject_id, into_subject_id, reason, event_id) VALUES"
            f" (gen_random_uuid(), 'same', {other}, {mother}, 'so', {event(app)})".encode()
        )
    app.execute("ROLLBACK TO one")


@pytest.mark.parametrize("change", ["", "another subject", "another business", "another measure", "no order"])
def test_no_answer_names_a_measure_that_does_not_meet_who_was_asked_about(
    listed: Desk, app: App, change: str
) -> None:
    order = listed.order("cn/public-funds")
    line = {"order": str(order.public_id), "measure": "cn/public-funds", "stands": True}
    line |= {
        "another measure": {"measure": LENDING},
        "no order": {"order": str(listed.bench.records[0].public_id)},
    }.get(change, {})
    subject = (
        Subject.objects.get(identifier=DAUGHTER).pk
        if change == "another subject"
        else listed.bench.subject.pk
    )
    process = "land" if change == "another business" else "subsidy"
    code = "GS-COUNTER-072" if change else "GS-COUNTER-053"  # the digest is looked at last
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=code):
        question(app, listed.planner.pk, subject, process, answer=json.dumps([line]))


def test_a_market_participant_gets_no_counter(app: App) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-COUNTER-050"):
        app.execute(
            "INSERT INTO measures_business (authority, process, from_on, to_on, event_id) VALUES"
            f" ('cn/lenders', 'financing', '2026-01-01', '2027-01-01', {event(app)})".encode()
        )


def test_the_log_is_not_emptied_by_an_event_dated_far_ahead(listed: Desk, app: App) -> None:
    here = event(app, "2099-01-01")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="measures_forget"):
        app.execute(f"SELECT measures_forget({here})".encode())


def test_no_event_says_that_there_was_a_question_where_there_was_none(app: App) -> None:
    here = event(app, digest="ab" * 32)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-COUNTER-056"):
        app.execute(
            f"INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, {here}, '', '')".encode()
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_order SET to_on = to_on + 1",
        "DELETE FROM measures_order",
        "DELETE FROM measures_question",
        "SELECT set_config('goodstanding.forgetting', 'on', true); DELETE FROM measures_question",
        "TRUNCATE measures_question CASCADE",
        "INSERT INTO measures_forgetting (up_to, questions, uses, event_id) VALUES ('2099-01-01', 0, 0, 1)",
        "SELECT measures_forget(1)",
        "UPDATE measures_pause SET to_on = to_on + 1",
        "ALTER TABLE measures_order DISABLE TRIGGER ALL",
    ],
)
def test_the_app_role_adds_and_does_nothing_else(app: App, statement: str) -> None:
    with pytest.raises(psycopg.Error):
        app.execute(statement.encode())
