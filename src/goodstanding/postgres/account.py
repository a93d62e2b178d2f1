"""The operating system's account that PostgreSQL runs under: the user, or for root an unprivileged one."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal


@dataclass(frozen=True)
class Account:
    """A user of the operating system, by the numbers that the kernel knows and the name that `peer` knows."""

    name: str
    uid: int
    gid: int


def account_of(uid: int) -> Account:
    """The account of a uid.

    Raises:
        Refusal: `GS-POSTGRES-001` when the uid has no name: `peer` compares names, and initdb needs one.
    """
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Refusal(
            "GS-POSTGRES-001",
            f"the user number {uid} has no name on this machine",
            why="the embedded PostgreSQL lets users in by name",
            remedy="give the number a name in /etc/passwd, or name a PostgreSQL server in DATABASE_URL",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def serving_account(home: Path) -> Account:
    """Who runs the server for this home: oneself, but never root, which PostgreSQL does not start under.

    Root drops to the owner of the home, so that the owner can go on alone later; where root owns the home,
    to `postgres` or else `nobody`.
    """
    if os.geteuid() != 0:
        return account_of(os.geteuid())
    owner = home.stat().st_uid
    if owner != 0:
        return account_of(owner)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Refusal(
        "GS-POSTGRES-002",
        "there is no unprivileged account to run PostgreSQL under",
        why="PostgreSQL does not run as root, and neither `postgres` nor `nobody` exists here",
        remedy="add a user named postgres, or run Goodstanding as an ordinary user",
    )


def can_run(account: Account, program: Path) -> bool:
    """Whether the account can start the program: every folder on the way is open to it, libraries too.

    Asked of the kernel by trying, not computed from modes.
    """
    if os.geteuid() != 0:
        return os.access(program, os.X_OK)
    return run_as(account, ["/bin/sh", "-c", '"$1" --version', "sh", str(program)])


def run_as(account: Account, command: list[str]) -> bool:
    """Run a short command under the account, silently; True when it ends well."""
    try:
        ended = subprocess.run(
            command,
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except PermissionError:
        raise Refusal(
            "GS-POSTGRES-003",
            f"root cannot become {account.name} here",
            why="PostgreSQL does not run as root, and this container does not let root change its user",
            remedy="run Goodstanding as an ordinary user, or name a PostgreSQL server in DATABASE_URL",
        ) from None
    return ended.returncode == 0
