"""The ledger is append-only for the app role, straight at the database, whatever a program says."""

from __future__ import annotations

import psycopg
import pytest

from goodstanding.ledger.checking import check
from goodstanding.postgres import Role
from tests.integration.installation import Installation

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
