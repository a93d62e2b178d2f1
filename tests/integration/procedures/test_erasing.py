"""An erasure is no way off a list: the operator demands it, and an entry goes only after its case has ended it."""

from __future__ import annotations

import psycopg
import pytest

from goodstanding.catalogue.procedure import Act
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content, Demand, Erasure, Record
from goodstanding.postgres import Role
from tests.integration.procedures.attacking import Blow, attack
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY, listed

GROUND = "Judgment 12"
GO: str = "SELECT ledger_erase(%(event)s, %(record)s, %(ground)s)"
DEMAND = "INSERT INTO ledger_demand (record_id, ground, event_id) VALUES (%(record)s, %(ground)s, %(event)s)"


def wanted(statement: str, record: int, ground: str = GROUND) -> Blow:
    return statement, {"record": record, "ground": ground}


def erased(bench: Bench, record: int) -> None:
    one = bench.installation
    public = Record.objects.get(pk=record).public_id
    erase(public, ground=GROUND, home=one.home, clock=one.clock, actor="test")


def by_the_owner(bench: Bench, *statements: Blow) -> None:
    """As the owner of the tables, in an event of its own."""
    with bench.installation.connect(Role.OWNER) as owner, owner.transaction():
        row = owner.execute(
            "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest) VALUES"
            f" (gen_random_uuid(), 'erasure', now(), '{DAY}', 'owner', '') RETURNING id".encode()
        ).fetchone()
        assert row is not None
        for statement, given in statements:
            owner.execute(statement.encode(), {**given, "event": row[0]})
        owner.execute(
            "INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, %s, '', '')", [row[0]]
        )


def guarded(bench: Bench, *, on: bool) -> None:
    """Switch the guards of an erasure on or off, as the owner of the tables can."""
    how = "ENABLE" if on else "DISABLE"
    with bench.installation.connect(Role.OWNER) as owner:
        owner.execute(f"ALTER TABLE ledger_erasure {how} TRIGGER ledger_erasure_after_its_case".encode())
        owner.execute(f"ALTER TABLE ledger_position {how} TRIGGER ledger_position_after_orders".encode())


def test_the_role_that_serves_pages_erases_nothing_that_the_operator_did_not_demand(bench: Bench) -> None:
    penalty = bench.records[0].pk
    assert "GS-LEDGER-101" in attack(bench.installation, wanted(GO, penalty), kind="erasure")
    assert "permission denied" in attack(bench.installation, wanted(DEMAND, penalty))
    erased(bench, penalty)
    assert Demand.objects.get().record_id == penalty
    again = attack(bench.installation, wanted(GO, penalty, "another ground"), kind="erasure")
    assert "GS-LEDGER-101" in again, "what was demanded on one ground is not demanded on another"
    with pytest.raises(Refusal, match="GS-LEDGER-051"):
        erased(bench, penalty)
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_an_entry_is_erased_after_its_case_has_ended_it_and_not_before(bench: Bench) -> None:
    case, _ = listed(bench)
    step = case.steps.get(act=Act.SERVE_DECISION)
    entry, until = step.record_id, step.effective_to
    assert entry is not None and until is not None
    with pytest.raises(Refusal, match="GS-CASE-107"):
        erased(bench, entry)
    assert not Demand.objects.exists() and Content.objects.filter(record=entry).exists()
    with pytest.raises(psycopg.Error, match="GS-CASE-106"):
        by_the_owner(bench, wanted(DEMAND, entry), wanted(GO, entry))
    bench.take(case, Act.PUBLISH, until)
    bench.take(case, Act.LIFT, until)
    erased(bench, entry)
    assert Erasure.objects.get().record_id == entry
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_an_entry_that_was_erased_while_it_was_in_force_is_found(bench: Bench) -> None:
    case, _ = listed(bench)
    entry = case.steps.get(act=Act.SERVE_DECISION).record_id
    assert entry is not None
    guarded(bench, on=False)
    by_the_owner(bench, wanted(DEMAND, entry), wanted(GO, entry))
    guarded(bench, on=True)
    found = check(bench.installation.home, catalogue=bench.office.catalogue).findings
    about = f"record {Record.objects.get(pk=entry).public_id}"
    assert [one.what for one in found if (one.code, one.about) == ("GS-LEDGER-082", about)] == [
        "An entry and its case do not agree: The entry was erased, and no step of its case had ended it."
    ]
