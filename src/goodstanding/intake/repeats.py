"""The same key twice in one file: said again, or contradicted.

A file has no order that means anything, so of rows that say different things under one key none is known to
be the right one: the first is taken and every other one is reported, with a note. What says the same again
is found already there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def set_aside(
    con: duckdb.DuckDBPyConnection, rows: str, columns: Sequence[str], table: str
) -> tuple[int, int]:
    """Make `table` (row BIGINT, source_key VARCHAR, conflicting BOOLEAN) of the rows after the first of each key.

    Args:
        con: the connection.
        rows: relation of the rows that are right by themselves, with `row`, `source_key` and `columns`.
        columns: what two rows of one key must agree in.
        table: quoted name of the table to make.

    Returns:
        Rows repeated, rows in conflict.
    """
    con.execute(f"CREATE TABLE {table} (row BIGINT, source_key VARCHAR, conflicting BOOLEAN)")
    # A hash of eight bytes groups much faster than the keys. Two keys may share one: keys decide below.
    twice = (
        f"SELECT found FROM (SELECT hash(source_key) AS found FROM {rows}) GROUP BY found HAVING count(*) > 1"
    )
    if con.execute(f"SELECT 1 FROM ({twice}) LIMIT 1").fetchone() is None:
        return 0, 0
    said = "{" + ", ".join(f"'{one}': {one}" for one in columns) + "}"
    con.execute(
        f"""
        INSERT INTO {table}
        SELECT row, source_key, said IS DISTINCT FROM first
        FROM (
            SELECT row, source_key, said, first(said) OVER same AS first, row_number() OVER same AS place
            FROM (SELECT row, source_key, {said} AS said FROM {rows} WHERE hash(source_key) IN ({twice}))
            WINDOW same AS (PARTITION BY source_key ORDER BY row)
        )
        WHERE place > 1
        """
    )
    found = con.execute(
        f"SELECT count(*) FILTER (NOT conflicting), count(*) FILTER (conflicting) FROM {table}"
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)
