"""Locks that the kernel frees when their holder dies, however it dies.

`flock` belongs to the open file, not to the process: a child that inherits the descriptor holds the lock as
well. That is used on purpose to hand the keeper's lock from the process that starts it to the keeper.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def open_lock(path: Path, *, owner: tuple[int, int] | None = None) -> int:
    """Open (or make) a lock file of mode 0600; a symbolic link is refused.

    Args:
        path: the file; its folder exists.
        owner: uid and gid that the file gets when root makes it for another account.
    Returns:
        a descriptor that is closed on exec.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if owner is not None and os.geteuid() == 0:
        os.fchown(descriptor, *owner)
    return descriptor


def try_shared(descriptor: int) -> bool:
    """Take the lock together with other holders; False when one holds it alone."""
    return _try(descriptor, fcntl.LOCK_SH)


def try_exclusive(descriptor: int) -> bool:
    """Take the lock alone; False when anyone else holds it."""
    return _try(descriptor, fcntl.LOCK_EX)


def wait_exclusive(descriptor: int) -> None:
    """Take the lock alone, waiting for as long as it takes."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def release(descriptor: int) -> None:
    """Give the lock back and keep the file open."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
