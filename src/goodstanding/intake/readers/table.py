"""Rows from Python into DuckDB, in batches of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

ROWS = 50_000
"""Rows of one batch: some tens of megabytes at most."""


class RawTable:
    """A DuckDB table of cells (row BIGINT, c0 … VARCHAR) and one of broken rows, filled in batches."""

    def __init__(self, con: duckdb.DuckDBPyConnection, prefix: str, width: int) -> None:
        self.con = con
        self.name = f'"{prefix}_raw"'
        self.broken = f'"{prefix}_broken"'
        self.width = width
        self._numbers: list[int] = []
        self._rows: list[Sequence[str | None]] = []
        self._broken: list[tuple[int, str, bool]] = []
        self.any_broken = False
        columns = ", ".join(["row BIGINT", *(f"c{i} VARCHAR" for i in range(width))])
        con.execute(f"CREATE TABLE {self.name} ({columns})")
        con.execute(f"CREATE TABLE {self.broken} (row BIGINT, rule VARCHAR, personal BOOLEAN)")

    def add(self, row: int, cells: Sequence[str | None]) -> None:
        """One row with `width` cells; an empty text counts as no value."""
        self._numbers.append(row)
        self._rows.append(cells)
        if len(self._rows) >= ROWS:
            self.flush()

    def add_broken(self, row: int, rule: str, personal: bool) -> None:
        """A row that could not be cut into cells; its text is not kept."""
        self.any_broken = True
        self._broken.append((row, rule, personal))
        if len(self._broken) >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._rows:
            columns: Iterable[Sequence[str | None]] = zip(*self._rows, strict=True)
            arrays = [pa.array(self._numbers, pa.int64()), *(pa.array(one, pa.string()) for one in columns)]
            self._insert(
                self.name, arrays, ["row", *(f"nullif(c{i}, '') AS c{i}" for i in range(self.width))]
            )
            self._numbers, self._rows = [], []
        if self._broken:
            rows, rules, personal = zip(*self._broken, strict=True)
            arrays = [
                pa.array(rows, pa.int64()),
                pa.array(rules, pa.string()),
                pa.array(personal, pa.bool_()),
            ]
            self._insert(self.broken, arrays, ["row", "c0", "c1"])
            self._broken = []

    def _insert(self, table: str, arrays: list[pa.Array], select: list[str]) -> None:
        names = ["row", *(f"c{i}" for i in range(len(arrays) - 1))]
        batch = pa.table(arrays, names=names)
        self.con.register("intake_batch", batch)
        self.con.execute(f"INSERT INTO {table} SELECT {', '.join(select)} FROM intake_batch")
        self.con.unregister("intake_batch")
