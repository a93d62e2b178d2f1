"""A workspace is private, and gone afterwards, whatever happened to its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from goodstanding.intake import sweep, workspace


def test_it_is_private_and_goes_away(tmp_path: Path) -> None:
    with workspace(tmp_path, memory_limit="1GB", threads=1) as room:
        assert room.folder.stat().st_mode & 0o777 == 0o700
        assert room.con.execute("SELECT current_setting('temp_file_encryption')").fetchone() == (True,)
        assert not room.work.exists()
    assert list(tmp_path.iterdir()) == []


def test_it_goes_away_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError), workspace(tmp_path):
        raise ValueError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\n"
        "from goodstanding.intake import workspace\n"
        f"with workspace(pathlib.Path({str(tmp_path)!r})) as room:\n"
        "    (room.folder / 'secret').write_text('x')\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert sweep(tmp_path) == 0, "its process is at work"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert len(list(tmp_path.iterdir())) == 1
    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
