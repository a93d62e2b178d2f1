"""Run a rulebook over everyone and keep the result with what is needed to run it again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

from django.db import connection
from psycopg import Cursor

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.core.reader import Access
from goodstanding.intake import workspace
from goodstanding.ledger.extract import extract_at
from goodstanding.ledger.models import Event
from goodstanding.ledger.shuttle import Shuttle, quoted
from goodstanding.ledger.writing import current_position, writing
from goodstanding.rules import Assessment, Extract, Rulebook, digest
from goodstanding.rules.engines import duckdb as engine
from goodstanding.rules.engines.duckdb.running import STATUS
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.models import Assessment as AssessmentRow
from goodstanding.standing.models import AssessmentLine, Run
from goodstanding.standing.universe import within


@dataclass(frozen=True)
class RunReport:
    """What came out of a run. `grades` counts subjects by grade; "" is "cannot tell"."""

    run: UUID | None
    rulebook: str
    in_force_from: date
    rulebook_digest: str
    on: date
    position: int
    subjects: int
    lines: int
    grades: dict[str, int]
    result_digest: str


@dataclass(frozen=True)
class _Found:
    """A run's rows, in two Parquet files, and their digest."""

    assessments: Path
    lines: Path
    digest: str
    subjects: int
    line_count: int
    grades: dict[str, int]


def manifest_of(rulebook: Rulebook, catalogue: Catalogue, on: date, position: int) -> str:
    """What a run rests on, as JSON with sorted keys: enough to do it again."""
    return json.dumps(
        {
            "catalogue": catalogue.digest,
            "engine": "duckdb",
            "on": on.isoformat(),
            "packs": {pack.name: pack.digest for pack in catalogue.packs},
            "position": position,
            "rulebook": {
                "digest": digest(rulebook),
                "in_force_from": rulebook.in_force_from.isoformat(),
                "path": rulebook.path,
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def run_rulebook(
    path: str, *, on: date, catalogue: Catalogue, home: Home, clock: Clock, actor: str
) -> RunReport:
    """Assess everyone by the version of a rulebook that is in force on a day, and keep the result.

    Assessments of the rulebook's older runs go; their manifests and digests stay.

    Raises:
        Refusal: GS-RULES-070, -071 for the rulebook; GS-STANDING-001 if the ledger holds no records yet.
    """
    rulebook = Shelf.of(catalogue.packs).on(path, on)
    position = current_position()
    with workspace(home.work) as room:
        found = _evaluate(rulebook, catalogue, home, on, position, room.folder)
        with writing(Event.Kind.RUN, actor=actor, clock=clock, digest=found.digest) as event:
            run = Run.objects.create(
                rulebook=path,
                in_force_from=rulebook.in_force_from,
                rulebook_digest=digest(rulebook),
                on=on,
                position=position,
                manifest=manifest_of(rulebook, catalogue, on, position),
                result_digest=found.digest,
                subjects=found.subjects,
                lines=found.line_count,
                event=event,
            )
            _replace_rows(run, found, rulebook, Shuttle(room.con, _cursor(), room.folder))
    return _report(run.public_id, rulebook, on, position, found)


def run_again(run: UUID, *, catalogue: Catalogue, home: Home) -> tuple[RunReport, str]:
    """Do a kept run again from its manifest; returns what came out and the digest that came out then.

    Raises:
        Refusal: GS-STANDING-002 no such run; GS-STANDING-003 if what the manifest names is not here any more.
    """
    kept = Run.objects.filter(public_id=run).first()
    if kept is None:
        raise Refusal("GS-STANDING-002", "There is no such run.", where=str(run), remedy="Check the id.")
    rulebook = Shelf.of(catalogue.packs).by_digest().get(kept.rulebook_digest)
    if rulebook is None:
        raise Refusal(
            "GS-STANDING-003",
            "The version of the rulebook that the manifest names is not here.",
            where=kept.rulebook,
            why=f"Its digest is {kept.rulebook_digest}.",
            remedy="Name the pack of then with --pack.",
        )
    with workspace(home.work) as room:
        found = _evaluate(rulebook, catalogue, home, kept.on, kept.position, room.folder)
    return _report(run, rulebook, kept.on, kept.position, found), kept.result_digest


def explain(
    path: str, subject: int, *, on: date, catalogue: Catalogue, home: Home
) -> tuple[Rulebook, Assessment]:
    """One organisation alone, as known now: the same result as in a run over everyone."""
    rulebook = Shelf.of(catalogue.packs).on(path, on)
    items = {one.path: one for one in catalogue.items}
    with workspace(home.work) as room:
        extract = _extract(rulebook, catalogue, home, current_position(), room.folder)
        return rulebook, engine.explain_one(rulebook, items, extract, subject, on)


def _extract(rulebook: Rulebook, catalogue: Catalogue, home: Home, position: int, folder: Path) -> Extract:
    extract = extract_at(home, position, Access.RESTRICTED)
    if not extract.records:
        raise Refusal(
            "GS-STANDING-001",
            "The ledger holds no records yet.",
            remedy="Take in a file first: goodstanding intake FILE --source SOURCE.",
        )
    return within(extract, catalogue.pack(rulebook.pack), folder)


def _evaluate(
    rulebook: Rulebook, catalogue: Catalogue, home: Home, on: date, position: int, folder: Path
) -> _Found:
    extract = _extract(rulebook, catalogue, home, position, folder)
    items = {one.path: one for one in catalogue.items}
    with engine.assess_all(rulebook, items, extract, on, write_to=folder / "run") as run:
        if run.written is None:
            raise AssertionError("the engine was told to write its result")
        assessments, lines = run.written
        hashed = run.db.execute(
            f"SELECT sha256(string_agg(md5(a::VARCHAR), '' ORDER BY subject_id)) FROM {quoted(assessments)} a"
        ).fetchone()
        hashed_lines = run.db.execute(
            "SELECT sha256(string_agg(md5(l::VARCHAR), '' ORDER BY subject_id, rule, record_id, points_low))"
            f" FROM {quoted(lines)} l"
        ).fetchone()
        grades = dict(
            run.db.execute(
                f"SELECT coalesce(grade, ''), count(*) FROM {quoted(assessments)} GROUP BY 1 ORDER BY 1"
            ).fetchall()
        )
        both = f"{hashed[0] if hashed else ''}{hashed_lines[0] if hashed_lines else ''}"
        return _Found(
            assessments=assessments,
            lines=lines,
            digest=hashlib.sha256(both.encode()).hexdigest(),
            subjects=run.counts["subjects"],
            line_count=run.counts["lines"],
            grades={str(grade): int(number) for grade, number in grades.items()},
        )


def _cursor() -> Cursor[tuple[object, ...]]:
    connection.ensure_connection()
    return cast("Cursor[tuple[object, ...]]", connection.connection.cursor())


def _replace_rows(run: Run, found: _Found, rulebook: Rulebook, shuttle: Shuttle) -> None:
    older = Run.objects.filter(rulebook=run.rulebook).exclude(pk=run.pk)
    AssessmentLine.objects.filter(run__in=older)._raw_delete("default")
    AssessmentRow.objects.filter(run__in=older)._raw_delete("default")
    con = shuttle.con
    entries = ", ".join(f"({one.ordinal}, {quoted(one.id)})" for one in rulebook.entries())
    statuses = ", ".join(f"({number}, '{status.value}')" for number, status in STATUS.items())
    names = ", ".join(f"({place}, {quoted(name)})" for place, name in enumerate((*rulebook.grades, "")))
    con.execute(f"CREATE OR REPLACE TABLE entry_of AS SELECT * FROM (VALUES {entries}) AS t(ordinal, id)")
    con.execute(f"CREATE OR REPLACE TABLE status_of AS SELECT * FROM (VALUES {statuses}) AS t(number, word)")
    con.execute(f"CREATE OR REPLACE TABLE grade_of AS SELECT * FROM (VALUES {names}) AS t(place, name)")
    shuttle.push(
        f"""
        SELECT {run.pk}, subject_id, grade, points_low, points_high,
               to_json(coalesce((SELECT list(name ORDER BY place) FROM grade_of
                                 WHERE (possible >> place) & 1 = 1), [])),
               to_json(coalesce(missing, [])), access
        FROM {quoted(found.assessments)} a ORDER BY subject_id
        """,
        "standing_assessment",
        ("run_id", "subject_id", "grade", "points_low", "points_high", "possible", "missing", "access"),
    )
    shuttle.push(
        f"""
        SELECT {run.pk}, subject_id, e.id, record_id, points_low, points_high, s.word, access
        FROM {quoted(found.lines)} l JOIN entry_of e ON e.ordinal = l.rule JOIN status_of s ON s.number = l.status
        ORDER BY subject_id, l.rule, record_id
        """,
        "standing_assessmentline",
        ("run_id", "subject_id", "rule", "record_id", "points_low", "points_high", "status", "access"),
    )


def _report(run: UUID | None, rulebook: Rulebook, on: date, position: int, found: _Found) -> RunReport:
    return RunReport(
        run=run,
        rulebook=rulebook.path,
        in_force_from=rulebook.in_force_from,
        rulebook_digest=digest(rulebook),
        on=on,
        position=position,
        subjects=found.subjects,
        lines=found.line_count,
        grades=found.grades,
        result_digest=found.digest,
    )
