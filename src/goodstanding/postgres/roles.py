"""The three roles of the database, and databases for tests.

The owner migrates; the app reads and adds; the reader reads. What a role may do with a table is granted where
the table is made: here a role gets no more than the way in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from goodstanding.postgres.lease import Lease

DATABASE = "goodstanding"
ADMIN = "goodstanding_admin"


class Role(Enum):
    """Roles of the database, by name."""

    OWNER = "goodstanding_owner"
    APP = "goodstanding_app"
    READER = "goodstanding_reader"


def ensure_roles(admin: psycopg.Connection, *, owner: str = Role.OWNER.value) -> None:
    """Make the roles that are missing, and close the database that `admin` is connected to for all others.

    Idempotent, and safe when several processes do it at once.

    Args:
        admin: a connection, in autocommit mode, of a user who may create roles and who owns the database and
            its schema `public`, or is a superuser.
        owner: the role that owns the schema; on a server named in DATABASE_URL the URL's own user.
    """
    with admin.transaction():
        admin.execute("SELECT pg_advisory_xact_lock(7193281104)")  # roles belong to the whole server
        wanted = {owner, Role.APP.value, Role.READER.value}
        present = {
            name
            for (name,) in admin.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*wanted]])
        }
        for name in sorted(wanted - present):
            _run(
                admin,
                "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
                name,
            )
        admit(admin, owner=owner)


def admit(admin: psycopg.Connection, *, owner: str) -> None:
    """Open the connected database to the roles, and to nobody else."""
    database = admin.info.dbname
    app, reader = Role.APP.value, Role.READER.value
    _run(admin, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _run(admin, "GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}", database, app)
    _run(admin, "GRANT CONNECT ON DATABASE {} TO {}", database, reader)
    _run(admin, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(admin, "REVOKE CREATE ON SCHEMA public FROM {}, {}", app, reader)
    _run(admin, "GRANT USAGE ON SCHEMA public TO {}, {}", app, reader)
    if admin.info.user != owner:
        _run(admin, "GRANT ALL ON DATABASE {} TO {}", database, owner)
        _run(admin, "ALTER SCHEMA public OWNER TO {}", owner)


def create_database(admin: psycopg.Connection, name: str, *, owner: str, template: str = "template0") -> None:
    """Create a UTF-8 database that sorts by bytes; from a template that is not template0, a copy of it."""
    if template == "template0":
        _run(
            admin,
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
            name,
            owner,
        )
    else:
        _run(admin, "CREATE DATABASE {} OWNER {} TEMPLATE {}", name, owner, template)


@contextmanager
def scratch_database(lease: Lease, *, template: str | None = None) -> Iterator[Lease]:
    """A database with a random name, owned by the owner and open to the roles, dropped at the end.

    Args:
        lease: a lease on the server.
        template: the name of a database to copy (nobody may be connected to it); an empty one otherwise.
    """
    name = f"goodstanding_scratch_{secrets.token_hex(6)}"
    owner = lease.logins[Role.OWNER]["user"]
    with psycopg.connect(lease.admin_dsn(), autocommit=True) as admin:
        create_database(admin, name, owner=owner, template=template or "template0")
    scratch = lease.on(name)
    try:
        with psycopg.connect(scratch.admin_dsn(), autocommit=True) as admin:
            admit(admin, owner=owner)
        yield scratch
    finally:
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as admin:
            _drop(admin, name, at_once=lease.embedded)


def _drop(admin: psycopg.Connection, name: str, *, at_once: bool) -> None:
    """Drop a database. FORCE ends the sessions of others, which on a named server the owner may not do even
    to one of the app that is just ending: there PostgreSQL waits for them, up to five seconds."""
    if not at_once:
        try:
            _run(admin, "DROP DATABASE IF EXISTS {}", name)
        except psycopg.errors.ObjectInUse:
            at_once = True
    if at_once:
        _run(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(admin: psycopg.Connection, statement: LiteralString, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
