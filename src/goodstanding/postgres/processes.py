"""Processes of PostgreSQL that were left behind, and signals that only reach what was verified."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """What a child runs before exec, so that the kernel signals it when its parent is gone, however."""
    parent = os.getpid()

    def ask() -> None:
        if _LIBC.prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0) != 0 or os.getppid() != parent:
            os._exit(71)  # the parent died before the kernel knew

    return ask


def occupants(data: Path) -> list[int]:
    """The pids of PostgreSQL's processes whose working folder is `data`, as /proc tells it.

    Folders are compared by their inode: a home may be moved while its server runs.
    """
    wanted = data.stat()
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is_in(entry, wanted)
    ]


def send_if_in(pid: int, data: Path, with_signal: signal.Signals) -> bool:
    """Signal a process only if it is PostgreSQL's and works in `data`.

    The process is held by a pidfd *before* it is looked at, so that a pid which is used again in between
    cannot be hit. Returns whether a signal was sent.
    """
    try:
        held = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        if not _is_in(Path("/proc") / str(pid), data.stat()):
            return False
        signal.pidfd_send_signal(held, with_signal)
    except ProcessLookupError:
        return False
    finally:
        os.close(held)
    return True


def exists(pid: int) -> bool:
    """Whether some process has this pid, whoever's it is."""
    return (Path("/proc") / str(pid)).exists()


def _is_in(entry: Path, wanted: os.stat_result) -> bool:
    try:
        program = (entry / "exe").readlink().name
        # A program that was replaced while it ran is shown as "postgres (deleted)".
        return program.split(" ")[0] == "postgres" and os.path.samestat((entry / "cwd").stat(), wanted)
    except OSError:
        return False  # gone, a zombie, or another user's
