"""Whom a rulebook is about: subjects known by an identifier that its pack deals in.

A restaurant of New York is no taxpayer of China, though both are establishments or enterprises: without this
every rulebook would be run over every organisation of every country in the ledger.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from goodstanding.catalogue.model import Pack
from goodstanding.ledger.shuttle import quoted
from goodstanding.rules import Extract


def schemes_of(pack: Pack) -> tuple[str, ...]:
    """The identifier schemes by which the pack's sources name their subjects."""
    return tuple(sorted({one.subject.scheme for one in pack.contracts}))


def within(extract: Extract, pack: Pack, folder: Path) -> Extract:
    """The extract with the pack's own subjects only; they are written to a file in `folder`."""
    if not extract.subjects:
        return extract
    path = folder / f"subjects-{pack.name}.parquet"
    parts = ", ".join(map(quoted, extract.subjects))
    schemes = ", ".join(f"'{one}'" for one in schemes_of(pack))
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT subject_id, kind, registered_on, division FROM read_parquet([{parts}])"
            f" WHERE scheme IN ({schemes}) ORDER BY subject_id) TO {quoted(path)} (FORMAT parquet)"
        )
    return replace(extract, subjects=(path,))
