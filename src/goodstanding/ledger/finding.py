"""What a check of the ledger finds, and how it asks the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be: a stable code, what it is about, in words."""

    code: str
    about: str
    what: str


def rows_of(query: str) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
