"""The same key twice in one file: said again, or contradicted.

A file has no order that means anything, so of rows that say different things under one key none is known to
be the right one: the first is taken and every other one is reported, with a note. What says the same again,
be it in another spelling (`intake.keys`), is found already there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goodstanding.intake.keys import folded_key

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
    _spelt_otherwise(con, rows, columns, table)
    found = con.execute(
        f"SELECT count(*) FILTER (NOT conflicting), count(*) FILTER (conflicting) FROM {table}"
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _spelt_otherwise(con: duckdb.DuckDBPyConnection, rows: str, columns: Sequence[str], table: str) -> None:
    """Clear the rows that differ from the first of their key in spelling alone: few, so one by one."""
    texts = ", ".join(f"CAST({{0}}.{one} AS VARCHAR)" for one in columns)
    pairs = con.execute(
        f"""
        SELECT a.row, [{texts.format("r")}], [{texts.format("first")}]
        FROM {table} a JOIN {rows} r ON r.row = a.row JOIN {rows} first ON first.source_key = a.source_key
        WHERE a.conflicting AND first.row NOT IN (SELECT row FROM {table})
        """
    ).fetchall()
    same = [row for row, one, other in pairs if _folded(one) == _folded(other)]
    if same:
        con.execute(f"UPDATE {table} SET conflicting = false WHERE row IN (SELECT unnest(?))", [same])


def _folded(cells: list[str | None]) -> list[str | None]:
    return [None if one is None else folded_key(one) for one in cells]
