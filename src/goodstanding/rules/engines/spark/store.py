"""The tables of a run in a Spark session: temporary views, and folders of Parquet for what is read again.

What is read again is written out and not cached: it survives the loss of a worker, takes no memory, and keeps
the plans short (a cached table brings its whole plan into every plan that reads it).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from ..duckdb.emit import emit
from ..duckdb.matching import quoted
from ..duckdb.store import literal, unread

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

AGAIN = ("matches", "absences", "bound_lines", "results", "ranking", "tied", "groups")  # read more than once

# What makes a number beyond its type an error and not another number, and old days the same as in DuckDB.
MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.constraintPropagation.enabled": "false",
}


class SparkStore:
    """The tables of a Spark session of their own: names and settings are seen by no other session."""

    quick = False

    def __init__(self, session: SparkSession, scratch: Path) -> None:
        self.session = session.newSession()
        for name, value in MEANING.items():
            self.session.conf.set(name, value)
        self.scratch = scratch
        self.named: dict[tuple[Path, ...], str] = {}

    def ask(self, query: str) -> DataFrame:
        """A query of the plan as a data frame."""
        return self.session.sql(emit(query, "spark"))

    def table(self, name: str, query: str) -> None:
        """Name a query; what is read again is worked out now."""
        frame = self.ask(query)
        if name in AGAIN:
            frame = self._kept(name, frame)
        frame.createOrReplaceTempView(name)

    def by_subject(self, name: str, query: str) -> None:
        """As `table`."""
        self.table(name, query)

    def _kept(self, name: str, frame: DataFrame) -> DataFrame:
        self.written(name, frame, self.scratch)
        return self.session.read.parquet(str(self.scratch / name))

    def written(self, name: str, frame: DataFrame, folder: Path) -> Path:
        """Write Parquet parts; returns the pattern of their paths."""
        frame.write.mode("overwrite").option("compression", "snappy").parquet(str(folder / name))
        return self.path(name, folder)

    def path(self, name: str, folder: Path) -> Path:
        """The pattern of the paths of the parts of a name below a folder."""
        return folder / name / "*.parquet"

    def view(self, name: str, query: str) -> None:
        """Name a query, to be asked when it is read."""
        self.ask(query).createOrReplaceTempView(name)

    def append(self, name: str, query: str) -> None:
        """As `table`: Spark takes all subjects at once, so that there is nothing before."""
        self.table(name, query)

    def drop(self, kind: str, name: str) -> None:
        """Forget a TABLE or VIEW."""
        self.session.catalog.dropTempView(name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of a query."""
        return [tuple(row) for row in self.ask(query).collect()]

    def small(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A small table as literals, which every worker gets with its task."""
        names = [one.partition(" ")[0] for one in columns]
        types = [f"{name}::{kind} AS {name}" for name, kind in (one.split(" ", 1) for one in columns)]
        if rows:
            parts = ", ".join(f"({', '.join(literal(one) for one in row)})" for row in rows)
            source = f"(VALUES {parts}) AS v({', '.join(names)})"
        else:
            nothing = ", ".join(f"NULL AS {one}" for one in names)
            source = f"(SELECT {nothing} WHERE FALSE) AS v"
        self.table(name, f"SELECT {', '.join(types)} FROM {source}")

    def files(self, parts: Sequence[Path]) -> str:
        """Parquet parts as a relation: a view of them, which every worker must be able to read."""
        key = tuple(parts)
        if key not in self.named:
            self.named[key] = f"parts{len(self.named)}"
            try:
                frame = self.session.read.parquet(*(str(one) for one in parts))
            except (PySparkException, Py4JError) as error:
                raise unread(parts, str(error).splitlines()[0]) from error
            frame.createOrReplaceTempView(self.named[key])
        return self.named[key]

    def held(self, name: str, table: pa.Table) -> str:
        """A table in memory as a relation: a file, which every worker must be able to read."""
        path = self.scratch / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)
        return self.files((path,))

    def columns(self, parts: Sequence[Path]) -> dict[str, str]:
        """Names and types of the columns of the parts. Refusal GS-RULES-027 if they cannot be read."""
        try:
            schema = pq.read_schema(parts[0])
        except (OSError, pa.ArrowInvalid) as error:
            raise unread(parts, str(error).splitlines()[0]) from error
        return {one.name: "VARCHAR" if _is_text(one.type) else str(one.type).upper() for one in schema}

    def closure(self, kinds: tuple[str, ...], root: int | None) -> str:
        """The groups that ties of these kinds make, one step further until nobody is new."""
        among = f"t.kind IN ({', '.join(quoted(one) for one in kinds)})"
        name = "below_" + "_".join(kinds)
        query = f"SELECT DISTINCT t.large AS root, t.small AS member FROM tied AS t WHERE {among}"
        if root is not None:
            query += f" AND t.large = {root}"
        known: list[str] = []
        while True:
            step = f"{name}_{len(known)}"
            frame = self._kept(step, self.ask(query))
            frame.createOrReplaceTempView(step)
            known.append(f"SELECT root, member FROM {step}")
            if frame.isEmpty():
                break
            query = (
                f"SELECT DISTINCT c.root, t.small AS member FROM {step} AS c JOIN tied AS t "
                f"ON t.large = c.member AND {among} ANTI JOIN ({' UNION ALL '.join(known)}) AS k "
                "ON k.root = c.root AND k.member = t.small"
            )
        self.view(name, " UNION ALL ".join(known))
        return (
            f"SELECT root, member FROM {name} UNION SELECT root, root FROM {name} "
            f"UNION SELECT member, member FROM {name}"
        )

    def count(self, pattern: Path) -> int:
        """How many rows were written."""
        return sum(pq.read_metadata(one).num_rows for one in pattern.parent.glob(pattern.name))


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
