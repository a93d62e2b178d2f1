"""What each role may do, on the embedded server and on a named one."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from goodstanding.postgres import Lease, Role, ensure_roles, scratch_database

LESSER = [Role.APP, Role.READER]


def run(lease: Lease, role: Role, statement: str) -> None:
    with psycopg.connect(lease.dsn(role)) as connection:
        connection.execute(statement.encode())


@pytest.mark.parametrize("role", LESSER)
def test_app_and_reader_make_nothing_and_read_only_what_is_granted(scratch: Lease, role: Role) -> None:
    run(scratch, Role.OWNER, "CREATE TABLE ledger (n integer)")
    for statement in (
        "CREATE TABLE mine (n integer)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "SELECT * FROM ledger",
        "INSERT INTO ledger VALUES (1)",
        "DROP TABLE ledger",
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
        "CREATE ROLE other",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SET ROLE goodstanding_admin" if scratch.embedded else "SET ROLE postgres",
        "SET session_replication_role = replica",
    ):
        with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
            run(scratch, role, statement)


def test_app_has_temporary_tables_and_reader_has_not(scratch: Lease) -> None:
    run(scratch, Role.APP, "CREATE TEMP TABLE t (n integer)")
    with pytest.raises(errors.InsufficientPrivilege):
        run(scratch, Role.READER, "CREATE TEMP TABLE t (n integer)")


@pytest.mark.parametrize("role", LESSER)
def test_app_and_reader_have_no_powers(scratch: Lease, role: Role) -> None:
    with psycopg.connect(scratch.dsn(role)) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,"
            " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
    assert row == (role.value, False, 0)


def test_the_owner_of_the_embedded_server_is_no_superuser(server: Lease) -> None:
    if not server.embedded:
        return  # who the owner of a named server is, is its administrator's business
    with psycopg.connect(server.dsn(Role.OWNER)) as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False,)


def test_the_owner_migrates_and_grants(scratch: Lease) -> None:
    run(scratch, Role.OWNER, "CREATE TABLE ledger (n integer)")
    run(scratch, Role.OWNER, "GRANT SELECT, INSERT ON ledger TO goodstanding_app")
    run(scratch, Role.OWNER, "GRANT SELECT ON ledger TO goodstanding_reader")
    run(scratch, Role.APP, "INSERT INTO ledger VALUES (1)")
    run(scratch, Role.READER, "SELECT * FROM ledger")
    for statement in ("UPDATE ledger SET n = 2", "DELETE FROM ledger", "TRUNCATE ledger"):
        with pytest.raises(errors.InsufficientPrivilege):
            run(scratch, Role.APP, statement)


def test_ensuring_again_changes_nothing(scratch: Lease) -> None:
    owner = scratch.logins[Role.OWNER]["user"]
    question = "SELECT datacl::text, (SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public')"
    question += " FROM pg_database WHERE datname = current_database()"
    with psycopg.connect(scratch.admin_dsn(), autocommit=True) as admin:
        before = admin.execute(question.encode()).fetchone()
        ensure_roles(admin, owner=owner)
        assert admin.execute(question.encode()).fetchone() == before


def test_a_scratch_database_is_a_copy_where_a_template_is_named_and_is_gone_afterwards(
    scratch: Lease,
) -> None:
    run(scratch, Role.OWNER, "CREATE TABLE kept AS SELECT 1 AS n")
    with scratch_database(scratch, template=scratch.database) as copy:
        run(copy, Role.OWNER, "SELECT n FROM kept")
        name = copy.database
    with psycopg.connect(scratch.admin_dsn()) as admin:
        assert admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None
