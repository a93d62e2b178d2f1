"""A private place for checking a file: an in-memory DuckDB with an encrypted spill folder.

A file may hold what section 1 of the design refuses (a person's number). So what DuckDB spills is encrypted
under a key that lives in memory only, the folder is the owner's alone, and it goes away with the work; after
a `kill -9` the next start sweeps it, because the lease (a `flock`) is then free.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

PREFIX = "intake-"


@dataclass(frozen=True)
class Workspace:
    """A connection and a path for `check_file(work=…)`."""

    con: duckdb.DuckDBPyConnection
    folder: Path

    @property
    def work(self) -> Path:
        """A path that does not exist yet, for `check_file`."""
        return self.folder / "file"


@contextmanager
def workspace(parent: Path, *, memory_limit: str = "", threads: int = 0) -> Iterator[Workspace]:
    """Make a workspace below `parent` (created if missing), and remove it afterwards, always.

    Args:
        parent: folder for workspaces of this node; stale ones in it are swept first.
        memory_limit: DuckDB's, for instance `2GB`; empty for DuckDB's own default (80 % of memory).
        threads: 0 for as many as there are cores.
    """
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))  # mode 0700
    lease = os.open(folder / "lease", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lease, fcntl.LOCK_EX)
    con = duckdb.connect(":memory:")
    try:
        con.execute("SET temp_directory = ?", [str(folder / "spill")])
        con.execute("SET temp_file_encryption = true")
        con.execute("SET preserve_insertion_order = true")
        if memory_limit:
            con.execute("SET memory_limit = ?", [memory_limit])
        if threads:
            con.execute("SET threads = ?", [threads])
        yield Workspace(con, folder)
    finally:
        con.close()
        shutil.rmtree(folder)
        os.close(lease)


def sweep(parent: Path) -> int:
    """Remove the workspaces below `parent` whose process is gone; returns how many."""
    swept = 0
    for folder in parent.glob(PREFIX + "*"):
        try:
            lease = os.open(folder / "lease", os.O_RDWR)
        except FileNotFoundError:
            continue  # just being made, or just being removed
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
            swept += 1
        except BlockingIOError:
            pass  # someone works there
        finally:
            os.close(lease)
    return swept
