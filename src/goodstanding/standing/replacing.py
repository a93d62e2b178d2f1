"""The rows of a run, from an engine's Parquet files to the database."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.db import connection
from psycopg import Cursor

from goodstanding.intake.workspace import Workspace
from goodstanding.ledger.shuttle import Shuttle, quoted
from goodstanding.rules import Rulebook
from goodstanding.rules.engines.duckdb.running import STATUS
from goodstanding.standing.models import Assessment as AssessmentRow
from goodstanding.standing.models import AssessmentLine, Run


def _cursor() -> Cursor[tuple[object, ...]]:
    connection.ensure_connection()
    return cast("Cursor[tuple[object, ...]]", connection.connection.cursor())


def replace_rows(run: Run, assessments: Path, lines: Path, rulebook: Rulebook, room: Workspace) -> None:
    """Keep the rows of a run, inside its event, and let those of the rulebook's older runs go.

    Args:
        assessments, lines: Parquet files, as an engine writes them.
    """
    shuttle = Shuttle(room.con, _cursor(), room.folder)
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
        FROM {quoted(assessments)} a ORDER BY subject_id
        """,
        "standing_assessment",
        ("run_id", "subject_id", "grade", "points_low", "points_high", "possible", "missing", "access"),
    )
    shuttle.push(
        f"""
        SELECT {run.pk}, subject_id, e.id, record_id, points_low, points_high, s.word, access
        FROM {quoted(lines)} l JOIN entry_of e ON e.ordinal = l.rule JOIN status_of s ON s.number = l.status
        ORDER BY subject_id, l.rule, record_id
        """,
        "standing_assessmentline",
        ("run_id", "subject_id", "rule", "record_id", "points_low", "points_high", "status", "access"),
    )
