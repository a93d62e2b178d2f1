"""Where a home's cluster lies, which programs run it and as whom.

The cluster always lies in the home. No folder that was there before is ever changed: where those above the
home are closed to the account that root borrows, the keeper hands that account the open folder itself. Only
PostgreSQL's programs must be reachable by path, and are copied once where they are not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.postgres.account import Account, can_run, serving_account
from goodstanding.postgres.binaries import Binaries, wheel_binaries

STORE = Path("/var/lib/goodstanding")


@dataclass(frozen=True)
class Place:
    """A cluster's folder and programs.

    `base` holds `data`, `log`, `lease` (shared by users of the server), `keeper.lock` (the keeper's own),
    `state` (what the keeper is doing) and `socket` (a note that names the socket's folder).
    """

    home: Path
    base: Path
    binaries: Binaries
    account: Account

    @property
    def lease(self) -> Path:
        return self.base / "lease"

    @property
    def keeper_lock(self) -> Path:
        return self.base / "keeper.lock"

    @property
    def keeper_log(self) -> Path:
        return self.base / "keeper.log"


def find_place(home: Path, progress: Callable[[str], None]) -> Place:
    """Find, or on first use make, the folder of a home's cluster.

    Raises:
        Refusal: `GS-POSTGRES-001` to `-009`, when no account, programs or folder can be had.
    """
    binaries = wheel_binaries()
    if not home.exists():
        home.mkdir(parents=True, mode=0o700)
    account = serving_account(home)
    base = _own_folder(home / "postgres", account)
    if os.geteuid() == 0 and not can_run(account, binaries.program("postgres")):
        progress("making PostgreSQL's programs reachable for its account …")
        binaries = binaries.copy_to(_store())
        if not can_run(account, binaries.program("postgres")):
            raise Refusal(
                "GS-POSTGRES-006",
                f"the account {account.name} cannot run PostgreSQL's programs",
                where=str(binaries.bin),
                remedy="install Goodstanding where every account may run programs",
            )
    return Place(home, base, binaries, account)


@contextmanager
def refusing_faults(home: Path) -> Iterator[None]:
    """Turn what the file system refuses (no room, no right, no locks) into a Refusal, `GS-POSTGRES-005`."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            "GS-POSTGRES-005",
            "the folder of the embedded PostgreSQL cannot be used",
            where=str(error.filename or home),
            why=error.strerror or str(error),
            remedy="choose another --home, or name a PostgreSQL server in DATABASE_URL",
        ) from error


def _own_folder(folder: Path, account: Account) -> Path:
    """`<home>/postgres`, of mode 0700 and the account's own."""
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    except FileExistsError:
        found = folder.lstat()
        if os.geteuid() == 0 and found.st_uid == 0 and not any(folder.iterdir()):
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)  # cut off between the two calls
        elif found.st_uid != account.uid or folder.is_symlink():
            raise Refusal(
                "GS-POSTGRES-008",
                "the database of this home belongs to another user",
                where=str(folder),
                why=f"it would run as {account.name}, user number {account.uid}; its owner is {found.st_uid}",
                remedy="run as the user who made it, or choose another --home",
            ) from None
    return folder


def _store() -> Path:
    """The folder for programs that root's unprivileged account must reach; root's own, nobody else writes."""
    if not STORE.is_dir():
        STORE.mkdir(exist_ok=True)
        STORE.chmod(0o755)  # whatever the umask; the folder is ours
    found = STORE.lstat()
    if found.st_uid != 0 or found.st_mode & 0o022 or STORE.is_symlink():
        raise Refusal(
            "GS-POSTGRES-009",
            "the folder for PostgreSQL's programs is not root's own",
            where=str(STORE),
            why="others could put their programs into the place of PostgreSQL's",
            remedy=f"inspect {STORE} and remove it, or run Goodstanding as an ordinary user",
        )
    return STORE
