"""A test that lacks something is skipped and listed; where the thing is required, it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TESTS = """
import pytest
from tests.needs import require_or_skip

def test_page(): require_or_skip("chromium", "none was found")
def test_other(): pytest.skip("not on this day")
def test_good(): pass
"""


def _run(folder: Path, require: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(TESTS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "-q",
        str(folder),
        "--rootdir",
        str(folder),
    ]
    environment = {**os.environ, "GOODSTANDING_REQUIRE": require, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_bare_machine_passes_and_says_what_it_lacks(tmp_path: Path) -> None:
    result = _run(tmp_path, "")
    assert result.returncode == 0, result.stdout
    assert "    1  chromium  Chromium" in result.stdout
    assert "    1  other     not on this day" in result.stdout
    assert "    .ci/run\n" in result.stdout
    assert result.stdout.strip().splitlines()[-1].startswith("1 passed, 2 skipped")


def test_what_is_required_and_missing_fails(tmp_path: Path) -> None:
    result = _run(tmp_path, "chromium,server")
    assert result.returncode == 1
    assert "needs chromium: none was found (and GOODSTANDING_REQUIRE asks for it)" in result.stdout


def test_what_is_missing_but_not_required_is_skipped(tmp_path: Path) -> None:
    assert _run(tmp_path, "server").returncode == 0


@pytest.mark.parametrize("left_out", ["test_page", "test_other"])
def test_where_all_is_required_no_skip_passes(tmp_path: Path, left_out: str) -> None:
    (tmp_path / "only").mkdir()
    only = "\n".join(line for line in TESTS.splitlines() if not line.startswith("def") or left_out in line)
    (tmp_path / "only/test_only.py").write_text(only, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-q", "only", "--rootdir", "."]
    environment = {**os.environ, "GOODSTANDING_REQUIRE": "all", "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1, result.stdout


def test_a_misspelt_requirement_is_an_error(tmp_path: Path) -> None:
    result = _run(tmp_path, "chrome")
    assert result.returncode == 4
    assert (
        "GOODSTANDING_REQUIRE names chrome; known: all, shared, server, chromium, spark, root"
        in result.stderr
    )
