"""Check the ledger against itself: what an owner of the database did behind its back is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import duckdb
from django.db import connection
from psycopg import Cursor

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.home import Home
from goodstanding.intake import workspace
from goodstanding.ledger.finding import SHOWN, Finding, findings_of, rows_of
from goodstanding.ledger.guarding import guards, kept_by_rooms, replayed
from goodstanding.ledger.logged import against_the_log
from goodstanding.ledger.models import Part, Position
from goodstanding.ledger.parts import file_digest
from goodstanding.ledger.purging import pending
from goodstanding.ledger.shuttle import Shuttle, quoted


@dataclass(frozen=True)
class CheckReport:
    """What was checked and what was found; `unpurged` erasures have traces left in storage."""

    positions: int
    records: int
    erased: int
    parts: int
    unpurged: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(
    home: Home, progress: Callable[[str, float], None] | None = None, catalogue: Catalogue | None = None
) -> CheckReport:
    """Check guards, positions, digests of events, leaves, typed columns, skeletons, derived lines, and parts
    of the extract; with a catalogue also versions against its packs, and every case by its procedure.

    Raises:
        Refusal: GS-LEDGER-053 in a process that has no connection of the database's owner.
    """
    steps: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("guards of the database", guards),
        ("positions", _positions),
        ("digests of events", _roots),
        ("what rooms keep for a time", kept_by_rooms),
        ("cases by their procedures", lambda: replayed(catalogue) if catalogue else iter(())),
        ("contents against their leaves", _leaves),
        ("typed columns against contents", _columns),
        ("records without content", _missing),
        ("records of subjects that are more closed", _classes),
        ("lines of erased records", _lines),
        ("parts of the extract", lambda: _parts(home)),
        ("the extract against the ledger", lambda: _extract(home)),
        ("the public log against the ledger", lambda: against_the_log(home)),
    )
    findings: list[Finding] = []
    for number, (name, step) in enumerate(steps):
        if progress:
            progress(name, number / len(steps))
        findings.extend(step())
    return CheckReport(
        positions=Position.objects.count(),
        records=_number("SELECT count(*) FROM ledger_record"),
        erased=_number("SELECT count(*) FROM ledger_erasure"),
        parts=Part.objects.filter(replaced_by__isnull=True).count(),
        unpurged=len(pending()),
        findings=tuple(findings),
    )


def _number(query: str) -> int:
    value = rows_of(query)[0][0]
    return value if isinstance(value, int) else 0


def _positions() -> Iterator[Finding]:
    yield from findings_of(
        "GS-LEDGER-063",
        "position",
        "The position is missing.",
        "SELECT n FROM generate_series(1, (SELECT max(number) FROM ledger_position)) n"
        " WHERE NOT EXISTS (SELECT FROM ledger_position p WHERE p.number = n) ORDER BY n",
    )
    yield from findings_of(
        "GS-LEDGER-063",
        "event",
        "The event has no position.",
        "SELECT e.public_id FROM ledger_event e WHERE NOT EXISTS"
        " (SELECT FROM ledger_position p WHERE p.event_id = e.id) ORDER BY e.id",
    )
    yield from findings_of(
        "GS-LEDGER-064",
        "position",
        "The chain of digests is broken here.",
        "SELECT p.number FROM ledger_position p LEFT JOIN ledger_position b ON b.number = p.number - 1"
        " WHERE p.chain <> sha256(coalesce(b.chain, ''::bytea) || p.root || int8send(p.number))"
        " ORDER BY p.number",
    )


def _roots() -> Iterator[Finding]:
    for number, kind in rows_of(
        "SELECT p.number, e.kind FROM ledger_position p JOIN ledger_event e ON e.id = p.event_id"
        f" WHERE p.root IS DISTINCT FROM ledger_event_root(e.id) ORDER BY p.number LIMIT {SHOWN}"
    ):
        yield Finding(
            "GS-LEDGER-065",
            f"position {number} ({kind})",
            "Something that this event wrote was changed, added or removed afterwards.",
        )


def _leaves() -> Iterator[Finding]:
    yield from findings_of(
        "GS-LEDGER-066",
        "record",
        "The content is not what its leaf says.",
        "SELECT r.public_id FROM ledger_content c JOIN ledger_record r ON r.id = c.record_id"
        " WHERE r.leaf <> sha256(c.salt || convert_to(c.body, 'UTF8')) ORDER BY r.id",
    )
    yield from findings_of(
        "GS-LEDGER-066",
        "role",
        "The holder is not what its leaf says.",
        "SELECT r.id FROM ledger_roleholder c JOIN ledger_role r ON r.id = c.role_id"
        " WHERE r.leaf <> sha256(c.salt || convert_to(c.name, 'UTF8')) ORDER BY r.id",
    )
    yield from findings_of(
        "GS-LEDGER-067",
        "content",
        "There is content without a record.",
        "SELECT c.record_id FROM ledger_content c WHERE NOT EXISTS"
        " (SELECT FROM ledger_record r WHERE r.id = c.record_id) ORDER BY 1",
    )


def _columns() -> Iterator[Finding]:
    for (public_id,) in rows_of(
        f"""
        SELECT r.public_id FROM (SELECT *, body::jsonb AS said FROM ledger_content) c
        JOIN ledger_record r ON r.id = c.record_id
        LEFT JOIN ledger_subject s ON s.id = c.subject_id LEFT JOIN ledger_item i ON i.id = c.item_id
        WHERE said->'subject'->>'scheme' IS DISTINCT FROM s.scheme
           OR said->'subject'->>'identifier' IS DISTINCT FROM s.identifier
           OR said->>'item' IS DISTINCT FROM i.path
           OR (said->'dates'->>'occurred_on')::date IS DISTINCT FROM c.occurred_on
           OR (said->'dates'->>'decided_on')::date IS DISTINCT FROM c.decided_on
           OR (said->'dates'->>'effective_from')::date IS DISTINCT FROM c.effective_from
           OR (said->'dates'->>'effective_to')::date IS DISTINCT FROM c.effective_to
           OR (said->'amount'->>'minor')::bigint IS DISTINCT FROM c.amount
           OR said->'amount'->>'currency' IS DISTINCT FROM c.currency
           OR (said->>'seriousness')::smallint IS DISTINCT FROM c.seriousness
        ORDER BY r.id LIMIT {SHOWN}
        """
    ):
        yield Finding(
            "GS-LEDGER-068",
            f"record {public_id}",
            "A column for queries says something else than the content.",
        )


def _missing() -> Iterator[Finding]:
    yield from findings_of(
        "GS-LEDGER-069",
        "record",
        "The content is gone and no erasure says why.",
        "SELECT r.public_id FROM ledger_record r WHERE NOT EXISTS"
        " (SELECT FROM ledger_content c WHERE c.record_id = r.id) AND NOT EXISTS"
        " (SELECT FROM ledger_erasure e WHERE e.record_id = r.id) ORDER BY r.id",
    )
    yield from findings_of(
        "GS-LEDGER-069",
        "record",
        "The record was erased and its content is back.",
        "SELECT r.public_id FROM ledger_record r JOIN ledger_erasure e ON e.record_id = r.id"
        " JOIN ledger_content c ON c.record_id = r.id ORDER BY r.id",
    )


def _classes() -> Iterator[Finding]:
    """Whoever may read a record may know its subject: otherwise there would be an entry on nobody's file."""
    covers = "(k.access < c.access OR k.access = c.access AND (k.access < 2 OR k.item_id = c.item_id))"
    yield from findings_of(
        "GS-LEDGER-076",
        "record",
        "Its subject is more closed than the record.",
        "SELECT r.public_id FROM ledger_content c JOIN ledger_record r ON r.id = c.record_id"
        " LEFT JOIN ledger_subject k ON k.id = c.subject_id"
        f" WHERE NOT coalesce({covers}, false) AND NOT EXISTS (SELECT FROM ledger_subjectopening k"
        f" WHERE k.subject_id = c.subject_id AND {covers}) ORDER BY r.id",
    )


def _lines() -> Iterator[Finding]:
    """What was derived from a record goes in the transaction of its erasure."""
    for public_id, rulebook in rows_of(
        "SELECT DISTINCT r.public_id, n.rulebook FROM standing_assessmentline l"
        " JOIN ledger_erasure e ON e.record_id = l.record_id JOIN ledger_record r ON r.id = e.record_id"
        f" JOIN standing_run n ON n.id = l.run_id ORDER BY 1, 2 LIMIT {SHOWN}"
    ):
        yield Finding(
            "GS-LEDGER-077",
            f"record {public_id}",
            f"The record was erased and a line of {rulebook} still rests on it; a new run replaces it.",
        )


def _parts(home: Home) -> Iterator[Finding]:
    for part in Part.objects.filter(replaced_by__isnull=True).order_by("id"):
        path = home.extract / part.path
        if not path.exists():
            yield Finding("GS-LEDGER-070", f"part {part.path}", "The registered part is missing.")
        elif file_digest(path) != part.digest:
            yield Finding(
                "GS-LEDGER-071", f"part {part.path}", "The part was changed after it was registered."
            )
    for event, held, parts in rows_of(
        "SELECT e.public_id, coalesce(d.loaded, 0) - coalesce((SELECT count(*) FROM ledger_erasure x"
        " WHERE x.record_id >> 32 = e.id), 0), p.rows FROM ledger_event e JOIN ledger_delivery d"
        " ON d.event_id = e.id JOIN (SELECT event_id, sum(rows) AS rows FROM ledger_part WHERE kind = 'records'"
        " AND id NOT IN (SELECT replaces_id FROM ledger_part WHERE replaces_id IS NOT NULL)"
        " GROUP BY event_id) p ON p.event_id = e.id"
    ):
        if held != parts:
            yield Finding(
                "GS-LEDGER-072",
                f"event {event}",
                f"The extract holds {parts} records of the event and the ledger {held}.",
            )
    for event, held, parts in rows_of(
        "SELECT e.public_id, t.held, coalesce(p.rows, 0) FROM ledger_event e JOIN (SELECT id >> 32 AS event_id,"
        " count(*) AS held FROM ledger_tie GROUP BY 1) t ON t.event_id = e.id LEFT JOIN (SELECT event_id,"
        " sum(rows) AS rows FROM ledger_part WHERE kind = 'ties' GROUP BY event_id) p ON p.event_id = e.id"
    ):
        if held != parts:
            yield Finding(
                "GS-LEDGER-072",
                f"event {event}",
                f"The extract holds {parts} ties of the event and the ledger {held}.",
            )


_COMPARED = {
    "record_id": "BIGINT",
    "subject_id": "BIGINT",
    "item": "INTEGER",
    "access": "TINYINT",
    "occurred_on": "DATE",
    "decided_on": "DATE",
    "effective_from": "DATE",
    "effective_to": "DATE",
    "amount": "BIGINT",
    "currency": "VARCHAR",
    "seriousness": "TINYINT",
}


def _extract(home: Home) -> Iterator[Finding]:
    """Each record in the extract is what the ledger holds, its access class too; and the other way round."""
    kept = Part.objects.filter(kind=Part.Kind.RECORDS, replaced_by__isnull=True).values_list(
        "path", flat=True
    )
    parts = [home.extract / path for path in kept if (home.extract / path).exists()]
    if not parts:
        return
    columns = ", ".join(_COMPARED)
    with workspace(home.work) as room, connection.cursor() as wrapper:
        shuttle = Shuttle(room.con, cast("Cursor[tuple[object, ...]]", wrapper.cursor), room.folder)
        shuttle.pull(
            f"SELECT {columns.replace('item', 'item_id')} FROM ledger_content", "held", dict(_COMPARED)
        )
        said = f"SELECT {columns} FROM read_parquet([{', '.join(map(quoted, parts))}])"
        try:
            differing = room.con.execute(
                f"SELECT DISTINCT record_id FROM ((({said}) EXCEPT (FROM held)) UNION ALL"
                f" ((FROM held) EXCEPT ({said}))) ORDER BY record_id LIMIT {SHOWN}"
            ).fetchall()
        except duckdb.Error as error:
            yield Finding("GS-LEDGER-071", "a part of the extract", f"It cannot be read: {str(error)[:80]}")
            return
    for (record,) in differing:
        public = rows_of(f"SELECT public_id FROM ledger_record WHERE id = {int(record)}")
        yield Finding(
            "GS-LEDGER-073",
            f"record {public[0][0] if public else record}",
            "The extract and the ledger say different things about it.",
        )
