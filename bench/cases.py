"""Half a million open cases: the queue page, a case page and the nightly expiry, each against its bare SQL.

    python -m bench cases --cases 500000

What is compared in one run on one server: what the queue page asks and works out (with permissions, as the office's
pages do) against the SQL of its rows and of what comes next in them; a case's page as it is served
(`bench/case_page.py`); the nightly expiry of a tenth of the entries (steps, endings, the part of the extract) against
one statement for each table, with the same guards of the database. Ratios, no absolute bar.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from bench import case_page
from goodstanding.catalogue.loading import Catalogue, load_packs
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.postgres import Lease, Role, open_cluster, scratch_database
from goodstanding.site.databases import use_server

TODAY = date(2026, 11, 20)
_ROUNDS = 5
_EXPIRING = 10  # one entry in so many ends on the night


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _middle(act: Callable[[], object]) -> float:
    act()
    return statistics.median(_timed(act) for _ in range(_ROUNDS))


@dataclass(frozen=True)
class _Bench:
    lease: Lease
    home: Home
    catalogue: Catalogue
    cases: int


_FILL = """
INSERT INTO ledger_subject (id, public_id, scheme, identifier, kind, division, access, event_id)
SELECT n, gen_random_uuid(), 'bench', 'B' || n, 'enterprise', (990101 + n %% 100)::text, 0, %(event)s
FROM generate_series(1, %(many)s) n;
INSERT INTO procedures_case (id, public_id, kind, procedure_id, subject_id, authority, division, opened_on, event_id)
SELECT n, gen_random_uuid(), 'listing', %(procedure)s, n, %(authority)s, (990101 + n %% 100)::text,
    DATE '2023-11-01' + n %% 300, %(event)s FROM generate_series(1, %(many)s) n;
INSERT INTO ledger_source (path, event_id) VALUES ('bench/decisions', %(event)s);
INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)
SELECT (n::bigint << 32) | 1, gen_random_uuid(), (SELECT max(id) FROM ledger_source), gen_random_uuid(), 1, ''
FROM generate_series(2, %(many)s, 2) n;
INSERT INTO procedures_step (public_id, case_id, number, act, "on", party, outcome, reasons, basis, text, served_how,
    served_on, effective_from, effective_to, closes, record_id, appointment_id, event_id)
SELECT gen_random_uuid(), n, s.number, s.act, c.opened_on, s.party, s.outcome, 'so', '[["Order", "1"]]', '',
    CASE WHEN s.number = 4 THEN 'by post' ELSE '' END,
    CASE WHEN s.number = 4 THEN c.opened_on END, CASE WHEN s.number = 4 THEN c.opened_on END,
    CASE WHEN s.number = 4 THEN
        CASE WHEN n / 2 %% %(share)s = 0 THEN %(today)s ELSE DATE '2027-06-01' + n %% 300 END END,
    false, CASE WHEN s.number = 4 THEN (n::bigint << 32) | 1 END,
    CASE WHEN s.number > 1 THEN %(office)s::bigint END, %(event)s
FROM generate_series(1, %(many)s) n JOIN procedures_case c ON c.id = n CROSS JOIN (VALUES
    (1, 'propose', 'machine', ''), (2, 'review', 'official', 'go_on'), (3, 'decide', 'head', 'listed'),
    (4, 'serve_decision', 'official', ''), (5, 'publish', 'official', '')) s (number, act, party, outcome)
WHERE s.number <= 2 OR n %% 2 = 0;
INSERT INTO procedures_deadline (case_id, act, starts, amount, unit, last, provisional, not_counted, calendar,
    calendar_version, because, event_id)
SELECT n, 'decide', DATE '2026-10-01', 30, 'working_days', DATE '2026-11-01' + n %% 60, false, '[]', 'cn', '1', '',
    %(event)s FROM generate_series(1, %(many)s, 2) n
"""


_EVENT = """
INSERT INTO ledger_event (public_id, kind, at, day, actor, digest)
VALUES (gen_random_uuid(), 'case', now(), '2026-11-20', 'bench', '') RETURNING id
"""
_NIGHT = """
INSERT INTO procedures_step (public_id, case_id, number, act, "on", party, outcome, reasons, basis, text, served_how,
    closes, record_id, event_id)
SELECT gen_random_uuid(), s.case_id, 6, 'lift', s.effective_to, 'clock', '', 'The term is over.', '[]', '', '', true,
    s.record_id, %(event)s FROM procedures_step s WHERE s.act = 'serve_decision' AND s.effective_to <= %(today)s;
INSERT INTO ledger_ending (public_id, record_id, ground, counts_until, reason, event_id)
SELECT gen_random_uuid(), record_id, 'expired', effective_to, 'The term is over.', %(event)s
FROM procedures_step WHERE act = 'serve_decision' AND effective_to <= %(today)s
"""


def _fill(bench: _Bench, procedure: Procedure) -> None:
    """Cases of one authority in a hundred counties: half wait for an official, half have an entry that stands."""
    from goodstanding.procedures.acting import appoint
    from goodstanding.procedures.versions import tell_days, version_of

    clock = Clock(TODAY)
    office = appoint(
        "bench",
        procedure.authority,
        level="national",
        from_on=date(2020, 1, 1),
        to_on=date(2040, 1, 1),
        clock=clock,
        actor="bench",
    )
    tell_days(clock)
    version = version_of(procedure, bench.catalogue, clock)
    with psycopg.connect(bench.lease.admin_dsn()) as admin:
        admin.execute("SET session_replication_role = replica")
        given = {
            "many": bench.cases,
            "event": version.event_id,
            "procedure": version.pk,
            "authority": procedure.authority,
            "office": office.pk,
            "today": TODAY,
            "share": _EXPIRING,
        }
        for statement in _FILL.split(";\n"):
            admin.execute(statement.encode(), given)
        for table, column in (("ledger_subject", "id"), ("procedures_case", "id")):
            admin.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, bench.cases + 1]
            )
    with psycopg.connect(bench.lease.admin_dsn(), autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")


_QUEUE = """
SELECT c.id, c.public_id, s.identifier, d.last FROM procedures_case c JOIN ledger_subject s ON s.id = c.subject_id
LEFT JOIN LATERAL (
    SELECT min(d.last) AS last FROM procedures_deadline d
    WHERE d.case_id = c.id AND (d.act NOT IN ('state', 'ask_hearing') OR (d.last >= %s
        AND NOT EXISTS (SELECT FROM procedures_step e WHERE e.case_id = d.case_id AND e.act = 'decide')))
    AND NOT EXISTS (SELECT FROM procedures_deadline l WHERE l.case_id = d.case_id AND l.act = d.act AND l.id > d.id)
    AND NOT EXISTS (SELECT FROM procedures_step t WHERE t.case_id = d.case_id AND t.act = d.act)) d ON true
WHERE c.authority = %s AND NOT EXISTS (SELECT FROM procedures_step z WHERE z.case_id = c.id AND z.closes)
ORDER BY d.last NULLS LAST, c.id LIMIT 26
"""


_AHEAD = (
    "SELECT * FROM procedures_step WHERE case_id = ANY (%s) ORDER BY case_id, number",
    "SELECT * FROM procedures_deadline WHERE case_id = ANY (%s) ORDER BY id",
)


def _bare_queue(app: psycopg.Connection[Any], authority: str) -> None:
    """The rows of a page, and of these cases what tells what comes next."""
    rows = app.execute(_QUEUE.encode(), [TODAY, authority]).fetchall()
    for statement in _AHEAD:
        app.execute(statement.encode(), [[row[0] for row in rows]]).fetchall()


def measure(folder: Path, cases: int) -> dict[str, Any]:
    """Run everything below `folder` and return seconds and ratios."""
    home = Home.open(folder / "home")
    catalogue = load_packs(["cn"])
    procedure = catalogue.procedure("cn/listing/tax-major", TODAY)
    calendar = Calendar.load(catalogue.pack("cn").folder / "calendar.yaml")
    with open_cluster(home.path) as server, scratch_database(server) as lease:
        use_server(lease, Role.APP)
        os.environ["GOODSTANDING_SERVED_HOME"] = str(home.path)
        os.environ["GOODSTANDING_SERVED_TODAY"] = TODAY.isoformat()
        os.environ["GOODSTANDING_SERVED_OFFICE"] = "1"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        from django.db import connections

        from goodstanding.office.ahead import ahead_in
        from goodstanding.office.queries import Wanted, queue
        from goodstanding.procedures.clockwork import expire
        from goodstanding.procedures.queries import Viewer
        from goodstanding.procedures.steps import Office

        bench = _Bench(lease, home, catalogue, cases)
        _fill(bench, procedure)
        viewer = Viewer.of("bench", TODAY)
        with psycopg.connect(lease.dsn(Role.APP)) as app:
            bare_queue = _middle(lambda: _bare_queue(app, procedure.authority))
        ours_queue = _middle(lambda: ahead_in(queue(viewer, Wanted(), TODAY).cases, viewer))
        page = case_page.measure(
            lease.dsn(Role.APP),
            lease.admin_dsn(),
            authority=procedure.authority,
            cases=cases,
            today=TODAY,
        )
        office = Office(catalogue, home, Clock(TODAY), calendar)
        bare_night = _bare_expiry(lease, guarded=True)
        unguarded = _bare_expiry(lease, guarded=False)
        night = _timed(lambda: expire(office, TODAY))
        connections.close_all()
    return {
        "cases": cases,
        "queue_seconds": round(ours_queue, 3),
        "queue_bare_seconds": round(bare_queue, 3),
        "queue_times_the_bare": round(ours_queue / bare_queue, 2),
        **page,
        "expiry_seconds": round(night, 2),
        "expiry_bare_seconds": round(bare_night, 2),
        "expiry_times_the_bare": round(night / bare_night, 2),
        "expiry_bare_without_guards_seconds": round(unguarded, 2),
    }


def _bare_expiry(lease: Lease, *, guarded: bool) -> float:
    """Seconds for the same rows by one statement for each table, taken back at the end."""
    with psycopg.connect(lease.admin_dsn()) as admin:
        if not guarded:
            admin.execute("SET session_replication_role = replica")
        start = time.perf_counter()
        row = admin.execute(_EVENT.encode()).fetchone()
        event = row[0] if row else 0
        for statement in _NIGHT.split(";\n"):
            admin.execute(statement.encode(), {"event": event, "today": TODAY})
        seconds = time.perf_counter() - start
        admin.rollback()
    return seconds
