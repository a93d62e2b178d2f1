"""The digest of a run: the same for the same assessments and lines, in whatever order they were written."""

from __future__ import annotations

import hashlib

import duckdb

from .matching import quoted


def digest_of(db: duckdb.DuckDBPyConnection, assessments: str, lines: str) -> str:
    """SHA-256 of the rows of a run's two files, 64 hexadecimal digits.

    Lines without a record may be alike in all that they are sorted by; then the whole row decides.
    """
    found = [
        db.execute(
            f"SELECT sha256(string_agg(md5(t::VARCHAR), '' ORDER BY {order}, t::VARCHAR)) FROM {quoted(file)} AS t"
        ).fetchall()[0][0]
        for file, order in (
            (assessments, "subject_id"),
            (lines, "subject_id, rule, record_id, points_low"),
        )
    ]
    return hashlib.sha256("".join(one or "" for one in found).encode()).hexdigest()
