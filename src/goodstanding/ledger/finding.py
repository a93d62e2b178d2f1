"""What a check of the ledger finds, and how it asks the database."""

from __future__ import annotations

from collections.abc import Iterator
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


SHOWN = 20
"""How many rows of one kind are told: whoever sees twenty knows enough to look."""


def findings_of(code: str, kind: str, what: str, query: str) -> Iterator[Finding]:
    """The same finding for each row of a query of one column, which names a thing of a kind; the first twenty."""
    for (one,) in rows_of(f"{query} LIMIT {SHOWN}"):
        yield Finding(code, f"{kind} {one}", what)
