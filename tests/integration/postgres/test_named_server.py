"""A server that DATABASE_URL names: Debian's, a cloud's, of version 15 or later."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from goodstanding.core.errors import Refusal
from goodstanding.postgres import Role, connect_server
from tests.servers import named_server


@pytest.fixture(scope="module")
def url() -> str:
    return named_server()


@pytest.fixture
def powerless(url: str) -> Iterator[str]:
    """The URL of a database whose owner may not make roles."""
    name = f"goodstanding_scratch_{secrets.token_hex(6)}"
    password = secrets.token_hex(12)
    with psycopg.connect(url, autocommit=True) as admin:
        me = sql.Identifier(admin.info.user)
        role = sql.Identifier(name)
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
        admin.execute(sql.SQL("GRANT {} TO {}").format(role, me))
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(role, role))
        yield make_conninfo(url, user=name, password=password, dbname=name)
        admin.execute(sql.SQL("DROP DATABASE {}").format(role))
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


def logs_in_as(dsn: str) -> str:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row is not None
    return str(row[0])


def test_roles_are_made_and_their_passwords_kept_private(url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with connect_server(home, {"DATABASE_URL": url}) as lease:
        assert not lease.embedded
        assert logs_in_as(lease.dsn(Role.OWNER)) == psycopg.conninfo.conninfo_to_dict(url)["user"]
        for role in (Role.APP, Role.READER):
            assert logs_in_as(lease.dsn(role)) == role.value
            kept = home / "secrets" / f"postgres-{role.value}"
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            assert kept.read_text().strip() not in repr(lease)
        assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700
        before = lease.dsn(Role.APP)
    with connect_server(home, {"DATABASE_URL": url}) as again:
        assert again.dsn(Role.APP) == before, "the same home keeps its passwords"


def test_another_home_gets_in_too(url: str, tmp_path: Path) -> None:
    for name in ("one", "two", "one"):
        with connect_server(tmp_path / name, {"DATABASE_URL": url}) as lease:
            assert logs_in_as(lease.dsn(Role.APP)) == Role.APP.value


def test_logins_named_by_an_administrator_are_used_as_they_are(
    url: str, tmp_path: Path, powerless: str
) -> None:
    with connect_server(tmp_path / "home", {"DATABASE_URL": url}) as lease:
        named = {
            "DATABASE_URL_APP": make_conninfo(
                lease.dsn(Role.APP), dbname=conninfo_to_dict(powerless)["dbname"]
            ),
            "DATABASE_URL_READER": make_conninfo(
                lease.dsn(Role.READER), dbname=conninfo_to_dict(powerless)["dbname"]
            ),
        }
    with connect_server(tmp_path / "other", {"DATABASE_URL": powerless, **named}) as lease:
        assert logs_in_as(lease.dsn(Role.READER)) == Role.READER.value
    assert not (tmp_path / "other" / "secrets").exists()


def test_an_owner_who_may_not_make_passwords_is_told_what_to_ask_for(
    url: str, powerless: str, tmp_path: Path
) -> None:
    connect_server(tmp_path / "home", {"DATABASE_URL": url}).close()
    with pytest.raises(Refusal) as refused:
        connect_server(tmp_path / "other", {"DATABASE_URL": powerless})
    assert refused.value.code == "GS-POSTGRES-034"
    assert "CREATE ROLE goodstanding_app LOGIN" in refused.value.remedy
    assert str(conninfo_to_dict(powerless)["password"]) not in str(refused.value)


def test_a_login_of_another_name_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        connect_server(tmp_path, {"DATABASE_URL": url, "DATABASE_URL_APP": url})
    assert refused.value.code == "GS-POSTGRES-033"
