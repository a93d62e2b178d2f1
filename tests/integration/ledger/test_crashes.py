"""Killed at any moment, an intake leaves nothing half-loaded, and the next one completes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.postgres.observing import kill, postmaster, wait_stopped

NYC = "us-nyc/graded-inspections"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
ROWS = 30_000


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """A file large enough to be killed in the middle of."""
    path = tmp_path / "nyc.csv"
    rows = (
        f"{30_000_000 + n % 9_000},EATERY {n % 9_000} LLC,Bronx,Bakery,{n % 90},Morris Park Ave,10462,"
        f"{2010 + n % 5}-0{1 + n % 9}-{10 + n // 9_000},A,{n % 14}\n"
        for n in range(ROWS)
    )
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def goodstanding(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command in a process of its own, whose output is JSON."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GOODSTANDING_DSN")
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "goodstanding", *arguments, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def finished(process: subprocess.Popen[str]) -> dict[str, object]:
    """What a command said, after it ended well."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err + out
    told = json.loads(out)
    assert isinstance(told, dict)
    return told


def kill_postmaster(home: Path) -> None:
    """Kill the server of this home, and nobody else's, if it runs at this moment."""
    try:
        kill(postmaster(home))
    except (FileNotFoundError, ProcessLookupError):
        return  # it has not started yet, or has just gone: that moment counts too


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder in memory, where there is some: what is killed here are processes, not the machine."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="goodstanding-test-", dir=memory if memory.is_dir() else None))
    folder.chmod(0o711)
    yield folder
    for home in folder.iterdir():
        wait_stopped(home)
    shutil.rmtree(folder)


def test_killed_at_ten_moments_nothing_is_half_loaded(passable: Path, delivery: Path) -> None:
    home = passable / "home"
    finished(goodstanding(home, "ledger", "check"))
    chance = random.Random(20260302)
    start = time.monotonic()
    probe = goodstanding(passable / "probe", "intake", str(delivery), "--source", NYC)
    finished(probe)
    length = time.monotonic() - start
    for moment in range(10):
        running = goodstanding(home, "intake", str(delivery), "--source", NYC)
        time.sleep(chance.uniform(0.1, length))
        if moment % 3 != 1:
            running.kill()
        if moment % 3 != 0:
            kill_postmaster(home)  # with moment % 3 == 2: both at once
        running.communicate(timeout=300)
        told = finished(goodstanding(home, "ledger", "check"))
        assert told["sound"], told
        assert told["records"] in (0, ROWS)
    told = finished(goodstanding(home, "intake", str(delivery), "--source", NYC))
    assert told["loaded"] == ROWS or told["already"] == ROWS
    told = finished(goodstanding(home, "ledger", "check"))
    assert told["sound"] and told["records"] == ROWS
    assert not list((home / "work").iterdir())
