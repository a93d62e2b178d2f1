"""The embedded server is there while someone uses it, once, and never longer."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from goodstanding.core.errors import Refusal
from goodstanding.postgres import Role, locks, open_cluster, remove_cluster
from tests.integration.postgres.observing import (
    base_of,
    holder,
    is_alive,
    is_stopped,
    keep,
    kill,
    numbers,
    parent,
    postmaster,
    until,
    wait_held,
    wait_stopped,
)


def test_it_runs_while_a_lease_is_held_and_stops_with_the_last(home: Path) -> None:
    first = open_cluster(home)
    second = open_cluster(home)
    keep(first, 1)
    assert numbers(second) == [1]
    first.close()
    first.close()
    time.sleep(0.6)
    assert numbers(second) == [1], "closing one lease, even twice, leaves the other"
    second.close()
    wait_stopped(home)
    assert not (base_of(home) / "socket").exists(), "nothing is left in /tmp after an orderly end"


def test_processes_share_one_server(home: Path) -> None:
    with holder(home) as other:
        wait_held(other)
        served_by = postmaster(home)
        with open_cluster(home) as lease:
            assert postmaster(home) == served_by
            other.communicate("", timeout=10)
            time.sleep(0.6)
            assert postmaster(home) == served_by, "who started the server may leave first"
            keep(lease, 7)
    wait_stopped(home)


def test_many_processes_that_begin_at_once_get_one_server(fresh: Path) -> None:
    with ExitStack() as stack:
        others = [stack.enter_context(holder(fresh)) for _ in range(4)]
        for other in others:
            wait_held(other)
        keeper = parent(postmaster(fresh))
        text = Path(f"/proc/{keeper}/cmdline").read_text()
        assert "goodstanding.postgres.keeper" in text
        log = (base_of(fresh) / "keeper.log").read_text()
        assert log.count("ready") == 1
        assert log.count("creating") == 1


def test_a_killed_client_leaves_nothing_running(home: Path) -> None:
    with holder(home) as other:
        wait_held(other)
        served_by = postmaster(home)
        kill(other.pid)
        wait_stopped(home)
        assert not is_alive(served_by)


def test_it_lingers_for_the_next_command(home: Path) -> None:
    with open_cluster(home, linger=5):
        served_by = postmaster(home)
    with open_cluster(home):
        assert postmaster(home) == served_by
        kill(parent(served_by))  # so that the test need not wait for the five seconds


def test_opening_while_it_stops_waits_and_starts_another(home: Path) -> None:
    for _ in range(3):
        lease = open_cluster(home, linger=0)
        lease.close()
        time.sleep(0.15)  # the keeper is somewhere between seeing that nobody is left and its end
        with open_cluster(home, linger=0) as again:
            keep(again)
            assert not is_stopped(home)
        wait_stopped(home)


def test_it_says_what_it_does_in_plain_words(fresh: Path) -> None:
    said: list[str] = []
    with open_cluster(fresh, progress=said.append):
        pass
    assert "creating the database cluster …" in said
    assert "starting PostgreSQL 18 …" in said


def test_a_cluster_is_made_as_promised(home: Path) -> None:
    with open_cluster(home) as lease, psycopg.connect(lease.dsn(Role.READER)) as connection:
        shown = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in (
                "listen_addresses",
                "data_checksums",
                "server_encoding",
                "fsync",
                "synchronous_commit",
                "TimeZone",
                "unix_socket_permissions",
            )
        }
        assert {name: row[0] for name, row in shown.items() if row} == {
            "listen_addresses": "",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "fsync": "on",
            "synchronous_commit": "on",
            "TimeZone": "UTC",
            "unix_socket_permissions": "0700",
        }
        row = connection.execute(
            "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("C", "C")


def test_data_of_another_major_version_is_refused(home: Path) -> None:
    (base_of(home) / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(Refusal) as refused:
        open_cluster(home)
    assert refused.value.code == "GS-POSTGRES-021"


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    (base_of(home) / "data" / "postgresql.local.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Refusal) as refused:
        open_cluster(home)
    assert refused.value.code == "GS-POSTGRES-020"
    assert "no_such_setting" in refused.value.why or "configuration file" in refused.value.why


def test_a_cluster_in_use_is_not_removed(home: Path) -> None:
    with open_cluster(home) as lease:
        with pytest.raises(Refusal) as refused:
            remove_cluster(home, patience=0.3)
        assert refused.value.code == "GS-POSTGRES-040"
        keep(lease, 1)
    remove_cluster(home)
    assert not (home / "postgres").exists()


def test_who_waits_while_the_cluster_is_removed_gets_a_new_one(home: Path) -> None:
    base = base_of(home)
    removing = locks.open_lock(base / "lease")
    locks.wait_exclusive(removing)
    with ThreadPoolExecutor(1) as pool:
        waiting: list[str] = []
        opened = pool.submit(open_cluster, home, progress=waiting.append)
        until(lambda: bool(waiting), "the other waits")
        shutil.rmtree(base)
        os.close(removing)
        with opened.result(30) as lease:
            keep(lease, 2)
            assert numbers(lease) == [2]
            assert not is_stopped(home)


def test_a_home_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as refused:
        open_cluster(tmp_path / "file" / "home")
    assert refused.value.code == "GS-POSTGRES-005"
