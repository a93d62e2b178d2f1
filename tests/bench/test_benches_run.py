"""The benches still run. Sizes are too small for their ratios to mean anything."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench import peers
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


def test_the_public_log_is_measured_and_audited() -> None:
    measured = _bench("log", "--entries", "2000")["log"]
    assert measured["append_times_hashlib"] > 0
    assert measured["audit_times_hashlib"] > 0


def test_peers_are_measured_where_they_can_be_had_and_agree_with_us() -> None:
    sizes = ("--organisations", "1000", "--records", "10000", "--sample", "20")
    measured = _bench("peers", *sizes)["peers"]
    for peer in ("openfisca", "zen"):
        found = measured[f"{peer}_microseconds"]
        if isinstance(found, str):
            assert found.startswith("not measured")
        else:
            assert measured[f"times_as_fast_as_{peer}"] > 0


def test_a_total_of_a_peer_that_is_not_ours_ends_the_bench(tmp_path: Path) -> None:
    (tmp_path / "result").mkdir()
    ours = {"subject_id": [1, 2], "points_low": [500, 500], "points_high": [500, 700]}
    pq.write_table(pa.table(ours), tmp_path / "result" / "assessments.parquet")
    for totals, agree in (([500, 600], True), ([501, 600], False), ([500, 701], False)):
        out = tmp_path / "peer.parquet"
        pq.write_table(pa.table({"subject_id": [1, 2], "total": totals}), out)
        with nullcontext() if agree else pytest.raises(SystemExit, match="1 of 2"):
            peers.compare("peer", out, tmp_path)


def test_ranks_groups_absence_and_dependencies_are_measured_against_the_plain_rulebook() -> None:
    measured = _bench("shapes", "--organisations", "1000", "--records", "10000")["shapes"]
    for shape in ("quota", "group", "absence", "dependency"):
        assert measured[f"{shape}_times_the_plain"] > 0


def test_explaining_gives_what_the_run_gave_and_is_timed() -> None:
    sizes = ("--organisations", "1000", "--records", "10000", "--explained", "30")
    measured = _bench("explaining", *sizes)["explaining"]
    assert measured["asked"] == 30
    assert measured["median_milliseconds"] > 0


def test_intake_is_measured_against_copy_and_bulk_create() -> None:
    measured = _bench("intake", "--intake-records", "5000")["intake"]
    assert measured["records"] == 5000
    assert all(value > 0 for name, value in measured.items() if name.startswith("speed_against_"))


def test_cases_are_measured_against_their_bare_sql() -> None:
    measured = _bench("cases", "--cases", "200")["cases"]
    for name in ("queue", "case_page", "case_read", "case_floor", "expiry"):
        assert measured[f"{name}_times_the_bare"] > 0
