"""Where a run keeps its tables: what the stages ask of an engine's database, and DuckDB's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from goodstanding.core.errors import Refusal

from .around import closure
from .emit import emit
from .matching import day, quoted


def literal(value: object) -> str:
    """A value of a small table as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return day(value)
    return quoted(value) if isinstance(value, str) else str(value)


def unread(parts: Sequence[Path], why: str) -> Refusal:
    """The refusal of parts that cannot be read, GS-RULES-027."""
    return Refusal(
        "GS-RULES-027",
        "a part of the extract cannot be read",
        where=", ".join(str(one) for one in parts[:3]),
        why=why,
        remedy="name Parquet files of the documented columns",
    )


class Store(Protocol):
    """What the stages of a run ask of a database; queries are those of the plan.

    `quick` says whether a question costs little; where it does not, the plan takes the most general shape
    instead of asking what can be left out.
    """

    quick: bool

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query."""

    def view(self, name: str, query: str) -> None:
        """Name a query, to be asked when it is read."""

    def append(self, name: str, query: str) -> None:
        """Keep the result of a query beside what the table holds already."""

    def drop(self, kind: str, name: str) -> None:
        """Forget a TABLE or VIEW."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of a query."""

    def small(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A small table of these columns (name and type) and rows."""

    def closure(self, kinds: tuple[str, ...], root: int | None) -> str:
        """A query of the groups that ties of these kinds make (see `around.closure`), from the table `tied`."""

    def files(self, parts: Sequence[Path]) -> str:
        """Parquet parts as a relation."""

    def columns(self, parts: Sequence[Path]) -> dict[str, str]:
        """Names and types of the columns of the parts. Refusal GS-RULES-027 if they cannot be read."""

    def stated(self, parts: Sequence[Path]) -> frozenset[str]:
        """Columns of which every part's own statistics say that no row lacks them."""


class DuckDBStore:
    """The tables of a DuckDB connection."""

    quick = True

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self.db = db

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query."""
        self.db.execute(f"CREATE TEMP TABLE {name} AS {emit(query)}")

    def view(self, name: str, query: str) -> None:
        """Name a query, to be asked when it is read."""
        self.db.execute(f"CREATE TEMP VIEW {name} AS {emit(query)}")

    def append(self, name: str, query: str) -> None:
        """Keep the result of a query beside what the table holds already."""
        self.db.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT * FROM ({emit(query)}) AS q LIMIT 0"
        )
        self.db.execute(f"INSERT INTO {name} {emit(query)}")

    def drop(self, kind: str, name: str) -> None:
        """Forget a TABLE or VIEW."""
        self.db.execute(f"DROP {kind} {name}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of a query."""
        return self.db.execute(emit(query)).fetchall()

    def small(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A small table: literals in one statement are far faster than parameters row by row."""
        self.db.execute(f"CREATE TEMP TABLE {name} ({', '.join(columns)})")
        for start in range(0, len(rows), 1000):
            part = [f"({', '.join(literal(one) for one in row)})" for row in rows[start : start + 1000]]
            self.db.execute(f"INSERT INTO {name} VALUES {', '.join(part)}")

    def closure(self, kinds: tuple[str, ...], root: int | None) -> str:
        """A query of the groups that ties of these kinds make, from the table `tied`."""
        return closure(kinds, root)

    def files(self, parts: Sequence[Path]) -> str:
        """Parquet parts as a relation."""
        names = ", ".join(quoted(str(one)) for one in parts)
        return f"read_parquet([{names}], union_by_name = false)"

    def columns(self, parts: Sequence[Path]) -> dict[str, str]:
        """Names and types of the columns of the parts. Refusal GS-RULES-027 if they cannot be read."""
        try:
            rows = self.db.execute(f"DESCRIBE SELECT * FROM {self.files(parts)}").fetchall()
        except duckdb.Error as error:
            raise unread(parts, str(error).splitlines()[0]) from error
        return {row[0]: row[1] for row in rows}

    def stated(self, parts: Sequence[Path]) -> frozenset[str]:
        """Columns of which every part's own statistics say that no row lacks them."""
        if not parts:
            return frozenset()
        names = ", ".join(quoted(str(one)) for one in parts)
        rows = self.db.execute(
            f"SELECT path_in_schema FROM parquet_metadata([{names}]) GROUP BY path_in_schema "
            "HAVING bool_and(stats_null_count IS NOT NULL) AND sum(stats_null_count) = 0 "
            f"AND count(DISTINCT file_name) = {len(set(parts))}"
        ).fetchall()
        return frozenset(row[0] for row in rows)
