"""Homes for the tests of the embedded server: each test has its own, with a cluster that was made once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodstanding.postgres import open_cluster
from tests.integration.postgres.observing import wait_stopped


@pytest.fixture(autouse=True)
def short_linger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODSTANDING_POSTGRES_LINGER", "0.2")


@pytest.fixture(scope="session")
def passable() -> Iterator[Path]:
    """A folder that other accounts may pass through, as the parent of a home usually is.

    It lies in memory where there is enough: what is killed here are processes, not the machine, and a disk
    that others keep busy would make each start and stop wait for it.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30
    folder = Path(tempfile.mkdtemp(prefix="goodstanding-test-", dir=memory if roomy else None))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made(passable: Path) -> Path:
    """A home whose cluster was made and stopped."""
    home = passable / "made"
    with open_cluster(home, linger=0):
        pass
    wait_stopped(home)
    return home


@pytest.fixture
def home(made: Path, passable: Path) -> Iterator[Path]:
    """A copy of it. At the end nothing of it may still run."""
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=passable))
    shutil.rmtree(folder)
    subprocess.run(["cp", "-a", str(made), str(folder)], check=True)
    yield folder
    wait_stopped(folder)
    shutil.rmtree(folder)


@pytest.fixture
def fresh(passable: Path) -> Iterator[Path]:
    """A home that does not exist yet."""
    folder = Path(tempfile.mkdtemp(prefix="fresh-", dir=passable))
    folder.rmdir()
    yield folder
    wait_stopped(folder)
    if folder.exists():
        shutil.rmtree(folder)
