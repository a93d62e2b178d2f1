"""The keeper: the parent of the embedded `postgres`, alive for as long as someone holds a lease.

`python -m goodstanding.postgres.keeper` is started by `embedded.open_cluster`, never by hand. It holds the
keeper's lock that its starter handed over, so there is one at a time. It starts postgres, starts it again
when it was killed, and stops it once the lease can be locked alone, which means that no holder is left. If
the keeper itself is killed, the kernel asks postgres to stop.

Started by root it gives root up before its work begins. The packages of Python may be closed to the account
that it becomes, so everything is imported before: text is UTF-8 here, as another codec would be an import.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from goodstanding.core.errors import Refusal
from goodstanding.postgres import locks, processes, sockets, state
from goodstanding.postgres.binaries import MAJOR
from goodstanding.postgres.configuration import write_configuration
from goodstanding.postgres.roles import ADMIN

_ATTEMPTS = 3
_LOG_BYTES = 8 << 20
_PATIENCE = 5.0  # seconds that orphans of a killed postmaster get before they are killed
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class NotNeeded(Exception):
    """Nobody holds a lease any more; the lease's lock is now ours."""


@dataclass
class Keeper:
    """One keeper's work on one cluster; see the module.

    `opened` is the descriptor of the cluster's folder, `shown` its path as a user knows it. All work goes
    through the descriptor, postgres's too, so that folders above the home may be closed to its account.
    """

    opened: int
    shown: Path
    bin: Path
    token: str
    linger: float
    admitted: list[str]
    lease: int
    asked_to_stop: bool = field(default=False)
    unleased_since: float | None = field(default=None)

    @property
    def base(self) -> Path:
        """The cluster's folder; the same words mean the same folder in each child that has the descriptor."""
        return Path(f"/proc/self/fd/{self.opened}")

    @property
    def data(self) -> Path:
        return self.base / "data"

    def say(self, phase: str) -> None:
        note(phase)
        state.State(phase, self.token).write(self.base)

    def run(self) -> None:
        """Keep the server until nobody needs it; raises a Refusal where it cannot be started."""
        failures = 0
        try:
            self.say(state.STARTING)
            self.create_if_missing()
            while not self.asked_to_stop:
                if self.serve_once():
                    failures = 0
                    continue
                failures += 1
                if failures == _ATTEMPTS:
                    raise self.refusal()
                time.sleep(0.3 * failures)
        except NotNeeded:
            sockets.remove_folder(self.base)  # after a signal it stays: leases that are held know its path
        self.say(state.STOPPED)

    # -- the cluster -------------------------------------------------------------------------------------

    def create_if_missing(self) -> None:
        """Run initdb into a folder aside and rename it: a cluster is whole or not there."""
        for leftover in self.base.glob("data.new.*"):
            self.clear(leftover)
            shutil.rmtree(leftover)
        if self.data.is_dir():
            found = (self.data / "PG_VERSION").read_text("utf-8").strip()
            if found != str(MAJOR):
                raise Refusal(
                    "GS-POSTGRES-021",
                    f"this home's database was made by PostgreSQL {found}",
                    where=str(self.shown / "data"),
                    why=f"the programs installed here are those of PostgreSQL {MAJOR}",
                    remedy="dump it with the release that made it and restore it into a new home",
                )
            return
        self.say(state.CREATING)
        unfinished = self.base / f"data.new.{os.getpid()}"
        command = [str(self.bin / "initdb"), "--pgdata", str(unfinished), "--username", ADMIN]
        command += ["--encoding=UTF8", "--locale=C", "--data-checksums", "--text-search-config=simple"]
        command += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        ended = subprocess.run(
            command,
            cwd="/",
            env=_ENVIRONMENT,
            pass_fds=[self.opened],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            preexec_fn=processes.dies_with_parent(signal.SIGKILL),
        )
        if ended.returncode != 0:
            raise Refusal(
                "GS-POSTGRES-022",
                "the database cluster could not be created",
                where=str(self.shown),
                why=" ".join(ended.stderr.split())[-600:],
                remedy="mend what initdb complains of; nothing is left behind that a new attempt would meet",
            )
        unfinished.rename(self.data)
        os.fsync(self.opened)

    def clear(self, folder: Path) -> bool:
        """Wait until no process of PostgreSQL works in the folder any more; True if it was left by a crash.

        A postmaster that outlived its keeper is asked to stop and waited for, however long its last
        checkpoint takes. Without a postmaster, what is left are orphans of a killed one: they can do nothing
        useful, and a new server cannot start while they hold its shared memory.
        """
        since = time.monotonic()
        asked: set[int] = set()
        while found := processes.occupants(folder):
            if not asked:
                self.say(state.CLEARING)
            postmaster = self.recorded_pid(folder)
            if postmaster in found:
                if postmaster not in asked:
                    processes.send_if_in(postmaster, folder, signal.SIGINT)
                    asked.add(postmaster)
                since = time.monotonic()
            else:
                late = time.monotonic() - since > _PATIENCE
                for pid in found:
                    if late or pid not in asked:
                        processes.send_if_in(pid, folder, signal.SIGKILL if late else signal.SIGQUIT)
                        asked.add(pid)
            time.sleep(0.05)
        # A pid of before that some other process has now, or a zombie, makes PostgreSQL believe that it still
        # runs. Where it is nobody's the file stays: PostgreSQL reads its shared memory's key from it.
        recorded = self.recorded_pid(folder)
        if recorded is not None and processes.exists(recorded):
            (folder / "postmaster.pid").unlink()
        return recorded is not None

    def recorded_pid(self, folder: Path) -> int | None:
        """The pid in postmaster.pid; None without one."""
        try:
            first = (folder / "postmaster.pid").read_text("utf-8").splitlines()[:1]
        except FileNotFoundError:
            return None
        return int(first[0]) if first and first[0].isdigit() else None

    # -- the server --------------------------------------------------------------------------------------

    def serve_once(self) -> bool:
        """Start postgres and stay with it to its end. True if it had become ready; False if it never did."""
        crashed = self.clear(self.data)
        folder = sockets.prepare_folder(self.base)
        write_configuration(self.data, folder, self.admitted)
        self.say(state.RECOVERING if crashed else state.STARTING)
        with self.open_log() as log:
            child = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data)],
                cwd="/",
                env=_ENVIRONMENT,
                pass_fds=[self.opened],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=processes.dies_with_parent(signal.SIGINT),
            )
        ready = False
        try:
            while child.poll() is None:
                if not ready and self.is_ready(child.pid):
                    ready = True
                    self.say(state.READY)
                if self.asked_to_stop:
                    break
                self.raise_if_not_needed()
                if ready and not (folder / sockets.FILE).exists():
                    break  # a cleaner of /tmp took the way in: only a new start makes another
                time.sleep(0.2 if ready else 0.05)
        finally:
            if child.poll() is None:
                self.say(state.STOPPING)
                child.send_signal(signal.SIGINT)
                child.wait()
        note(f"postgres ended with {child.returncode}")
        return ready

    def is_ready(self, pid: int) -> bool:
        """Whether postmaster.pid is this child's and says that connections are taken."""
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def raise_if_not_needed(self) -> None:
        """Raise NotNeeded, holding the lease's lock alone, once nobody held it for the time of the linger."""
        if not locks.try_exclusive(self.lease):
            self.unleased_since = None
            return
        now = time.monotonic()
        if self.unleased_since is None:
            self.unleased_since = now
        if now - self.unleased_since >= self.linger:
            raise NotNeeded
        locks.release(self.lease)

    @property
    def log(self) -> Path:
        return self.base / "log" / "postgresql.log"

    def open_log(self) -> BinaryIO:
        """The server's log, appended to; the one before is kept once it has grown."""
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        return self.log.open("ab")

    def refusal(self) -> Refusal:
        """Why postgres does not start, in its own last words."""
        lines = self.log.read_text("utf-8", "replace").splitlines()[-30:]
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line or "postgres: error" in line]
        return Refusal(
            "GS-POSTGRES-020",
            "the embedded PostgreSQL did not start",
            where=str(self.shown / "log" / self.log.name),
            why=(fatal or lines or ["it ended without a word"])[-1],
            remedy="mend what the log names (often a full disk) and start again; the data is untouched",
        )


def note(words: str) -> None:
    """A line in the keeper's log, which is its standard output."""
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime())} {words}\n")
    sys.stdout.flush()


def become(uid: int, gid: int) -> None:
    """Give up root for good; does nothing for an ordinary user. All modules are loaded by now."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    os.umask(0o077)


def main(arguments: list[str]) -> int:
    """Detach from the starter, give up root, keep the server. The exit status is only read by the log."""
    parser = argparse.ArgumentParser(prog="goodstanding.postgres.keeper", description=__doc__)
    parser.add_argument("base", type=Path, help="the cluster's folder")
    parser.add_argument("--bin", type=Path, required=True, help="the folder of PostgreSQL's programs")
    parser.add_argument("--uid", type=int, required=True)
    parser.add_argument("--gid", type=int, required=True)
    parser.add_argument("--lock", type=int, required=True, help="descriptor of the keeper's lock, held")
    parser.add_argument("--token", required=True, help="names this attempt in the state file")
    parser.add_argument("--linger", type=float, required=True, help="seconds without a lease before the stop")
    parser.add_argument("--admit", action="append", required=True, help="name of a user who is let in")
    given = parser.parse_args(arguments)
    if os.fork() != 0:
        return 0  # the starter waits for this process; the keeper itself is nobody's child and no zombie
    opened = os.open(given.base, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    become(given.uid, given.gid)
    lease = locks.open_lock(Path(f"/proc/self/fd/{opened}/lease"))
    keeper = Keeper(opened, given.base, given.bin, given.token, given.linger, given.admit, lease)

    def stop(_number: int, _frame: object) -> None:
        keeper.asked_to_stop = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        keeper.run()
    except Refusal as refusal:
        return give_up(keeper, refusal)
    except OSError as error:
        return give_up(
            keeper,
            Refusal(
                "GS-POSTGRES-024",
                "the embedded PostgreSQL could not be kept running",
                where=str(error.filename or "").replace(str(keeper.base), str(given.base)),
                why=error.strerror or str(error),
                remedy="mend the cause and start again; committed data is safe",
            ),
        )
    return 0


def give_up(keeper: Keeper, refusal: Refusal) -> int:
    """Leave the reason for whoever waits."""
    note(str(refusal))
    state.State(state.FAILED, keeper.token, refusal.as_dict()).write(keeper.base)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
