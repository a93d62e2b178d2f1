"""A process that is killed while it writes the log leaves one that goes on, whatever it was about."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from goodstanding.proof.auditing import audit
from tests.unit.proof.logs import entries, place

ROOT = Path(__file__).resolve().parents[3]
LAST = 3_000
_WRITING = """
import sys
from pathlib import Path
from goodstanding.proof import log
from goodstanding.proof.signing import KeyRing, sign
from tests.unit.proof.logs import DAY, entries
log.SET = 7  # small sets: a kill falls into the middle of one
place = Path(sys.argv[1])
mine = log.Log(place / "log", place / "log-state")
with mine.held():
    mine.append(entries(mine.state().position + 1, int(sys.argv[2])))
"""


def test_the_log_goes_on_after_a_kill(tmp_path: Path) -> None:
    where = place(tmp_path)
    for _ in range(3):
        before = where.log.state().size
        words = [sys.executable, "-c", _WRITING, str(tmp_path), str(LAST)]
        running = subprocess.Popen(words, cwd=ROOT, env={"PYTHONPATH": f"{ROOT}/src"})
        while running.poll() is None and where.log.state().size == before:
            time.sleep(0.001)
        running.kill()
        running.wait()
        assert where.log.state().size >= before
        assert audit(where.log.folder).sound  # what was signed is as it was
    where.add(LAST)
    done = audit(where.log.folder)
    assert (done.findings, done.positions) == ([], LAST)
    assert next(entries(LAST, LAST)).data in (where.folder / "tile/entries/011.p/185").read_bytes()
