"""The embedded server as its users see it: take a lease, and a running server comes with it.

The order matters. The lease is taken first, then a keeper is looked for: a keeper that is about to stop
either sees the lease and stays, or has locked it already, and then we wait and start a new one.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

import goodstanding
from goodstanding.core.errors import Refusal
from goodstanding.postgres import locks, state
from goodstanding.postgres.account import account_of
from goodstanding.postgres.lease import Lease
from goodstanding.postgres.place import Place, find_place, refusing_faults
from goodstanding.postgres.roles import ADMIN, DATABASE, Role, create_database, ensure_roles
from goodstanding.postgres.sockets import noted_folder

LINGER = 2.0
_STARTS = 5
_TOLD_EVERY = 2.0
_MUTE = 60.0

Progress = Callable[[str], None]


def open_cluster(home: Path, *, progress: Progress | None = None, linger: float | None = None) -> Lease:
    """Take a lease on the home's own server, starting and on first use creating it.

    Waits for crash recovery for as long as the server is at it.

    Args:
        home: the home's folder; made when it is missing.
        progress: told what is going on, in plain words.
        linger: seconds that the server stays after the last lease, if this call starts it; by default
            GOODSTANDING_POSTGRES_LINGER, or 2.
    Raises:
        Refusal: `GS-POSTGRES-…` where no server can be had.
    """
    tell = progress or _silent
    stay = linger if linger is not None else float(os.environ.get("GOODSTANDING_POSTGRES_LINGER", LINGER))
    with refusing_faults(home):
        place, taken = _take(home.resolve(), tell)
        holding = [taken]

        def release() -> None:
            while holding:
                os.close(holding.pop())

        try:
            folder = _ensure_keeper(place, stay, tell)
            login = {"host": str(folder), "port": "5432", "requirepeer": place.account.name}

            def revive() -> None:
                with refusing_faults(home):
                    if _ensure_keeper(place, stay, tell) != folder:
                        raise Refusal(
                            "GS-POSTGRES-028",
                            "the embedded PostgreSQL came back at another place",
                            where=str(place.base),
                            why=f"somebody took the name of its socket's folder, {folder}",
                            remedy="end this command and start it again",
                        )

            lease = Lease(
                home=place.home,
                psql=place.binaries.program("psql"),
                embedded=True,
                logins={role: {**login, "user": role.value} for role in Role},
                admin={**login, "user": ADMIN},
                release=release,
                revive=revive,
            )
            _ensure_database(lease)
        except BaseException:
            release()
            raise
        return lease


def _take(home: Path, tell: Progress) -> tuple[Place, int]:
    """Take the lease; a keeper that is about to stop holds it alone until it has."""
    words = _Waiting(tell)
    since = time.monotonic()
    while True:
        place = find_place(home, tell)
        lease = locks.open_lock(place.lease, owner=(place.account.uid, place.account.gid))
        try:
            while not locks.try_shared(lease):
                # While nobody has a lease the keeper tries the lock now and then: not worth a word.
                if time.monotonic() - since > 0.3:
                    words.during(state.STOPPING)
                time.sleep(0.02)
            if os.fstat(lease).st_nlink:
                return place, lease
        except BaseException:
            os.close(lease)
            raise
        os.close(lease)  # the cluster was removed while we waited: begin again


def _ensure_keeper(place: Place, linger: float, tell: Progress) -> Path:
    """Come back when the server takes connections; returns the folder of its socket.

    As long as a keeper lives, it is waited for: it ends by itself when postgres cannot be started.
    """
    words = _Waiting(tell)
    token = ""
    starts = 0
    mute_since: float | None = None
    lock = locks.open_lock(place.keeper_lock, owner=(place.account.uid, place.account.gid))
    try:
        while True:
            told = state.State.read(place.base)
            if locks.try_exclusive(lock):
                if told is not None and told.phase == state.FAILED and told.token == token:
                    raise told.refusal()
                if starts == _STARTS:
                    raise Refusal(
                        "GS-POSTGRES-025",
                        "the keeper of the embedded PostgreSQL ended again and again",
                        where=str(place.keeper_log),
                        why=_last_line(place.keeper_log) or "it was killed, or could not begin",
                        remedy="read the end of its log; the machine may be short of memory",
                    )
                starts += 1
                token = secrets.token_hex(8)
                _start_keeper(place, lock, token, linger)
                # The keeper holds the lock through its own copy of the descriptor; ours would count as well.
                os.close(lock)
                lock = locks.open_lock(place.keeper_lock)
            elif told is not None and told.phase == state.READY:
                folder = noted_folder(place.base, place.account.uid)
                silence = (
                    "its socket's folder is gone" if folder is None else _ask(folder, place.account.name)
                )
                if folder is not None and not silence:
                    return folder
                if _is_recovering(silence):
                    words.during(state.RECOVERING)
                    mute_since = None
                else:
                    mute_since = mute_since or time.monotonic()
                    if time.monotonic() - mute_since > _MUTE:
                        raise Refusal(
                            "GS-POSTGRES-027",
                            "the embedded PostgreSQL runs but takes no connection",
                            where=str(place.base),
                            why=silence,
                            remedy="end what holds its connections, or what is named above, and try again",
                        )
            elif told is not None:
                words.during(told.phase)
            time.sleep(0.05)
    finally:
        os.close(lock)


def _start_keeper(place: Place, lock: int, token: str, linger: float) -> None:
    """Start the keeper in a session of its own; the lock goes with it."""
    admitted = {account_of(0).name}
    if os.geteuid() != 0 or place.account.uid == place.home.stat().st_uid:
        admitted.add(place.account.name)  # not the account that root merely borrows
    command = [sys.executable, "-P", "-m", "goodstanding.postgres.keeper", str(place.base)]
    command += [f"--bin={place.binaries.bin}", f"--uid={place.account.uid}", f"--gid={place.account.gid}"]
    command += [f"--lock={lock}", f"--token={token}", f"--linger={linger}"]
    command += [f"--admit={name}" for name in sorted(admitted)]
    # The same code must be found from another working folder.
    source = str(Path(goodstanding.__path__[0]).resolve().parent)
    before = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([source, before] if before else [source])}
    log = locks.open_lock(place.keeper_log, owner=(place.account.uid, place.account.gid))
    try:
        os.lseek(log, 0, os.SEEK_END)
        subprocess.run(
            command,
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,
            check=False,  # whether there is a keeper is told by the lock alone
        )
    finally:
        os.close(log)


def _ask(folder: Path, peer: str) -> str:
    """Try to connect; returns why it did not work, empty when it did."""
    try:
        psycopg.connect(
            host=str(folder), port=5432, user=ADMIN, dbname="postgres", requirepeer=peer, connect_timeout=10
        ).close()
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[-1]
        if "authentication failed" in why:
            raise Refusal(
                "GS-POSTGRES-026",
                "this user is not let into the home's database",
                why=why,
                remedy="run as the user who owns the home",
            ) from error
        return why
    return ""


def _is_recovering(why: str) -> bool:
    """The server's words (not translated: it speaks C) while it repairs itself after a backend was killed."""
    return any(words in why for words in ("starting up", "in recovery", "not yet accepting", "shutting down"))


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _ensure_database(lease: Lease) -> None:
    """Make the roles and the database where they are missing, in an order that may be cut off anywhere."""
    maintenance = lease.on("postgres")
    with psycopg.connect(maintenance.admin_dsn(), autocommit=True) as admin:
        comment = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if comment and comment[0] == _DONE:
            return
        # CREATE DATABASE cannot be part of a transaction, so a lock of the session holds others off.
        admin.execute("SELECT pg_advisory_lock(7193281105)")
        ensure_roles(admin)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            create_database(admin, DATABASE, owner=Role.OWNER.value)
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as inside:
            ensure_roles(inside)
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(DATABASE), sql.Literal(_DONE)
        )
        admin.execute(statement)


_DONE = "Goodstanding: roles ensured, version 1"


class _Waiting:
    """Says what is waited for: at once when it changes, then every two seconds with the time it has taken."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._phase = ""
        self._since = self._told = time.monotonic()

    def during(self, phase: str) -> None:
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._since, self._told = phase, now, now
            self._tell(f"{phase} …")
        elif now - self._told >= _TOLD_EVERY:
            self._told = now
            self._tell(f"{phase}, {now - self._since:.0f} s …")


def _silent(_words: str) -> None:
    """Progress for callers who do not want any."""
