"""The borders between the rooms hold, and a step over one is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _lint(project: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that a fault can be planted in it."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        ROOT / "src/goodstanding", copy / "src/goodstanding", ignore=shutil.ignore_patterns("packs", "*.pyc")
    )
    return copy


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("core", "import goodstanding.catalogue", "A room imports only the rooms below it"),
        ("rules", "import goodstanding.ledger", "A room imports only the rooms below it"),
        ("rules", "import django", "What a researcher imports alone"),
        ("intake", "import psycopg", "What a researcher imports alone"),
        ("intake", "import goodstanding.postgres", "Rules and intake work without a server"),
        ("postgres", "import django", "The supervisor of PostgreSQL does not know Django"),
        ("procedures", "import goodstanding.measures", "A room imports only the rooms below it"),
        ("portal", "import goodstanding.generator", "Only the command line imports the generator"),
        ("portal", "import goodstanding.office", "A room imports only the rooms below it"),
        ("generator", "import goodstanding.proof", "The generator knows only core and catalogue"),
    ],
)
def test_a_step_over_a_border_is_seen(house: Path, room: str, line: str, contract: str) -> None:
    planted = house / "src/goodstanding" / room / "planted.py"
    planted.write_text(f"{line}\n", encoding="utf-8")
    try:
        result = _lint(house)
    finally:
        planted.unlink()
    assert result.returncode == 1, result.stdout
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), result.stdout


def test_a_room_without_a_place_is_seen(house: Path) -> None:
    room = house / "src/goodstanding/helpers"
    room.mkdir()
    (room / "__init__.py").touch()
    try:
        result = _lint(house)
    finally:
        shutil.rmtree(room)
    assert result.returncode == 1, result.stdout


def test_the_house_as_it_stands_keeps_its_borders(house: Path) -> None:
    result = _lint(house)
    assert result.returncode == 0, result.stdout
