"""COPY in and out, in large pieces: nothing is parsed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

PIECE = 1 << 20  # bytes


def copy_csv(
    cursor: psycopg.Cursor[Any],
    table: str | sql.Composable,
    columns: Sequence[str],
    source: Path | Iterable[bytes],
    *,
    header: bool = False,
) -> int:
    """Stream CSV (UTF-8, comma, doubled quotes, empty unquoted is NULL) into a table.

    Args:
        cursor: a cursor of a role that may INSERT.
        table: a table's name, or a composed one with its schema.
        columns: the columns, in the order of the file's.
        source: a file, or pieces of bytes that need not end at a row's end.
        header: whether the first line is a header and skipped.
    Returns:
        the number of rows copied.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER {})").format(
        _name(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL("true" if header else "false")
    )
    with cursor.copy(statement) as copy:
        for piece in _pieces(source):
            copy.write(piece)
    return cursor.rowcount


def copy_out(
    cursor: psycopg.Cursor[Any],
    query: sql.Composable,
    target: BinaryIO,
    *,
    header: bool = False,
) -> int:
    """Stream the rows of a query as CSV into an open binary file.

    Returns:
        the number of rows copied.
    """
    statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER {})").format(
        query, sql.SQL("true" if header else "false")
    )
    with cursor.copy(statement) as copy:
        for piece in copy:
            target.write(piece)
    return cursor.rowcount


def _pieces(source: Path | Iterable[bytes]) -> Iterator[bytes]:
    if not isinstance(source, Path):
        yield from source
        return
    with source.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _name(table: str | sql.Composable) -> sql.Composable:
    return sql.Identifier(table) if isinstance(table, str) else table
