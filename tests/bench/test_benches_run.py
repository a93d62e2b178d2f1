"""The benches still run. Sizes are too small for their ratios to mean anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.integration.memory import folder_in_memory

ROOT = Path(__file__).resolve().parents[2]


def _bench(*arguments: str) -> dict[str, Any]:
    with folder_in_memory() as folder:
        command = [sys.executable, "-m", "bench", *arguments, "--folder", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_evaluation_is_measured_with_a_line_for_every_three_records() -> None:
    sizes = ("--organisations", "2000", "--records", "20000", "--many-records", "40000")
    measured = _bench("evaluation", *sizes)["evaluation"]
    assert measured["rules"] == 95
    assert measured["lines_per_record"] >= 1 / 3
    assert measured["times_the_peer"] > 0


def test_intake_is_measured_against_copy_and_bulk_create() -> None:
    measured = _bench("intake", "--intake-records", "5000")["intake"]
    assert measured["records"] == 5000
    assert all(value > 0 for name, value in measured.items() if name.startswith("speed_against_"))
