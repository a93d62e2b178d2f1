"""Parquet parts of the extract: written and synced first, registered in the event's own transaction."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from goodstanding.core.home import Home
from goodstanding.ledger.models import Event, Part
from goodstanding.ledger.shuttle import quoted

_CHUNK = 1 << 20
ROW_GROUP = 10_240
"""Rows in one row group: reading everyone costs little more than with large ones, and one subject a tenth."""
FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy"
"""Delta encodings make numbers and days smaller than a stronger compression does, and are read in half the time."""


@dataclass(frozen=True)
class WrittenPart:
    """A part on disk that no reader sees yet."""

    kind: Part.Kind
    access: int
    path: str
    digest: str
    rows: int


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_part(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    query: str,
    *,
    event_id: int,
    name: str,
    kind: Part.Kind,
    access: int = 0,
) -> WrittenPart | None:
    """Write the rows of a DuckDB query as a part and sync it; None (and no file) if there are no rows."""
    folder = home.extract / str(event_id)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.parquet"
    options = f"{FORMAT}, ROW_GROUP_SIZE {ROW_GROUP}"
    row = con.execute(f"COPY ({query}) TO {quoted(path)} ({options})").fetchone()
    rows = int(row[0]) if row else 0
    if not rows:
        path.unlink()
        return None
    _sync(path)
    _sync(folder)
    return WrittenPart(kind, access, f"{event_id}/{path.name}", file_digest(path), rows)


def register_part(part: WrittenPart | None, event: Event) -> None:
    """Make a written part visible with the event's commit."""
    if part is not None:
        Part.objects.create(
            kind=part.kind,
            access=part.access,
            path=part.path,
            digest=part.digest,
            rows=part.rows,
            event=event,
            written_by=event,
        )


def sweep_orphans(home: Home) -> int:
    """Remove files below the extract that no event registered; returns how many.

    Only for a writer that holds the writers' lock: otherwise a part that is just being written would go.
    """
    registered = set(Part.objects.values_list("path", flat=True))
    swept = 0
    for folder in home.extract.iterdir():
        for path in folder.iterdir():
            if f"{folder.name}/{path.name}" not in registered:
                path.unlink()
                swept += 1
        if not any(folder.iterdir()):
            shutil.rmtree(folder)
    return swept


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
