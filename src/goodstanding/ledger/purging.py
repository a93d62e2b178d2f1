"""Remove what an erasure left in storage: old parts, problem files, dead rows, the write-ahead log.

A row that was deleted stays readable on the database's pages, in its statistics and in its log until those
are rewritten. So the partitions that held the content are rewritten, the statistics too, and the log is cut
off at a checkpoint. That needs the right to do so: on the embedded server we have it; on a server of yours
an administrator does it, and until then the erasure is shown as not yet purged.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import transaction
from psycopg import sql

from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.intake import sweep
from goodstanding.ledger.models import Erasure, Event, Part, Purge
from goodstanding.ledger.parts import sweep_orphans
from goodstanding.ledger.writing import one_at_a_time, writing

_PARTITIONS = 16
# What rests on records: lines and assessments of the subject went in the erasure's own transaction.
_DERIVED = ("standing_assessment", "standing_assessmentline")
# Texts, drafts and documents of cases; they are large, and only some erasures reach any.
_CASES = ("procedures_step", "office_draft", "office_upload")


@dataclass(frozen=True)
class PurgeReport:
    """What was removed for the erasures that had traces left."""

    erasures: int
    parts_removed: int
    problem_files_removed: int
    partitions_rewritten: int
    log_cut: bool


def pending() -> list[Event]:
    """Erasures whose traces in storage are not yet gone, oldest first."""
    return list(
        Event.objects.filter(kind=Event.Kind.ERASURE, purged__isnull=True).order_by("position__number")
    )


def purge(home: Home, *, admin_dsn: str, clock: Clock, actor: str) -> PurgeReport:
    """Remove the traces of all pending erasures; safe to repeat, and to be killed at any point."""
    events = pending()
    if not events:
        return PurgeReport(0, 0, 0, 0, True)
    records = list(Erasure.objects.filter(event__in=events).values_list("record_id", flat=True))
    with transaction.atomic():
        one_at_a_time()
        sweep_orphans(home)
    sweep(home.work)
    parts = _remove_replaced_parts(home)
    problems = _remove_problem_files(home)
    partitions, cut = _rewrite_pages(admin_dsn, records)
    if cut:
        for event in events:
            with writing(Event.Kind.PURGE, actor=actor, clock=clock) as done:
                Purge.objects.create(erasure_event=event, event=done)
    return PurgeReport(len(events), parts, problems, partitions, cut)


def _remove_replaced_parts(home: Home) -> int:
    removed = 0
    for path in Part.objects.filter(replaced_by__isnull=False).values_list("path", flat=True):
        old = home.extract / path
        if old.exists():
            old.unlink()
            removed += 1
    return removed


def _remove_problem_files(home: Home) -> int:
    """Problem files repeat rows as they were received and are only an aid: all of them go."""
    removed = 0
    for path in sorted(home.problems.iterdir()):
        overwrite(path)
        path.unlink()
        removed += 1
    return removed


def overwrite(path: Path) -> None:
    """Write zeros over a file before it is removed, so that its bytes do not stay on the disk."""
    with path.open("r+b") as target:
        target.write(b"\0" * path.stat().st_size)
        target.flush()
        os.fsync(target.fileno())


def _rewrite_pages(admin_dsn: str, records: list[int]) -> tuple[int, bool]:
    with psycopg.connect(admin_dsn, autocommit=True) as admin:
        held = admin.execute(
            "SELECT DISTINCT part FROM unnest(%s::bigint[]) AS gone(id), generate_series(0, %s) AS part"
            " WHERE satisfies_hash_partition('ledger_content'::regclass, %s, part, gone.id) ORDER BY part",
            (records, _PARTITIONS - 1, _PARTITIONS),
        ).fetchall()
        for (part,) in held:
            admin.execute(
                sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier(f"ledger_content_{part}"))
            )
        reached = admin.execute(
            "SELECT EXISTS (SELECT FROM ledger_event e JOIN procedures_forgotten f ON f.event_id = e.id"
            " WHERE e.kind = 'erasure' AND NOT EXISTS (SELECT FROM ledger_purge p WHERE p.erasure_event_id = e.id))"
        ).fetchone()
        for table in (*_DERIVED, *(_CASES if reached and reached[0] else ())):
            admin.execute(sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier(table)))
        try:
            admin.execute("VACUUM (FULL) pg_catalog.pg_statistic")
            admin.execute("SELECT pg_switch_wal()")
            admin.execute("CHECKPOINT")
        except psycopg.errors.InsufficientPrivilege:
            return len(held), False
    return len(held), True
