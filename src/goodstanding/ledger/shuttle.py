"""Sets of rows between DuckDB, where they are worked out, and PostgreSQL, where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
from psycopg import Cursor, sql

_CHUNK = 1 << 20


def quoted(text: str | Path) -> str:
    """A text or a path as a string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def escaped(text_sql: str) -> str:
    """DuckDB expression: any text, as `write_text` needs it."""
    made = escaped_json(text_sql)
    for code, letter in ((9, "t"), (10, "n"), (13, "r")):
        made = f"replace({made}, chr({code}), '\\{letter}')"
    return made


def escaped_json(text_sql: str) -> str:
    """DuckDB expression: a JSON text, as `write_text` needs it: of what must be escaped it holds backslashes only."""
    return f"replace({text_sql}, '\\', '\\\\')"


class Shuttle:
    """Carries rows through files of a private folder; both directions are bulk COPY."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, cursor: Cursor[tuple[object, ...]], work: Path
    ) -> None:
        self.con = con
        self.cursor = cursor
        self.work = work
        self._count = 0

    def _file(self) -> Path:
        self._count += 1
        return self.work / f"shuttle-{self._count}.csv"

    def write_csv(self, query: str, con: duckdb.DuckDBPyConnection | None = None) -> Path:
        """Write the rows of a DuckDB query to a file that `copy_file` understands."""
        path = self._file()
        (con or self.con).execute(
            f"COPY ({query}) TO {quoted(path)} (FORMAT csv, HEADER false, NULLSTR '', QUOTE '\"', ESCAPE '\"')"
        )
        return path

    def write_text(self, query: str, con: duckdb.DuckDBPyConnection) -> Path:
        """The same in PostgreSQL's text format, which both sides handle faster.

        Nothing is quoted: a column that may hold a backslash, a tab or the end of a line needs `escaped`.
        """
        path = self._file()
        con.execute(
            f"COPY ({query}) TO {quoted(path)} (FORMAT csv, HEADER false, NULLSTR '\\N', QUOTE '', ESCAPE '',"
            " DELIMITER '\t')"
        )
        return path

    def copy_file(self, path: Path, table: str, columns: Sequence[str], form: str = "csv") -> None:
        """Load a file made by `write_csv` (or `write_text`, form "text") into a PostgreSQL table; remove it."""
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT {})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(form)
        )
        with path.open("rb") as source, self.cursor.copy(statement) as copy:
            while chunk := source.read(_CHUNK):
                copy.write(chunk)
        path.unlink()

    def push(self, query: str, table: str, columns: Sequence[str]) -> None:
        """Load the rows of a DuckDB query into a PostgreSQL table."""
        self.copy_file(self.write_csv(query), table, columns)

    def push_temporary(self, query: str, table: str, columns: dict[str, str]) -> None:
        """Load the rows of a DuckDB query into a temporary PostgreSQL table that ends with the transaction."""
        fields = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in columns.items()
        )
        self.cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(sql.Identifier(table), fields)
        )
        self.push(query, table, list(columns))
        self.cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))

    def pull(self, query: str, table: str, columns: dict[str, str]) -> None:
        """Make a DuckDB table of the rows of a PostgreSQL query; `columns` gives DuckDB types."""
        path = self._file()
        with (
            path.open("wb") as target,
            self.cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(sql.SQL(query))) as copy,
        ):
            for block in copy:
                target.write(block)
        described = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        self.con.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_csv({quoted(path)}, header = false, "
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {{{described}}})"
        )
        path.unlink()
