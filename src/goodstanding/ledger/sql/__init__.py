"""SQL of the ledger that Django does not write, and how a migration runs it."""

from __future__ import annotations

from pathlib import Path


def statements(name: str) -> str:
    """The text of one of the files beside this one, for `migrations.RunSQL`."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
