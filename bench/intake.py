"""Intake with everything on, against COPY of the same clean rows and against Django's bulk_create.

    python -m bench intake --records 5000000

What is measured, in one run on one server: `take_in` of a generated file (read, checked, typed, hashed,
subjects resolved, compared with the store, extract written, loaded); COPY of the rows that came out into the
same tables with their indexes, the statement checks switched off; COPY of them into tables without any
index; Django's bulk_create of 200,000 of them into the same tables. Ratios, no absolute bar.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from goodstanding.catalogue.loading import load_packs
from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.generator import generate_flat
from goodstanding.postgres import Lease, Role, open_cluster, remove_cluster, scratch_database
from goodstanding.site.databases import use_server

_BULK = 200_000
_TABLES = ("ledger_record", "ledger_content")
_CLOCK = Clock(date(2026, 3, 2))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _copy_in(lease: Lease, table: str, path: Path, columns: str) -> None:
    with psycopg.connect(lease.admin_dsn()) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
            sql.Identifier(table), sql.SQL(columns)
        )
        with path.open("rb") as source, cursor.copy(statement) as copy:
            while chunk := source.read(1 << 20):
                copy.write(chunk)


def _copy_out(lease: Lease, table: str, path: Path) -> str:
    with psycopg.connect(lease.admin_dsn()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            (table,),
        )
        row = cursor.fetchone()
        columns = str(row[0]) if row else ""
        query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT csv)").format(
            sql.SQL(columns), sql.Identifier(table)
        )
        with path.open("wb") as target, cursor.copy(query) as copy:
            for block in copy:
                target.write(block)
    return columns


def _bare(lease: Lease) -> None:
    with psycopg.connect(lease.admin_dsn()) as connection:
        for table in _TABLES:
            connection.execute(
                sql.SQL("CREATE TABLE {} (LIKE {})").format(
                    sql.Identifier("bare_" + table), sql.Identifier(table)
                )
            )


def _bulk_create() -> float:
    from goodstanding.ledger.models import Content, Event, Record
    from goodstanding.ledger.writing import writing

    rows = list(Content.objects.select_related("record").order_by("record_id")[:_BULK])
    with writing(Event.Kind.INTAKE, actor="bench", clock=_CLOCK) as event:
        first = event.pk << 32
        records, contents = [], []
        for number, one in enumerate(rows, 2):
            old = one.record
            records.append(
                Record(
                    id=first + number,
                    source_id=old.source_id,
                    source_key=uuid4(),
                    revision=1,
                    leaf=bytes(old.leaf),
                )
            )
            one.record_id = first + number
            contents.append(one)

        def act() -> None:
            Record.objects.bulk_create(records, batch_size=2_000)
            Content.objects.bulk_create(contents, batch_size=2_000)

        return _timed(act) / len(rows)


def measure(folder: Path, records: int) -> dict[str, Any]:
    """Run everything below `folder` and return seconds and ratios."""
    home = Home.open(folder / "home")
    files = generate_flat(
        folder / "files",
        records=records,
        organisations=max(records // 10, 10),
        seed=7,
        contract="cn/tax-matters",
    )
    catalogue = load_packs(["cn"])
    with open_cluster(home.path) as lease, scratch_database(lease) as floor:
        use_server(lease, Role.APP)
        os.environ["DJANGO_SETTINGS_MODULE"] = "goodstanding.site.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", database="owner", verbosity=0)
        from goodstanding.ledger.taking_in import take_in

        def load(path: Path, source: str) -> None:
            report = take_in(
                path, catalogue.contract(source), catalogue, home=home, clock=_CLOCK, actor="bench"
            )
            if report.loaded != report.rows:
                raise SystemExit(f"{source}: only {report.loaded} of {report.rows} rows loaded")

        load(files.register, "cn/registration")
        ours = _timed(lambda: load(files.records, files.contract))
        bulk = _bulk_create()
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as admin:
            admin.execute("CHECKPOINT")
        out = {table: folder / f"{table}.csv" for table in _TABLES}
        columns = {table: _copy_out(lease, table, path) for table, path in out.items()}
        connections.close_all()
        use_server(floor, Role.APP)
        connections.settings.update(connections.configure_settings(_databases()))
        for alias in list(connections.settings):
            connections[alias].close()
            del connections[alias]
        call_command("migrate", database="owner", verbosity=0)
        connections.close_all()
        copied = records + min(records, _BULK)

        def copy_all(prefix: str = "") -> None:
            for table, path in out.items():
                _copy_in(floor, prefix + table, path, columns[table])

        indexed = _timed(copy_all)
        _bare(floor)
        bare = _timed(lambda: copy_all("bare_"))
    remove_cluster(home.path)
    per_row = ours / records
    return {
        "records": records,
        "intake_seconds": round(ours, 1),
        "copy_with_indexes_seconds": round(indexed * records / copied, 1),
        "copy_bare_seconds": round(bare * records / copied, 1),
        "speed_against_copy_with_indexes": round(indexed / copied / per_row, 3),
        "speed_against_copy_bare": round(bare / copied / per_row, 3),
        "speed_against_bulk_create": round(bulk / per_row, 2),
    }


def _databases() -> dict[str, dict[str, Any]]:
    from goodstanding.site.databases import databases_from_environment

    return databases_from_environment(os.environ)
