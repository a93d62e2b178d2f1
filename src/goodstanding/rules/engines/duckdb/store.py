"""Where a run keeps its tables: what the stages ask of an engine's database, and DuckDB's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from goodstanding.core.errors import Refusal

from .around import closure
from .emit import emit
from .matching import day, quoted

GROUP = 96  # bytes of one subject's sums
SPARSE = 4  # numbers for each subject that an array is still worth
UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


def memory(db: duckdb.DuckDBPyConnection) -> int:
    """DuckDB's memory limit, in bytes."""
    number, unit = str(db.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]).split()
    return int(number.partition(".")[0]) * UNITS[unit]


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

    def by_subject(self, name: str, query: str) -> None:
        """As `table`, of a query that groups by the subjects of the table `subjects`."""

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

    def held(self, name: str, table: pa.Table) -> str:
        """A table in memory as a relation."""

    def columns(self, parts: Sequence[Path]) -> dict[str, str]:
        """Names and types of the columns of the parts. Refusal GS-RULES-027 if they cannot be read."""


class DuckDBStore:
    """The tables of a DuckDB connection."""

    quick = True

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self.db = db

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query."""
        self.db.execute(f"CREATE TEMP TABLE {name} AS {emit(query)}")

    def by_subject(self, name: str, query: str) -> None:
        """As `table`; into an array instead of a hash table where subjects are numbered densely enough.

        DuckDB does not count the array among the memory that it may use, so that it is kept small beside that.
        """
        many, span, threads = self.rows(
            "SELECT count(*), coalesce(max(subject_id) - min(subject_id), 0), current_setting('threads') FROM subjects"
        )[0]
        bits = (span + 2).bit_length()
        if span >= SPARSE * many or threads * (GROUP << bits) > memory(self.db) // 8:
            self.table(name, query)
            return
        self.db.execute(f"SET perfect_ht_threshold = {max(12, bits)}")
        self.table(name, query)
        self.db.execute("RESET perfect_ht_threshold")

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

    def held(self, name: str, table: pa.Table) -> str:
        """A table in memory as a relation."""
        self.db.register(name, table)
        return name

    def columns(self, parts: Sequence[Path]) -> dict[str, str]:
        """Names and types of the columns of the parts. Refusal GS-RULES-027 if they cannot be read."""
        try:
            rows = self.db.execute(f"DESCRIBE SELECT * FROM {self.files(parts)}").fetchall()
        except duckdb.Error as error:
            raise unread(parts, str(error).splitlines()[0]) from error
        return {row[0]: row[1] for row in rows}
