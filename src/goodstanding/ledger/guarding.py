"""Whether the database is defined as this version of Goodstanding defines it: every guard, column and privilege."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, transaction

from goodstanding.catalogue.loading import Catalogue
from goodstanding.ledger.apps import GuardedConfig
from goodstanding.ledger.definitions import Named, around, definitions
from goodstanding.ledger.expected import expected
from goodstanding.ledger.finding import Finding
from goodstanding.ledger.outside import outside
from goodstanding.ledger.writing import OPERATOR
from goodstanding.postgres import Role


def kept_by_rooms() -> Iterator[Finding]:
    """What the rooms find in rows of theirs that are no part of an event's root."""
    for one in apps.get_app_configs():
        if isinstance(one, GuardedConfig):
            yield from one.findings()


def replayed(catalogue: Catalogue) -> Iterator[Finding]:
    """What is not as the rooms' own rules make it: versions of no pack, cases without a lawful course."""
    for one in apps.get_app_configs():
        if isinstance(one, GuardedConfig):
            yield from one.replayed(catalogue)


def guards() -> Iterator[Finding]:
    """What is defined otherwise than the migrations define it, is missing, or is there beside it.

    Raises:
        Refusal: GS-LEDGER-053 in a process that has no connection of the owner.
    """
    wanted = expected()
    with transaction.atomic(using=OPERATOR), connections[OPERATOR].cursor() as cursor:
        there = definitions(cursor)
        beside = around(cursor, (Role.APP.value, Role.READER.value))
        elsewhere = outside(cursor)
    for named in sorted(wanted.keys() | there.keys()):
        what = _what(wanted.get(named), there.get(named))
        if what:
            yield _finding(named, what)
    for about, what in beside:
        yield Finding("GS-LEDGER-075", about, what)
    for about, what in elsewhere:
        yield Finding("GS-LEDGER-108", about, f"It stands outside the schema of this version. {what}")


def _finding(named: Named, what: str) -> Finding:
    if named.kind in ("function", "operator"):
        return Finding("GS-LEDGER-061", named.name, f"The function {what}")
    if named.kind == "trigger":
        return Finding("GS-LEDGER-062", named.name, f"The guard {what}")
    if named.kind in ("constraint", "unique index"):
        return Finding("GS-LEDGER-074", named.name, f"The constraint {what}")
    if named.kind == "privilege":
        return Finding("GS-LEDGER-075", named.name, f"The privilege {what}")
    return Finding("GS-LEDGER-078", named.name, f"The table, or a column, rule or policy of it, {what}")


def _what(wanted: frozenset[str] | None, there: str | None) -> str:
    if wanted is None:
        return "is none of this version."
    if there is None:
        return "is missing."
    if there in wanted:
        return ""
    return "is switched off." if "switched off" in there else "is not defined as in this version."
