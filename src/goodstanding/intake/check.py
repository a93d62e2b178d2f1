"""Check one file against its contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.intake.batch import CheckedBatch

if TYPE_CHECKING:
    import duckdb

    from goodstanding.catalogue.model import Contract, Item

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1."""


def check_file(
    path: Path,
    contract: Contract,
    catalogue_items: Mapping[str, Item],
    *,
    work: Path,
    con: duckdb.DuckDBPyConnection,
    today: date,
    progress: Progress | None = None,
) -> CheckedBatch:
    """Read, check and type every row of a file; nothing is written but to `work`, which is removed.

    Args:
        path: the file as received: CSV, XLSX, JSON lines or Parquet, plain or gzipped (by content).
        contract: columns, types, mapping, key and refusals of the source.
        catalogue_items: the items that the contract's rows may become, by full path.
        work: a folder that does not exist yet, made with mode 0700 and removed before returning, also on
            error; unpacked or re-encoded text lies there for as long as it is read.
        con: an in-memory connection, best from `intake.workspace`; the batch's tables stay in it until
            `CheckedBatch.drop` or its end.
        today: the civil day in the authority's zone, from the one Clock.
        progress: called now and then.

    Raises:
        Refusal: GS-INTAKE-…, when the file as a whole cannot be read under this contract. A bad row never
            raises: it is in the problems.
    """
    raise NotImplementedError
