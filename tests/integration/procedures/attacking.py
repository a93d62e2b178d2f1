"""Attacks straight at the database, as the app role: one event each, refused whole."""

from __future__ import annotations

from datetime import date

import psycopg

from goodstanding.postgres import Role
from goodstanding.procedures.versions import version_of
from tests.integration.installation import Installation
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY

STEP = (
    'case_id, number, act, "on", party, appointment_id, second_id, mandate_id, outcome, reasons, basis, text,'
    " served_on, served_how, open_until, effective_from, effective_to, closes, record_id, event_id, public_id"
)


Blow = tuple[str, dict[str, object]]
"""A statement and what is given to it."""


def attack(
    installation: Installation, *statements: Blow, kind: str = "case", dated: date | None = None
) -> str:
    """Run statements as the app role in one event of their own; returns why the database refused.

    The event is dated as its latest step, or as it is told.
    """
    days = [one for _, given in statements for one in [given.get("on")] if isinstance(one, date)]
    with psycopg.connect(installation.lease.dsn(Role.APP)) as app:
        try:
            row = app.execute(
                "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest) VALUES"
                " (gen_random_uuid(), %s, now(), %s, 'attacker', '') RETURNING id",
                [kind, dated or max([DAY, *days])],
            ).fetchone()
            assert row is not None
            for statement, given in statements:
                app.execute(statement.encode(), {**given, "event": row[0]})
            app.execute(
                "INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, %s, '', '')", [row[0]]
            )
        except psycopg.Error as error:
            app.rollback()
            return str(error)
    return ""


def step(case: int, number: int, act: str, on: date, **more: object) -> Blow:
    """A row of a step."""
    row: dict[str, object] = {
        "case_id": case,
        "number": number,
        "act": act,
        "on": on,
        "party": "official",
        "appointment_id": None,
        "second_id": None,
        "mandate_id": None,
        "outcome": "",
        "reasons": "so",
        "basis": '[["Order 44", "2"]]',
        "text": "",
        "served_on": None,
        "served_how": "",
        "open_until": None,
        "effective_from": None,
        "effective_to": None,
        "closes": False,
        "record_id": None,
        **more,
    }
    values = ", ".join(f"%({name})s" for name in row)
    return f"INSERT INTO procedures_step ({STEP}) VALUES ({values}, %(event)s, gen_random_uuid())", row


def official(bench: Bench, party: str = "head") -> dict[str, object]:
    """The keys of an official and of another who signs."""
    one = next(actor for kind, actor in bench.actors.items() if kind == party)
    assert one.appointment is not None
    return {
        "party": party,
        "appointment_id": one.appointment.pk,
        "second_id": one.second.pk if one.second else None,
    }


def objecting(bench: Bench, **instead: object) -> Blow:
    """A row of a case about a record of a source: an objection before the authority of its procedure."""
    procedure = version_of(
        bench.office.catalogue.procedure("cn/objection/national", DAY),
        bench.office.catalogue,
        bench.office.clock,
    )
    row: dict[str, object] = {
        "kind": "objection",
        "procedure": procedure.pk,
        "subject": bench.subject.pk,
        "record": bench.records[0].pk,
        "authority": "cn/ndrc",
        "division": bench.subject.division,
        **instead,
    }
    return (
        "INSERT INTO procedures_case (public_id, kind, procedure_id, subject_id, record_id, authority, division,"
        " opened_on, event_id) VALUES (gen_random_uuid(), %(kind)s, %(procedure)s, %(subject)s, %(record)s,"
        f" %(authority)s, %(division)s, DATE '{DAY}', %(event)s)",
        row,
    )
