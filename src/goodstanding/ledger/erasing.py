"""Erase the content of a record, and everything that was derived from it.

The operator demands it, in an event of its own: the role that serves pages can erase nothing of itself. Then two
steps. In one transaction the content goes, parts of the extract are written again without the row, and
what other rooms derived goes too: from the commit on nobody can read it. Then the traces in storage go
(`ledger.purging`): the old parts, problem files, dead rows on the database's pages, its write-ahead log. The
second step can be repeated; an erasure whose traces are not yet gone is shown as such and taken up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import duckdb
from django.db import connection

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Content, Demand, Event, Part, Record
from goodstanding.ledger.parts import WrittenPart, write_part
from goodstanding.ledger.saying import reason_of
from goodstanding.ledger.shuttle import quoted
from goodstanding.ledger.signals import erased, erasing
from goodstanding.ledger.writing import OPERATOR, one_at_a_time, operating, writing

_ERASING = 7106418833003


def hold_off_erasures(since: int) -> bool:
    """Let no erasure happen until the end of this transaction, and say whether none has since a position.

    For whoever writes down what was worked out from records before: an erasure takes along what it finds, and
    would not find what is not committed yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_ERASING])
    return not Event.objects.filter(kind=Event.Kind.ERASURE, position__number__gt=since).exists()


@dataclass(frozen=True)
class ErasureReport:
    """What was erased: public ids of the record and of its other revisions, and the event."""

    records: tuple[UUID, ...]
    event_id: int
    parts_rewritten: int


def erase(record: UUID, *, ground: str, home: Home, clock: Clock, actor: str) -> ErasureReport:
    """Erase a record and its other revisions under the same source key.

    An entry of ours goes only when its case has ended it: an erasure is no way off a list. What is wrong with an
    entry is said in a case about it (objection, or the end that a court ordered), and then it can be erased.

    Args:
        record: public id of the record.
        ground: the law or decision that demands it; kept for ever, so it must not repeat the content.

    Raises:
        Refusal: GS-LEDGER-050 no such record; GS-LEDGER-051 erased before; GS-LEDGER-052 no ground;
            GS-LEDGER-107 with a personal number in it;
            GS-LEDGER-053 in a process that has no connection of the owner; GS-CASE-107 an entry that is in force.
    """
    if not says_something(ground):
        raise Refusal(
            "GS-LEDGER-052",
            "An erasure needs a ground.",
            remedy="Name the law or the decision that demands it, without repeating the content.",
        )
    reason_of(ground)
    found = Record.objects.filter(public_id=record).first()
    if found is None:
        raise Refusal("GS-LEDGER-050", "There is no such record.", where=str(record), remedy="Check the id.")
    revisions = Record.objects.filter(source_id=found.source_id, source_key=found.source_key)
    erasing.send(sender=Record, records=list(revisions.values_list("pk", flat=True)))
    if not revisions.filter(erasure__isnull=True).exists():
        raise _erased_before(record)
    with operating(Event.Kind.CASE, actor=actor, clock=clock) as demanded:
        Demand.objects.using(OPERATOR).create(record_id=found.pk, ground=ground, event=demanded)
    with writing(Event.Kind.ERASURE, actor=actor, clock=clock) as event:
        one_at_a_time()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ERASING])
        subjects = set(Content.objects.filter(record__in=revisions).values_list("subject_id", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_erase(%s, %s, %s)", [event.pk, found.pk, ground])
            gone = [int(row[0]) for row in cursor.fetchall()]
        if not gone:
            raise _erased_before(record)
        rewritten = _rewrite_parts(home, event, gone)
        erased.send(sender=Record, event=event, records=gone, subjects=sorted(subjects), home=home)
    public_ids = Record.objects.filter(pk__in=gone).order_by("pk").values_list("public_id", flat=True)
    return ErasureReport(tuple(public_ids), event.pk, rewritten)


def _erased_before(record: UUID) -> Refusal:
    return Refusal(
        "GS-LEDGER-051",
        "The record was erased before.",
        where=str(record),
        remedy="Nothing needs to be done; `goodstanding ledger check` shows whether its traces are gone.",
    )


def _rewrite_parts(home: Home, event: Event, gone: list[int]) -> int:
    """Write each part that holds one of the records again without it; the old file goes with the purge."""
    ids = ", ".join(map(str, gone))
    rewritten = 0
    parts = Part.objects.filter(
        kind=Part.Kind.RECORDS, event_id__in={one >> 32 for one in gone}, replaced_by__isnull=True
    )
    with duckdb.connect() as con:
        for part in parts:
            old = home.extract / part.path
            row = con.execute(
                f"SELECT count(*) FROM read_parquet({quoted(old)}) WHERE record_id IN ({ids})"
            ).fetchone()
            if not row or not row[0]:
                continue
            fresh = write_part(
                con,
                home,
                f"SELECT * FROM read_parquet({quoted(old)}) WHERE record_id NOT IN ({ids})",
                event_id=part.event_id,
                name=f"records-{part.access}-{event.pk}",
                kind=Part.Kind.RECORDS,
                access=part.access,
            ) or _empty_part(con, home, old, part, event)
            Part.objects.create(
                kind=fresh.kind,
                access=fresh.access,
                path=fresh.path,
                digest=fresh.digest,
                rows=fresh.rows,
                event_id=part.event_id,
                written_by=event,
                replaces=part,
            )
            rewritten += 1
    return rewritten


def _empty_part(
    con: duckdb.DuckDBPyConnection, home: Home, old: Path, part: Part, event: Event
) -> WrittenPart:
    """A part without rows still has to stand: it is what replaces the old one."""
    from goodstanding.ledger.parts import file_digest

    path = home.extract / str(part.event_id) / f"records-{part.access}-{event.pk}.parquet"
    con.execute(
        f"COPY (SELECT * FROM read_parquet({quoted(old)}) LIMIT 0) TO {quoted(path)} (FORMAT parquet)"
    )
    return WrittenPart(Part.Kind.RECORDS, part.access, f"{part.event_id}/{path.name}", file_digest(path), 0)
