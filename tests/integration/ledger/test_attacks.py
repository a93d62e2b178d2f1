"""The ledger is append-only for the app role, straight at the database, whatever a program says."""

from __future__ import annotations

import psycopg
import pytest

from goodstanding.ledger.checking import check
from goodstanding.ledger.guarding import guards
from goodstanding.postgres import Role
from tests.integration.installation import Installation

NYC = "us-nyc/graded-inspections"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
ROWS = (
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2013-09-11,B,16\n"
    "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,A,5\n"
)

NOT_THEIRS = [
    "UPDATE ledger_record SET leaf = ''",
    "UPDATE ledger_content SET body = '{}'",
    "UPDATE ledger_position SET number = 99",
    "DELETE FROM ledger_record",
    "DELETE FROM ledger_content",
    "DELETE FROM ledger_content_0",
    "INSERT INTO ledger_content_14 SELECT * FROM ledger_content LIMIT 1",
    "INSERT INTO ledger_subject (public_id, scheme, identifier, kind, division, event_id)"
    " VALUES (gen_random_uuid(), 'cpf', '52998224725', 'other', '', 1)",
    "DELETE FROM ledger_ending",
    "TRUNCATE ledger_content",
    "TRUNCATE ledger_event CASCADE",
    "ALTER TABLE ledger_record DISABLE TRIGGER ALL",
    "ALTER TABLE ledger_content ADD COLUMN note text",
    "DROP TABLE ledger_erasure",
    "DROP TRIGGER ledger_position_taken ON ledger_position",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION ledger_take_position() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE RULE shadow AS ON INSERT TO ledger_record DO INSTEAD NOTHING",
    "INSERT INTO ledger_erasure (record_id, ground, event_id) VALUES (1, 'x', 1)",
    "SET ROLE goodstanding_owner",
    "COPY ledger_content TO PROGRAM 'cat'",
]


@pytest.fixture
def filled(installation: Installation) -> Installation:
    """A ledger with three records of two establishments."""
    report = installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    assert report.loaded == 3
    return installation


def test_the_app_role_may_add_and_do_nothing_else(filled: Installation) -> None:
    for statement in NOT_THEIRS:
        with filled.connect(Role.APP) as app:
            app.execute("BEGIN")
            try:
                app.execute(statement.encode())
            except psycopg.Error:
                continue
        pytest.fail(f"the app role could: {statement}")
    assert check(filled.home).sound


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO ledger_event (public_id) SELECT gen_random_uuid()", "DELETE FROM ledger_content"],
)
def test_the_reader_role_reads(filled: Installation, statement: str) -> None:
    with filled.connect(Role.READER) as reader:
        assert reader.execute("SELECT count(*) FROM ledger_record").fetchone() == (3,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(statement)


def _event(app: psycopg.Connection[tuple[object, ...]]) -> int:
    row = app.execute(
        "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest, transaction) VALUES"
        " (gen_random_uuid(), 'intake', '2026-03-02', '2026-03-02', 'intruder', '', '3') RETURNING id"
    ).fetchone()
    assert row is not None and isinstance(row[0], int)
    return row[0]


def _position(app: psycopg.Connection[tuple[object, ...]], event: int, number: int = 0) -> None:
    app.execute(
        "INSERT INTO ledger_position (number, event_id, root, chain) VALUES (%s, %s, '', '')", (number, event)
    )


def test_nothing_can_be_added_to_the_past(filled: Installation) -> None:
    with filled.connect(Role.APP) as app:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-LEDGER-001"):
            app.execute(
                "INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)"
                " SELECT id + 1000, gen_random_uuid(), source_id, gen_random_uuid(), 1, leaf"
                " FROM ledger_record LIMIT 1"
            )
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-LEDGER-001"):
            app.execute(
                "INSERT INTO ledger_ending (public_id, record_id, ground, counts_until, reason, event_id)"
                " SELECT gen_random_uuid(), id, 'annulled', '0001-01-01', 'x', id >> 32"
                " FROM ledger_record LIMIT 1"
            )


def test_nothing_joins_an_event_after_its_position_is_taken(filled: Installation) -> None:
    with filled.connect(Role.APP) as app, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        app.execute("BEGIN")
        event = _event(app)
        _position(app, event)
        app.execute(
            "INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)"
            " VALUES (%s, gen_random_uuid(), 1, gen_random_uuid(), 1, sha256(''))",
            ((event << 32) + 2,),
        )


def test_an_event_without_a_position_does_not_commit(filled: Installation) -> None:
    with filled.connect(Role.APP) as app:
        app.execute("BEGIN")
        _event(app)
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-LEDGER-007"):
            app.execute("COMMIT")


def test_the_database_numbers_positions_itself(filled: Installation) -> None:
    with filled.connect(Role.APP) as app:
        before = app.execute("SELECT max(number) FROM ledger_position").fetchone()
        assert before is not None and isinstance(before[0], int)
        app.execute("BEGIN")
        _position(app, _event(app), number=10_000)
        app.execute("COMMIT")
        after = app.execute("SELECT max(number) FROM ledger_position").fetchone()
        assert after == (before[0] + 1,)
    assert check(filled.home).sound


def test_content_that_is_not_what_its_leaf_says_is_refused(filled: Installation) -> None:
    with (
        filled.connect(Role.APP) as app,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-LEDGER-003"),
    ):
        app.execute("BEGIN")
        event = _event(app)
        record = (event << 32) + 2
        app.execute(
            "INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)"
            " VALUES (%s, gen_random_uuid(), 1, gen_random_uuid(), 1, sha256('something else'))",
            (record,),
        )
        app.execute(
            "INSERT INTO ledger_content (record_id, subject_id, item_id, access, digest, salt, body)"
            " SELECT %s, subject_id, item_id, 0, gen_random_uuid(), salt, body FROM ledger_content LIMIT 1",
            (record,),
        )


def test_an_erased_content_cannot_be_put_back(filled: Installation) -> None:
    from goodstanding.ledger.erasing import erase
    from goodstanding.ledger.models import Record

    one = Record.objects.order_by("pk").first()
    assert one is not None
    with filled.connect(Role.APP) as app:
        kept = app.execute(
            "SELECT subject_id, item_id, access, digest, salt, body FROM ledger_content WHERE record_id = %s",
            (one.pk,),
        ).fetchone()
        assert kept is not None
        erase(one.public_id, ground="test", home=filled.home, clock=filled.clock, actor="test")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="GS-LEDGER-001"):
            app.execute(
                "INSERT INTO ledger_content (record_id, subject_id, item_id, access, digest, salt, body)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (one.pk, *kept),
            )


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("UPDATE ledger_content SET body = replace(body, '\"A\"', '\"C\"')", "GS-LEDGER-066"),
        ("UPDATE ledger_content SET subject_id = (SELECT max(id) FROM ledger_subject)", "GS-LEDGER-068"),
        ("UPDATE ledger_content SET decided_on = '1999-01-01', occurred_on = '1999-01-01'", "GS-LEDGER-068"),
        ("DELETE FROM ledger_content WHERE record_id = (SELECT min(id) FROM ledger_record)", "GS-LEDGER-069"),
        ("DELETE FROM ledger_record WHERE id = (SELECT max(id) FROM ledger_record)", "GS-LEDGER-065"),
        ("UPDATE ledger_record SET leaf = sha256('x') WHERE id = (SELECT min(id) FROM ledger_record)", "GS-LEDGER-065"),
        ("UPDATE ledger_subjectname SET text = 'OTHER'", "GS-LEDGER-065"),
        ("UPDATE ledger_delivery SET loaded = loaded - 1, reported = reported + 1", "GS-LEDGER-065"),
        ("UPDATE ledger_record SET source_key = gen_random_uuid()", "GS-LEDGER-065"),
        ("UPDATE ledger_item SET path = path || 'x'", "GS-LEDGER-065"),
        ("UPDATE ledger_event SET at = at - interval '1 day'", "GS-LEDGER-065"),
        ("UPDATE ledger_content SET access = 2", "GS-LEDGER-073"),
        ("DELETE FROM ledger_position WHERE number = 1", "GS-LEDGER-063"),
        ("UPDATE ledger_position SET root = sha256('x') WHERE number = 1", "GS-LEDGER-064"),
    ],
)  # fmt: skip
def test_what_the_owner_does_is_found_and_named(filled: Installation, deed: str, code: str) -> None:
    assert check(filled.home).sound
    with filled.connect(Role.OWNER) as owner:
        tables = [str(row[0]) for row in owner.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append\\_only'"
        ).fetchall()]  # fmt: skip
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'.encode())
        owner.execute("BEGIN")
        owner.execute(deed.encode())
        owner.execute("COMMIT")
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'.encode())
    assert code in {finding.code for finding in check(filled.home).findings}


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


def test_a_part_of_the_extract_that_was_changed_is_found(filled: Installation) -> None:
    part = next(filled.home.extract.glob("*/records-*.parquet"))
    with part.open("r+b") as handle:
        handle.seek(40)
        byte = handle.read(1)
        handle.seek(40)
        handle.write(bytes([byte[0] ^ 1]))
    assert "GS-LEDGER-071" in {finding.code for finding in check(filled.home).findings}
    part.unlink()
    assert "GS-LEDGER-070" in {finding.code for finding in check(filled.home).findings}
