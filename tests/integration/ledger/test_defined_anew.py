"""Guards that were switched off, taken away or defined anew are found, and what stands beside them."""

from __future__ import annotations

import pytest

from goodstanding.ledger.checking import check
from goodstanding.ledger.guarding import guards
from goodstanding.postgres import Role
from tests.integration.installation import Installation


def test_a_guard_that_is_switched_off_is_found(filled: Installation) -> None:
    with filled.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE ledger_record DISABLE TRIGGER ledger_record_event")
    assert "GS-LEDGER-062" in {finding.code for finding in check(filled.home).findings}


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("DROP TRIGGER ledger_content_leaf ON ledger_content", "GS-LEDGER-062"),
        ("DROP TRIGGER ledger_content_3_append_only ON ledger_content_3", "GS-LEDGER-062"),
        ("ALTER TABLE ledger_subject DROP CONSTRAINT ledger_subject_usci", "GS-LEDGER-074"),
        ("GRANT UPDATE ON ledger_record TO goodstanding_app", "GS-LEDGER-075"),
    ],
)
def test_a_guard_that_was_taken_away_is_found(filled: Installation, deed: str, code: str) -> None:
    with filled.connect(Role.OWNER) as owner:
        owner.execute(deed.encode())
    assert code in {finding.code for finding in check(filled.home).findings}


def test_a_guard_that_was_rewritten_is_found(filled: Installation) -> None:
    with filled.connect(Role.OWNER) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION ledger_record_exists() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$"
        )
    assert "GS-LEDGER-061" in {finding.code for finding in check(filled.home).findings}


REDEFINED = {
    "CREATE OR REPLACE TRIGGER ledger_position_taken BEFORE INSERT ON ledger_position FOR EACH ROW WHEN (false)"
    " EXECUTE FUNCTION ledger_take_position()": ("GS-LEDGER-062", "ledger_position.ledger_position_taken"),
    "ALTER TABLE ledger_subject DROP CONSTRAINT ledger_subject_usci, ADD CONSTRAINT ledger_subject_usci CHECK (true)": (
        "GS-LEDGER-074",
        "ledger_subject.ledger_subject_usci",
    ),
    "ALTER TABLE procedures_ground DROP CONSTRAINT procedures_ground_once,"
    " ADD CONSTRAINT procedures_ground_once UNIQUE (case_id, record_id, event_id)": (
        "GS-LEDGER-074",
        "procedures_ground.procedures_ground_once",
    ),
    "ALTER FUNCTION procedures_is(bigint, bigint) SECURITY INVOKER": (
        "GS-LEDGER-061",
        "procedures_is(received bigint, asked bigint)",
    ),
    "ALTER FUNCTION procedures_admit_case() SET search_path = pg_temp": (
        "GS-LEDGER-061",
        "procedures_admit_case()",
    ),
    "CREATE FUNCTION left(varchar, integer) RETURNS text LANGUAGE sql AS $$ SELECT '' $$": (
        "GS-LEDGER-061",
        "left(character varying, integer)",
    ),
    "GRANT UPDATE (outcome) ON procedures_step TO goodstanding_app": (
        "GS-LEDGER-075",
        "procedures_step.outcome: goodstanding_app UPDATE",
    ),
    "GRANT INSERT ON procedures_appointment TO goodstanding_app": (
        "GS-LEDGER-075",
        "procedures_appointment: goodstanding_app INSERT",
    ),
    "GRANT EXECUTE ON FUNCTION ledger_erase(bigint, bigint, text) TO PUBLIC": (
        "GS-LEDGER-075",
        "ledger_erase(wanted_event bigint, wanted_record bigint, wanted_ground text): PUBLIC EXECUTE",
    ),
    "GRANT CREATE ON SCHEMA public TO goodstanding_app": ("GS-LEDGER-075", "goodstanding_app"),
    "CREATE SCHEMA goodstanding_reader": ("GS-LEDGER-075", "goodstanding_reader"),
    "ALTER TABLE ledger_record ENABLE ROW LEVEL SECURITY": ("GS-LEDGER-078", "ledger_record"),
    "CREATE POLICY nothing ON ledger_record USING (false)": ("GS-LEDGER-078", "ledger_record.nothing"),
    "CREATE VIEW seen AS SELECT * FROM ledger_content": ("GS-LEDGER-078", "seen"),
    "CREATE RULE shadow AS ON INSERT TO ledger_ending DO INSTEAD NOTHING": (
        "GS-LEDGER-078",
        "ledger_ending.shadow",
    ),
    "ALTER TABLE ledger_event ALTER COLUMN classed SET DEFAULT false": (
        "GS-LEDGER-078",
        "ledger_event.classed",
    ),
    "CREATE TABLE more () INHERITS (measures_order)": ("GS-LEDGER-078", "measures_order"),
}


def test_a_guard_that_was_defined_anew_is_found_and_named(filled: Installation) -> None:
    with filled.connect(Role.OWNER) as owner:
        for deed in REDEFINED:
            owner.execute(deed.encode())
    found = {(one.code, one.about) for one in guards()}
    assert set(REDEFINED.values()) <= found


def test_a_restored_copy_has_its_guards_although_the_server_writes_them_otherwise(
    filled: Installation,
) -> None:
    with filled.connect(Role.OWNER) as owner:
        rows = owner.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c' AND conislocal AND conname LIKE 'procedures%'"
        ).fetchall()
        for table, name, how in rows:
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {how}".encode())
    assert rows
    assert list(guards()) == []


OUTSIDE = {
    "CREATE FUNCTION elsewhere.erase(bigint) RETURNS void LANGUAGE sql SECURITY DEFINER"
    " AS 'DELETE FROM public.ledger_content WHERE record_id = $1'": "elsewhere.erase(bigint)",
    "CREATE FUNCTION elsewhere.harmless() RETURNS integer LANGUAGE sql AS 'SELECT 1'": "elsewhere.harmless()",
    "CREATE VIEW elsewhere.seen AS SELECT * FROM public.ledger_content": "elsewhere.seen",
    "CREATE TABLE elsewhere.kept AS SELECT * FROM public.ledger_content": "elsewhere.kept",
    "CREATE OPERATOR elsewhere.<<>> (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)": "elsewhere.<<>>",
    "CREATE PUBLICATION leak FOR TABLE public.ledger_record": "leak",
    "ALTER DEFAULT PRIVILEGES GRANT UPDATE ON TABLES TO goodstanding_app": "to goodstanding_app: UPDATE",
}


def test_what_stands_outside_the_schema_is_found_and_named(filled: Installation) -> None:
    assert list(guards()) == []
    with filled.connect(Role.OWNER) as owner:
        owner.execute("CREATE SCHEMA elsewhere")
        for deed in OUTSIDE:
            owner.execute(deed.encode())
        owner.execute(
            "CREATE TRIGGER quiet AFTER INSERT ON ledger_ending EXECUTE FUNCTION"
            " suppress_redundant_updates_trigger()"
        )
    found = list(guards())
    told = {one.about for one in found if one.code == "GS-LEDGER-108"}
    assert all(any(one.endswith(about) for one in told) for about in OUTSIDE.values()), told
    assert len(told) == len(OUTSIDE)
    assert ("GS-LEDGER-062", "ledger_ending.quiet") in {(one.code, one.about) for one in found}
