"""Whether the database's own guards are what this version of Goodstanding put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db.models import CheckConstraint, UniqueConstraint

from goodstanding.ledger.apps import GuardedConfig
from goodstanding.ledger.finding import Finding, rows_of

_APPEND_ONLY = 2 + 8 + 16 + 32  # pg_trigger.tgtype: before, delete, update, truncate
_ALLOWED = {"goodstanding_app": {"SELECT", "INSERT"}, "goodstanding_reader": {"SELECT"}}


@cache
def guarded() -> tuple[str, ...]:
    """The labels of the apps whose tables have guards: those that name the files of their guards."""
    return tuple(one.label for one in apps.get_app_configs() if isinstance(one, GuardedConfig))


@cache
def _sql() -> str:
    """All guards, in the order of the migrations: a later file may replace a function of an earlier one."""
    rooms = [one for one in apps.get_app_configs() if isinstance(one, GuardedConfig)]
    return "".join(path.read_text(encoding="utf-8") for one in rooms for path in one.guards)


def kept_by_rooms() -> Iterator[Finding]:
    """What the rooms find in rows of theirs that are no part of an event's root."""
    for one in apps.get_app_configs():
        if isinstance(one, GuardedConfig):
            yield from one.findings()


def _theirs(column: str) -> str:
    """SQL: whether a name begins as the tables and functions of a guarded app do."""
    return "(" + " OR ".join(f"{column} LIKE '{label}\\_%'" for label in guarded()) + ")"


def guards() -> Iterator[Finding]:
    """Functions, triggers, constraints and privileges of the ledger's tables and of the rooms that write with it."""
    yield from _functions()
    yield from _triggers()
    yield from _constraints()
    yield from _privileges()


def _functions() -> Iterator[Finding]:
    stored = {
        str(name): str(body)
        for name, body in rows_of(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            f" AND {_theirs('proname')}"
        )
    }
    wanted = dict(
        re.findall(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", _sql(), flags=re.DOTALL)
    )
    for name, body in wanted.items():
        if stored.get(name) != body:
            yield Finding(
                "GS-LEDGER-061", name, "The guard function is missing or is not the one of this version."
            )


def _expected_triggers(tables: set[str]) -> Iterator[tuple[str, str]]:
    for name, table in re.findall(
        r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) (?:BEFORE|AFTER) INSERT ON (\w+)", _sql()
    ):
        yield table, name
    for names in re.findall(r"FOREACH target IN ARRAY ARRAY\[(.*?)\]", _sql(), flags=re.DOTALL):
        for table in re.findall(r"'(\w+)'", names):
            yield table, f"{table}_event"
    for table in tables:
        yield table, f"{table}_append_only"


def _triggers() -> Iterator[Finding]:
    tables = {
        str(row[0])
        for row in rows_of(
            f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND {_theirs('tablename')}"
        )
    }
    stored = {
        (str(table), str(name)): (str(enabled), int(str(kind)))
        for table, name, enabled, kind in rows_of(
            "SELECT tgrelid::regclass::text, tgname, tgenabled, tgtype FROM pg_trigger WHERE NOT tgisinternal"
        )
    }
    for table, name in sorted(set(_expected_triggers(tables))):
        enabled, kind = stored.get((table, name), ("", 0))
        if not enabled:
            yield Finding("GS-LEDGER-062", f"{table}.{name}", "The guard is missing.")
        elif enabled != "O":
            yield Finding("GS-LEDGER-062", f"{table}.{name}", "The guard is switched off.")
        elif name.endswith("_append_only") and kind & _APPEND_ONLY != _APPEND_ONLY:
            yield Finding("GS-LEDGER-062", f"{table}.{name}", "The guard no longer covers every change.")


def _constraints() -> Iterator[Finding]:
    stored = {
        str(row[0])
        for row in rows_of(
            "SELECT conname FROM pg_constraint WHERE convalidated UNION SELECT indexrelid::regclass::text"
            " FROM pg_index WHERE indisunique AND indisvalid"
        )
    }
    models = (model for label in guarded() for model in apps.get_app_config(label).get_models())
    for model in models:
        for one in model._meta.constraints:
            if isinstance(one, CheckConstraint | UniqueConstraint) and one.name not in stored:
                yield Finding(
                    "GS-LEDGER-074", f"{model._meta.db_table}.{one.name}", "The constraint is missing."
                )


def _privileges() -> Iterator[Finding]:
    for table, grantee, privilege in rows_of(
        "SELECT c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type FROM pg_class c"
        " CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        f" AND {_theirs('c.relname')} AND a.grantee <> c.relowner ORDER BY 1, 2, 3"
    ):
        if str(privilege) not in _ALLOWED.get(str(grantee), set()):
            yield Finding("GS-LEDGER-075", f"{table}: {grantee}", f"The role may {privilege} and must not.")
