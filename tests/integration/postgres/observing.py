"""What the tests of the embedded server look at from outside: processes, files, modes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from goodstanding.postgres import Lease, Role
from goodstanding.postgres.processes import occupants

HOLD = """
import sys
from pathlib import Path
from goodstanding.postgres import open_cluster
with open_cluster(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def until(condition: Callable[[], bool], what: str, seconds: float = 20.0, pause: float = 0.03) -> None:
    """Wait for something that must come true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"did not come true in {seconds} s: {what}"
        time.sleep(pause)


def base_of(home: Path) -> Path:
    """The folder of the home's cluster."""
    return home / "postgres"


def postmaster(home: Path) -> int:
    """The pid in postmaster.pid."""
    return int((base_of(home) / "data" / "postmaster.pid").read_text().splitlines()[0])


def parent(pid: int) -> int:
    """The parent's pid: of the postmaster, the keeper."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1])


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and is not yet fetched does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_ready(home: Path) -> bool:
    """Whether the keeper says that connections are taken."""
    return '"ready"' in (base_of(home) / "state").read_text()


def is_stopped(home: Path) -> bool:
    """Whether no process of PostgreSQL works in the home's data, and none is being started."""
    data = base_of(home) / "data"
    return not (data.exists() and occupants(data)) and not keeper_lives(home)


def keeper_lives(home: Path) -> bool:
    """Whether someone holds the keeper's lock, as the kernel's own table tells it."""
    path = base_of(home) / "keeper.lock"
    if not path.exists():
        return False
    inode = f":{path.stat().st_ino} "
    return any("FLOCK" in line and inode in line for line in Path("/proc/locks").read_text().splitlines())


def wait_stopped(home: Path) -> None:
    """Wait until the server has stopped by itself."""
    until(lambda: is_stopped(home), "the server stops by itself")


def kill(*pids: int) -> None:
    """kill -9, each by its id, all at once."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


@contextmanager
def holder(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a lease; it ends with the block at the latest."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_held(process: subprocess.Popen[str]) -> None:
    """Wait until the other process has its lease and a server."""
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"


def numbers(lease: Lease) -> list[int]:
    """The content of the table `kept`."""
    with psycopg.connect(lease.dsn(Role.OWNER)) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def keep(lease: Lease, *values: int) -> None:
    """Commit numbers into the table `kept`."""
    with psycopg.connect(lease.dsn(Role.OWNER)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer PRIMARY KEY)")
        for value in values:
            connection.execute("INSERT INTO kept VALUES (%s)", [value])
