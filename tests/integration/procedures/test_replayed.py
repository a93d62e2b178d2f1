"""What the owner of the database writes with the guards switched off is found by the ledger's check, and named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act
from goodstanding.ledger.checking import check
from goodstanding.ledger.guarding import replayed
from goodstanding.postgres import Role
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Deadline
from tests.integration.procedures.attacking import Blow, official, step
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY, ONE, listed, open_until

_TABLES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append\\_only'"


def behind(bench: Bench, *statements: Blow) -> None:
    """Write as the owner in an event of its own, with every guard off but those that stamp it and give its position."""
    with bench.installation.connect(Role.OWNER) as owner:
        tables = [str(row[0]) for row in owner.execute(_TABLES.encode()).fetchall()]
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'.encode())
        owner.execute("ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_stamp")
        owner.execute("ALTER TABLE ledger_position ENABLE TRIGGER ledger_position_taken")
        owner.execute("BEGIN")
        row = owner.execute(
            "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest) VALUES"
            " (gen_random_uuid(), 'case', now(), '2040-01-01', 'owner', '') RETURNING id"
        ).fetchone()
        assert row is not None
        for statement, given in statements:
            owner.execute(statement.encode(), {**given, "event": row[0]})
        owner.execute(
            "INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, %s, '', '')", [row[0]]
        )
        owner.execute("COMMIT")
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'.encode())


def found(bench: Bench) -> set[tuple[str, str]]:
    """Codes, and what they are about."""
    return {(one.code, one.about) for one in replayed(bench.office.catalogue)}


def test_what_was_written_by_the_book_is_sound(bench: Bench) -> None:
    case, day = listed(bench)
    bench.take(case, Act.PUBLISH, day + ONE)
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_a_version_that_asks_less_than_the_pack_is_found(bench: Bench) -> None:
    case = bench.open(DAY)
    weaker: Blow = (
        "INSERT INTO procedures_procedureversion (path, digest, kind, authority, levels, reviewed_by, officials,"
        " statement_days, item, months, event_id) SELECT path, 'weaker', kind, authority, levels, '', 1, 3, item, 120,"
        " %(event)s FROM procedures_procedureversion WHERE path = %(path)s",
        {"path": case.procedure.path},
    )
    behind(bench, weaker)
    findings = list(replayed(bench.office.catalogue))
    assert [(one.code, one.about) for one in findings] == [("GS-LEDGER-079", f"{case.procedure.path} weaker")]
    assert "asks less than the pack's: months, officials, reviewed_by, statement_days" in findings[0].what
    behind(bench, ("UPDATE procedures_procedureversion SET officials = 1", {}))
    assert ("GS-LEDGER-079", f"{case.procedure.path} {case.procedure.digest[:12]}") in found(bench)


def test_a_step_that_the_procedure_does_not_admit_is_found(bench: Bench) -> None:
    hurried, alone, gap = (bench.open(DAY) for _ in range(3))
    by = official(bench, "official")
    behind(
        bench,
        step(hurried.pk, 2, "decide", DAY, outcome="listed", **official(bench)),
        step(alone.pk, 2, "review", DAY, outcome="go_on", **{**by, "appointment_id": None}),
        step(gap.pk, 5, "review", DAY, outcome="go_on", **by),
    )
    assert {
        ("GS-LEDGER-080", f"case {hurried.public_id}"),
        ("GS-LEDGER-081", f"case {alone.public_id}, step 2"),
        ("GS-LEDGER-080", f"case {gap.public_id}"),
    } <= found(bench)


def test_a_step_of_one_official_where_two_decide_is_found(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    alone = {**official(bench), "second_id": None}
    behind(bench, step(case.pk, 5, "decide", day, outcome="listed", **alone))
    assert ("GS-LEDGER-081", f"case {case.public_id}, step 5") in found(bench)


def test_an_entry_that_was_let_go_early_is_found(bench: Bench) -> None:
    case, day = listed(bench)
    record = case.steps.get(act=Act.SERVE_DECISION).record_id
    ending: Blow = (
        "INSERT INTO ledger_ending (public_id, record_id, ground, counts_until, reason, event_id)"
        " VALUES (gen_random_uuid(), %(record)s, 'expired', %(on)s, 'gone', %(event)s)",
        {"record": record, "on": day},
    )
    lift = step(case.pk, 8, "lift", day + timedelta(days=30), party="clock", closes=True, record_id=record)
    behind(bench, lift, ending)
    assert ("GS-LEDGER-082", f"case {case.public_id}, step 8") in found(bench)


@pytest.mark.parametrize(
    "change", ["last = '2026-03-03'", "starts = '2026-02-02'", "amount = amount - 1", "act = 'keep'"]
)
def test_a_term_that_follows_from_no_step_is_found(bench: Bench, change: str) -> None:
    case = bench.until_notice(DAY)
    term = Deadline.objects.filter(case=case, act=Act.STATE).get()
    behind(bench, (f"UPDATE procedures_deadline SET {change} WHERE id = %(id)s", {"id": term.pk}))
    assert ("GS-LEDGER-083", f"case {case.public_id}") in found(bench)


def test_a_case_that_changed_its_days_is_found(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    bench.take(case, Act.DECIDE, open_until(case) + ONE, Outcome.NOT_LISTED)
    behind(
        bench,
        (
            "UPDATE procedures_step SET \"on\" = %(on)s WHERE case_id = %(case)s AND act = 'decide'",
            {"on": date(2026, 3, 4), "case": case.pk},
        ),
    )
    assert ("GS-LEDGER-080", f"case {case.public_id}") in found(bench)
