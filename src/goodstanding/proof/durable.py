"""Files that are there whole or not at all, and stay when the power goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path

_MANY = 24
"""Files from which on it is quicker to let the system write out everything that it holds back, once."""


class Writing:
    """A set of files, written beside their places, and put there by `settle`.

    `beside` is a folder on the same file system; what a killed process left in it is overwritten. Sets that are
    written at the same time have different names.
    """

    def __init__(self, beside: Path, name: str = "set") -> None:
        self._beside = beside
        self._name = name
        self._files: list[tuple[Path, Path]] = []

    def write(self, path: Path, data: bytes, mode: int = 0o644) -> None:
        """Write a file that `settle` puts into its place."""
        fresh = self._beside / f"{self._name}-{len(self._files)}.new"
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            _all(handle, data)
        finally:
            os.close(handle)
        self._files.append((fresh, path))

    def settle(self) -> None:
        """Put every file into its place when its bytes are on the disk, and see that the folders know it."""
        if len(self._files) > _MANY:
            os.sync()
        else:
            for fresh, _ in self._files:
                _sync(fresh, os.O_RDWR)
        folders: dict[Path, None] = {}
        for fresh, path in self._files:
            if path.parent not in folders:
                for missing in _missing(path.parent):
                    missing.mkdir(exist_ok=True)
                    folders[missing.parent] = None
                folders[path.parent] = None
            fresh.rename(path)
        for folder in folders:
            _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
        self._files.clear()


def write_durably(path: Path, data: bytes, beside: Path, mode: int = 0o644) -> None:
    """Write one file so that it is there whole or as it was before."""
    one = Writing(beside, "single")
    one.write(path, data, mode)
    one.settle()


@contextmanager
def alone(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of a file; yields whether it is held. The system frees it if the process dies."""
    with path.open("a") as lock:
        try:
            flock(lock, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            flock(lock, LOCK_UN)


def _all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there, the highest first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    return missing[::-1]


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
