"""Whatever is killed, whenever: the next start is clean and what was committed is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from goodstanding.postgres import Lease, Role, open_cluster
from goodstanding.postgres.processes import occupants
from tests.integration.postgres.observing import (
    HOLD,
    base_of,
    is_alive,
    keep,
    kill,
    numbers,
    parent,
    postmaster,
    until,
    wait_stopped,
)
from tests.needs import require_or_skip


def test_postgres_killed_comes_back_by_itself(home: Path) -> None:
    with open_cluster(home) as lease:
        keep(lease, 1, 2)
        before = postmaster(home)
        kill(before)
        lease.ensure_running()
        until(lambda: postmaster(home) != before, "another postmaster")
        lease.ensure_running()
        assert numbers(lease) == [1, 2]


def test_the_keeper_killed_takes_postgres_along_and_the_next_start_works(home: Path) -> None:
    lease = open_cluster(home)
    keep(lease, 1)
    before = postmaster(home)
    kill(parent(before))
    until(lambda: not is_alive(before), "postgres ends with its keeper")
    lease.ensure_running()
    assert numbers(lease) == [1], "the same lease and the same connection string work again"
    lease.close()
    with open_cluster(home) as again:
        assert numbers(again) == [1]


def test_the_keeper_asked_to_stop_stops_postgres_orderly(home: Path) -> None:
    with open_cluster(home) as lease:
        keep(lease, 1)
        os.kill(parent(postmaster(home)), signal.SIGTERM)
        wait_stopped(home)
        assert not (base_of(home) / "data" / "postmaster.pid").exists()
        lease.ensure_running()
        assert numbers(lease) == [1]


def test_both_killed_at_once_and_again_during_recovery(home: Path) -> None:
    lease = open_cluster(home)
    keep(lease, 1)
    with psycopg.connect(lease.dsn(Role.OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE much (number bigint PRIMARY KEY, text text)")
        connection.execute("INSERT INTO much SELECT n, repeat('x', 50) FROM generate_series(1, 200000) n")
    keep(lease, 2)
    open_transaction = psycopg.connect(lease.dsn(Role.OWNER))
    open_transaction.execute("INSERT INTO kept VALUES (3)")
    before = postmaster(home)
    kill(parent(before), before)
    open_transaction.close()
    lease.close()
    for wait in (0.0, 0.2):
        other = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        replaying = wait_for_replay(home, before)
        os.kill(replaying, signal.SIGSTOP)
        before = postmaster(home)
        assert "ready" not in (base_of(home) / "data" / "postmaster.pid").read_text()
        time.sleep(wait)
        kill(other.pid, parent(before), before)
        other.communicate()
        os.kill(replaying, signal.SIGCONT)
    said: list[str] = []
    slow = threading.Thread(target=hold_up_replay, args=(home, before, 2.5))
    slow.start()
    with open_cluster(home, progress=said.append) as lease:
        slow.join()
        assert "recovering after a crash …" in said
        assert "recovering after a crash, 2 s …" in said, "it is waited for, and that is told"
        assert numbers(lease) == [1, 2]
        with psycopg.connect(lease.dsn(Role.OWNER)) as connection:
            assert connection.execute("SELECT count(*) FROM much").fetchone() == (200000,)


def hold_up_replay(home: Path, before: int, seconds: float) -> None:
    """Make recovery take its time."""
    replaying = wait_for_replay(home, before)
    os.kill(replaying, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(replaying, signal.SIGCONT)


def wait_for_replay(home: Path, before: int) -> int:
    """The pid of the process that replays the log, under another postmaster than `before`."""
    found: list[int] = []

    def look() -> bool:
        for pid in occupants(base_of(home) / "data"):
            try:
                title = Path(f"/proc/{pid}/cmdline").read_text()
                if "startup" in title and parent(pid) == postmaster(home) != before:
                    found.append(pid)
            except (FileNotFoundError, ProcessLookupError):
                continue
        return bool(found)

    until(look, "recovery begins", pause=0.003)
    return found[0]


def processor_ticks(pid: int) -> int:
    """How long a process has computed, in ticks of the clock (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_a_busy_orphan_of_a_killed_postmaster_does_not_keep_the_next_from_starting(home: Path) -> None:
    lease = open_cluster(home)
    keep(lease, 1)
    busy = psycopg.connect(lease.dsn(Role.OWNER))
    pid = busy.info.backend_pid
    # Pure computation never looks whether the postmaster is alive.
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b")
    begun = processor_ticks(pid)
    until(lambda: processor_ticks(pid) > begun + 20, "the query is being computed")
    before = postmaster(home)
    kill(parent(before), before)
    lease.close()
    assert is_alive(pid)
    with open_cluster(home) as again:
        assert not is_alive(pid)
        assert numbers(again) == [1]
    busy.close()


def test_a_pid_that_another_process_has_now_is_neither_believed_nor_signalled(home: Path) -> None:
    lease = open_cluster(home)
    keep(lease, 1)
    before = postmaster(home)
    owner = base_of(home).stat()
    kill(parent(before), before)
    lease.close()
    until(lambda: not occupants(base_of(home) / "data"), "all processes are gone")
    identity: dict[str, Any] = (
        {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    stranger = subprocess.Popen(["/bin/sleep", "60"], cwd="/", **identity)
    try:
        record = base_of(home) / "data" / "postmaster.pid"
        record.write_text(record.read_text().replace(str(before), str(stranger.pid), 1))
        with open_cluster(home) as again:
            assert numbers(again) == [1]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_killed_in_the_middle_of_making_the_cluster(fresh: Path) -> None:
    base = fresh / "postgres"
    for wait in (0.0, 0.3):
        other = subprocess.Popen([sys.executable, "-c", HOLD, str(fresh)], stdout=subprocess.DEVNULL)
        until(lambda: any(base.glob("data.new.*/*")), "initdb is at work")
        time.sleep(wait)
        kill(other.pid, *started_keepers(base))
        other.wait()
        assert not (base / "data").exists(), "a cluster is whole or not there"
    with open_cluster(fresh) as lease:
        keep(lease, 1)
        assert numbers(lease) == [1]
    assert not list((fresh / "postgres").glob("data.new*")), "leftovers are swept"


def started_keepers(base: Path) -> list[int]:
    """The keepers of this folder, by their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and is_alive(int(entry.name)):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if b"goodstanding.postgres.keeper" in words and os.fsencode(base) in words:
                found.append(int(entry.name))
    return found


def test_a_cleaner_of_tmp_takes_the_socket_and_it_comes_back(home: Path) -> None:
    with open_cluster(home) as lease:
        keep(lease, 1)
        shutil.rmtree(Path(lease.admin["host"]))
        lease.ensure_running()
        assert numbers(lease) == [1]


def test_a_taken_place_for_the_socket_is_not_used(home: Path) -> None:
    if os.geteuid() != 0:
        require_or_skip("root", "another user's folder is needed")
    lease = open_cluster(home)
    taken = Path(lease.admin["host"])
    before = postmaster(home)
    kill(parent(before), before)
    lease.close()
    until(lambda: not occupants(base_of(home) / "data"), "all processes are gone")
    shutil.rmtree(taken)
    taken.mkdir(mode=0o777)
    taken.chmod(0o777)
    try:
        with open_cluster(home) as again:
            assert Path(again.admin["host"]) != taken
    finally:
        shutil.rmtree(taken)


@pytest.fixture
def lease(home: Path) -> Lease:
    return open_cluster(home)


def test_a_backend_killed_is_mended_by_postgres_itself(lease: Lease, home: Path) -> None:
    keep(lease, 1)
    victim = psycopg.connect(lease.dsn(Role.OWNER))
    before = postmaster(home)
    kill(victim.info.backend_pid)
    victim.close()
    time.sleep(0.1)
    lease.ensure_running()
    assert postmaster(home) == before
    assert numbers(lease) == [1]
    lease.close()
