"""Statements written by hand for pages that are opened all day: one round trip, planned once for each connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.models import DateField, Model, UUIDField
from psycopg import Cursor
from psycopg.rows import TupleRow

_M = TypeVar("_M", bound=Model)
_READ: dict[type, Callable[[str], object]] = {DateField: date.fromisoformat, UUIDField: UUID}


def row_of(statement: str, values: Mapping[str, object]) -> TupleRow | None:
    """The one row of a statement that only reads, or none.

    The server keeps the statement's plan under a name, as Django's own cursors never ask it to. A column of type
    `json` comes as lists; days and ids in it are text, which `made` reads. A connection that was lost since the
    last request is found by the statement itself, and opened again: Django would ask the server first, each time.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]  # Django's types do not know of its checks
    unasked = not database.health_check_done and not database.in_atomic_block
    try:
        row = _asked(database, statement, values)
    except OperationalError:
        if not unasked or database.is_usable():
            raise
        database.close()
        row = _asked(database, statement, values)
    database.health_check_done = True
    return row


def _asked(database: Any, statement: str, values: Mapping[str, object]) -> TupleRow | None:
    database.ensure_connection()
    with database.wrap_database_errors, Cursor(database.connection) as cursor:
        row: TupleRow | None = cursor.execute(statement.encode(), values, prepare=True).fetchone()
        return row


def made(model: type[_M], names: tuple[str, ...], rows: Iterable[Sequence[Any]] | None) -> list[_M]:
    """Rows of some columns as the model's instances; what was not read is read when it is asked for."""
    written = _written_as_text(model, names)
    found = []
    for row in rows or ():
        values = list(row)
        for place, read in written:
            if isinstance(values[place], str):
                values[place] = read(values[place])
        found.append(model.from_db(DEFAULT_DB_ALIAS, names, values))
    return found


@cache
def _written_as_text(
    model: type[Model], names: tuple[str, ...]
) -> tuple[tuple[int, Callable[[str], object]], ...]:
    """The places of a model's days and ids among some of its columns, and how each is read."""
    kinds = {one.attname: type(one) for one in model._meta.concrete_fields}
    return tuple((place, _READ[kinds[name]]) for place, name in enumerate(names) if kinds[name] in _READ)


def fields(model: type[Model], names: str) -> tuple[str, ...]:
    """Some columns of a model, named with blanks between, in the order in which `made` must get them."""
    wanted = set(names.split())
    found = tuple(one.attname for one in model._meta.concrete_fields if one.attname in wanted)
    if len(found) != len(wanted):
        raise LookupError(f"{model.__name__} has not all of {names}")
    return found


def columns(names: tuple[str, ...], table: str) -> str:
    """Columns of a table, as a statement lists them."""
    return ", ".join(f'{table}."{name}"' for name in names)
