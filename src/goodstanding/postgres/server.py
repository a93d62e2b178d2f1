"""A server that DATABASE_URL names, or the embedded one."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from goodstanding.core.errors import Refusal
from goodstanding.postgres.binaries import wheel_binaries
from goodstanding.postgres.embedded import open_cluster
from goodstanding.postgres.lease import Lease
from goodstanding.postgres.roles import Role, ensure_roles

OLDEST = 15
_NAMED = {Role.APP: "DATABASE_URL_APP", Role.READER: "DATABASE_URL_READER"}


def connect_server(
    home: Path, env: Mapping[str, str] = os.environ, *, progress: Callable[[str], None] | None = None
) -> Lease:
    """The server of DATABASE_URL where it is set, else the home's own.

    On a named server the URL's user is the owner. The roles of app and reader are made when that user may
    create roles; their passwords are kept in `<home>/secrets`, mode 0600. Where several homes share a
    server, DATABASE_URL_APP and DATABASE_URL_READER name those two logins instead, and no password is made
    or changed.

    Raises:
        Refusal: `GS-POSTGRES-030` to `-035`.
    """
    url = env.get("DATABASE_URL", "")
    if not url:
        return open_cluster(home, progress=progress)
    owner = _parameters("DATABASE_URL", url)
    with _connect("DATABASE_URL", owner) as connection:
        major = connection.info.server_version // 10000
        if major < OLDEST:
            raise Refusal(
                "GS-POSTGRES-032",
                f"the server of DATABASE_URL is PostgreSQL {major}",
                why=f"Goodstanding needs {OLDEST} or later",
                remedy="upgrade the server, or unset DATABASE_URL to use the embedded one",
            )
        owner = {**owner, "user": connection.info.user, "dbname": connection.info.dbname}
        try:
            ensure_roles(connection, owner=owner["user"])
            logins = {Role.OWNER: owner}
            for role, variable in _NAMED.items():
                if env.get(variable):
                    logins[role] = _named_login(role, variable, env[variable])
                else:
                    logins[role] = _own_login(connection, owner, role, home)
        except psycopg.errors.InsufficientPrivilege as error:
            raise _needs_administrator(owner, error) from error
        _refuse_powerful_roles(connection)
    return Lease(
        home=home.resolve(),
        psql=_psql(),
        embedded=False,
        logins=logins,
        admin=owner,
        database=owner["dbname"],
    )


def _parameters(variable: str, url: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError:
        # Neither the value nor libpq's message is shown: both may hold the password.
        raise Refusal(
            "GS-POSTGRES-030",
            f"{variable} is not a connection string of PostgreSQL",
            remedy="write it as postgresql://user:password@host:5432/database",
        ) from None


def _connect(variable: str, parameters: Mapping[str, str]) -> psycopg.Connection:
    try:
        return psycopg.connect(make_conninfo("", **parameters), autocommit=True, connect_timeout=20)
    except psycopg.OperationalError as error:
        raise Refusal(
            "GS-POSTGRES-031",
            f"the server of {variable} cannot be reached",
            why=str(error).strip().splitlines()[-1],
            remedy=f"start the server or correct {variable}; unset DATABASE_URL to use the embedded one",
        ) from error


def _named_login(role: Role, variable: str, url: str) -> dict[str, str]:
    login = _parameters(variable, url)
    if login.get("user") != role.value:
        raise Refusal(
            "GS-POSTGRES-033",
            f"{variable} must log in as {role.value}",
            why="what the role may do with each table is granted to that name",
            remedy=f"create the role {role.value} and name it in {variable}",
        )
    _connect(variable, login).close()
    return login


def _own_login(
    connection: psycopg.Connection, owner: dict[str, str], role: Role, home: Path
) -> dict[str, str]:
    """The login with the password that this home keeps; a new password where there is none that works."""
    kept = home / "secrets" / f"postgres-{role.value}"
    base = {
        name: value
        for name, value in owner.items()
        if name not in ("password", "passfile", "sslkey", "sslcert")
    }
    if kept.exists():
        login = {**base, "user": role.value, "password": kept.read_text("ascii").strip()}
        try:
            psycopg.connect(make_conninfo("", **login), connect_timeout=20).close()
            return login
        except psycopg.OperationalError:
            kept.unlink()  # another home made a new one, or the server is a new one
    password = secrets.token_urlsafe(32)
    # Hashed on this side: the server's log never sees the password.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.value.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role.value), sql.Literal(verifier.decode())
        )
    )
    _write_secret(kept, password)
    return {**base, "user": role.value, "password": password}


def _write_secret(path: Path, secret: str) -> None:
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secret}\n")
    unfinished.rename(path)


def _needs_administrator(owner: Mapping[str, str], error: psycopg.Error) -> Refusal:
    database, user = owner["dbname"], owner["user"]
    lines = [f"CREATE ROLE {role.value} LOGIN PASSWORD '…';" for role in _NAMED]
    lines.append(f'ALTER DATABASE "{database}" OWNER TO "{user}";')
    return Refusal(
        "GS-POSTGRES-034",
        "the user of DATABASE_URL may not make the roles that Goodstanding needs",
        why=str(error).strip().splitlines()[0],
        remedy=f"let an administrator run:  {'  '.join(lines)}  and name the two logins in "
        "DATABASE_URL_APP and DATABASE_URL_READER",
    )


def _refuse_powerful_roles(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)",
        [[role.value for role in _NAMED]],
    ).fetchall()
    if rows:
        raise Refusal(
            "GS-POSTGRES-035",
            f"the role {rows[0][0]} may do more than it should",
            why="what the app cannot do with the ledger must not depend on its good will",
            remedy=f"ALTER ROLE {rows[0][0]} NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION;",
        )


def _psql() -> Path:
    """psql of the wheel where there is one, else the system's."""
    try:
        return wheel_binaries().program("psql")
    except Refusal:
        return Path(shutil.which("psql") or "psql")
