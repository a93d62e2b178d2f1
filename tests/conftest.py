"""What every category of tests shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data and the tables of facts that lie beside the project."""
    folder = Path(os.environ.get("GOODSTANDING_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("needs the real data beside the project (GOODSTANDING_SHARED)")
    return folder
