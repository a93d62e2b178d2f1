"""Where a home's cluster lies and who runs it. No folder that was there before is ever changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.postgres import locks
from goodstanding.postgres.account import Account, can_enter, can_run, serving_account
from goodstanding.postgres.binaries import Binaries, wheel_binaries

STORE = Path("/var/lib/goodstanding")

_NOTE = """\
The PostgreSQL cluster of this home lies in the folder that `location` names: Goodstanding was run by root,
and the unprivileged account that PostgreSQL runs under cannot pass through the folders above this one.
Whoever removes this home removes that folder as well.
"""


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
    def data(self) -> Path:
        return self.base / "data"

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
    """Find, or on first use choose and make, the folder of a home's cluster.

    Raises:
        Refusal: `GS-POSTGRES-005` and following, when no folder can be had.
    """
    binaries = wheel_binaries()
    try:
        if not home.exists():
            # Others may pass through (the server's account must, when root makes it) but not look around.
            home.mkdir(parents=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        account = serving_account(home)
        own = home / "postgres"
        if os.geteuid() != 0:
            return Place(home, _own_folder(own, account), binaries, account)
        if not can_run(account, binaries.program("postgres")):
            progress("copying PostgreSQL's programs to where its account can run them …")
            binaries = binaries.copy_to(_store())
            if not can_run(account, binaries.program("postgres")):
                raise Refusal(
                    "GS-POSTGRES-006",
                    f"the account {account.name} cannot run PostgreSQL's programs",
                    where=str(binaries.bin),
                    remedy="install Goodstanding where every account may run programs",
                )
        if can_enter(account, home) and not (own / "location").exists():
            return Place(home, _own_folder(own, account), binaries, account)
        if (own / "data").exists():
            raise Refusal(
                "GS-POSTGRES-007",
                f"the account {account.name} can no longer reach this home's database",
                where=str(own / "data"),
                why="PostgreSQL does not run as root, and a folder above the home is closed to others",
                remedy="let others pass through the folders above (chmod o+x), or move the home",
            )
        return Place(home, _elsewhere(home, own, account, progress), binaries, account)
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
    """The folder for what root's unprivileged account must reach; root's own, closed to others' writing."""
    STORE.mkdir(mode=0o755, exist_ok=True)
    found = STORE.lstat()
    if found.st_uid != 0 or found.st_mode & 0o022 or STORE.is_symlink():
        raise Refusal(
            "GS-POSTGRES-009",
            "the folder for root's clusters is not root's own",
            where=str(STORE),
            why="others could put their programs into the place of PostgreSQL's",
            remedy=f"inspect {STORE} and remove it, or run Goodstanding as an ordinary user",
        )
    return STORE


def _elsewhere(home: Path, own: Path, account: Account, progress: Callable[[str], None]) -> Path:
    """The folder under `STORE` that `<home>/postgres/location` names; chosen on first use, then kept."""
    own.mkdir(mode=0o700, exist_ok=True)
    pointer = own / "location"
    choosing = locks.open_lock(own / "location.lock")
    try:
        locks.wait_exclusive(choosing)
        if pointer.exists():
            base = Path(pointer.read_text("utf-8").strip())
        else:
            base = _new_folder(home, progress)
            (base / "home").write_text(f"{home}\n", "utf-8")
            os.chown(base, account.uid, account.gid)
            (own / "README").write_text(_NOTE, "utf-8")
            unfinished = own / "location.new"
            unfinished.write_text(f"{base}\n", "utf-8")
            unfinished.rename(pointer)
            progress(f"the database lies in {base}: PostgreSQL's account cannot pass through to {home}")
    finally:
        os.close(choosing)
    if not can_enter(account, base) or base.stat().st_uid != account.uid:
        raise Refusal(
            "GS-POSTGRES-010",
            "the database that this home points to is not there",
            where=str(base),
            why=f"the account {account.name} must own it and be able to enter it",
            remedy=f"bring the folder back, or remove {pointer} to begin an empty database",
        )
    return base


def _new_folder(home: Path, progress: Callable[[str], None]) -> Path:
    """A new folder named for the home's path; one left by an earlier home of that path is not taken over."""
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    store = _store()
    number = 1
    while True:
        folder = store / (digest if number == 1 else f"{digest}-{number}")
        try:
            folder.mkdir(mode=0o700)
            return folder
        except FileExistsError:
            progress(f"an earlier home at this path left its database in {folder}; it is not used")
            number += 1
