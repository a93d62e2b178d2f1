"""The digest of a run does not depend on the order in which its lines were written."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import duckdb

from goodstanding.rules.engines.duckdb import digest_of

# A rule that may give up to three points, of an item of which nothing is recorded, and two records.
LINES = (
    "(1, 1, NULL, 0, 300, 2, 0)",
    "(1, 1, NULL, 0, 0, 3, 0)",
    "(1, 1, 7, 0, 0, 1, 0)",
    "(1, 1, 7, 0, 0, 2, 0)",
)
COLUMNS = "subject_id, rule, record_id, points_low, points_high, status, access"


def test_lines_without_a_record_count_the_same_in_every_order(tmp_path: Path) -> None:
    people, lines = str(tmp_path / "assessments.parquet"), str(tmp_path / "lines.parquet")
    found = set()
    with duckdb.connect() as db:
        db.execute(f"COPY (SELECT 1 AS subject_id, 'A' AS grade) TO '{people}'")
        for order in permutations(LINES):
            db.execute(f"COPY (FROM (VALUES {', '.join(order)}) AS t({COLUMNS})) TO '{lines}'")
            found.add(digest_of(db, people, lines))
        assert len(found) == 1
        db.execute(f"COPY (FROM (VALUES {', '.join(LINES[1:])}) AS t({COLUMNS})) TO '{lines}'")
        assert digest_of(db, people, lines) not in found
