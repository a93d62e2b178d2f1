"""The folder of the server's socket: private, with a path short enough for a socket (107 bytes)."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from goodstanding.core.errors import Refusal

FILE = ".s.PGSQL.5432"
_PARENTS = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))


def is_private(folder: Path, uid: int) -> bool:
    """Whether it is a folder (no link) of this user that nobody else may enter."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and stat.S_IMODE(found.st_mode) == 0o700


def noted_folder(base: Path, uid: int) -> Path | None:
    """The folder that the cluster's note `socket` names, if it is sound; else None."""
    try:
        folder = Path((base / "socket").read_text("utf-8").strip())
    except FileNotFoundError:
        return None
    return folder if is_private(folder, uid) else None


def prepare_folder(base: Path) -> Path:
    """An empty folder for the socket, the noted one or a new one.

    A new one has a random name, so that nobody can take the place beforehand. Only the keeper calls this,
    while no server of this cluster runs.

    Raises:
        Refusal: `GS-POSTGRES-023` where no short folder is writable.
    """
    _bring_back(base)
    folder = noted_folder(base, os.geteuid())
    if folder is not None:
        for leftover in folder.glob(".s.PGSQL.*"):
            leftover.unlink()
        return folder
    for parent in _PARENTS:
        if os.access(parent, os.W_OK | os.X_OK):
            folder = Path(tempfile.mkdtemp(prefix=f"gs-{os.geteuid()}-", dir=parent))
            unfinished = base / "socket.new"
            unfinished.write_text(f"{folder}\n", "utf-8")
            unfinished.rename(base / "socket")
            return folder
    raise Refusal(
        "GS-POSTGRES-023",
        "there is no place for PostgreSQL's socket",
        why="a socket's path is limited to 107 bytes, and no usual place for one is writable",
        remedy="make /tmp writable, or name a PostgreSQL server in DATABASE_URL",
    )


def _bring_back(base: Path) -> None:
    """Make the noted folder again where a cleaner of /tmp took it: leases know the server by this path."""
    try:
        Path((base / "socket").read_text("utf-8").strip()).mkdir(mode=0o700)
    except (FileNotFoundError, FileExistsError):
        return  # never noted, or still there: whose it is then, is looked at by `noted_folder`


def remove_folder(base: Path) -> None:
    """Leave nothing in /tmp after an orderly end."""
    folder = noted_folder(base, os.geteuid())
    if folder is not None:
        shutil.rmtree(folder)
        (base / "socket").unlink()
