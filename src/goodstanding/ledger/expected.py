"""How this version of Goodstanding defines the database: its migrations, run beside the real tables and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, transaction
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor

from goodstanding.ledger.definitions import Named, definitions
from goodstanding.ledger.writing import OPERATOR

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

Expected = dict[Named, frozenset[str]]
"""What is defined → the ways in which the server may write it down."""

_ROLES_ARE_MADE = 7193281104  # the lock under which a starting command changes the schema's privileges
_known: dict[tuple[object, ...], Expected] = {}


def expected() -> Expected:
    """What all migrations make on this server, for this owner; worked out once in a process.

    In one transaction the schema is renamed, made anew, migrated, read, and everything is rolled back: others never
    see it, and no right is needed that the owner of the database has not. It costs the time of a first start.
    """
    owner = connections[OPERATOR]
    with transaction.atomic(using=OPERATOR), owner.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num'), current_user")
        key = tuple(cursor.fetchone())
        if key not in _known:
            try:
                _known[key] = _made_anew(owner, cursor)
            finally:
                transaction.set_rollback(True, using=OPERATOR)
        return _known[key]


def _made_anew(owner: BaseDatabaseWrapper, cursor: CursorWrapper) -> Expected:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ROLES_ARE_MADE])
    cursor.execute("ALTER SCHEMA public RENAME TO goodstanding_held")
    cursor.execute("CREATE SCHEMA public")
    executor = MigrationExecutor(owner)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _ in plan:
        # What changes rows has nothing to change here, and might reach for the real ones.
        vars(migration)["operations"] = [
            one for one in migration.operations if not isinstance(one, RunPython)
        ]
    executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    found = definitions(cursor)
    return {named: frozenset({how, *_again(named, how, cursor)}) for named, how in found.items()}


def _again(named: Named, how: str, cursor: CursorWrapper) -> set[str]:
    """How the server writes a condition down that it reads from its own writing: as in a restored copy.

    PostgreSQL moves casts about when it reads what it wrote.
    """
    if named.kind != "constraint" or not how.startswith("CHECK"):
        return set()
    table, _ = named.name.split(".", 1)
    quoted = '"' + table.replace('"', '""') + '"'
    ways: set[str] = set()
    for _ in range(2):
        cursor.execute(f"ALTER TABLE {quoted} ADD CONSTRAINT goodstanding_again {how}")
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'goodstanding_again'"
            " AND conrelid = %s::regclass",
            [quoted],
        )
        how = str(cursor.fetchone()[0])
        cursor.execute(f"ALTER TABLE {quoted} DROP CONSTRAINT goodstanding_again")
        if how in ways:
            break
        ways.add(how)
    return ways
