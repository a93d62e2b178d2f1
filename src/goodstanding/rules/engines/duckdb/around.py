"""What a run reads beside records and subjects: groups over ties, and results of other rulebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from ...lines import Assessment
from .matching import day, quoted

Results = Mapping[tuple[str, date], Path | pa.Table | Sequence[Assessment]]
"""Results of other rulebooks by path and day: assessments in a Parquet file or in memory, or those of a few."""


def standing(ties: str, on: date, *, numbered: bool) -> str:
    """The ties that stand on a day, each end where its records are read: small, large, kind."""
    corrected = ""
    if numbered:
        corrected = f" AND tie_id NOT IN (SELECT replaces FROM {ties} WHERE replaces IS NOT NULL)"
    return (
        "SELECT DISTINCT coalesce(a.into_subject_id, t.subject_id) AS small, "
        f"coalesce(b.into_subject_id, t.other_id) AS large, t.kind FROM {ties} AS t "
        "LEFT JOIN merges AS a ON t.subject_id = a.from_subject_id "
        "LEFT JOIN merges AS b ON t.other_id = b.from_subject_id "
        f"WHERE coalesce(from_on, {day(on)}) <= {day(on)} AND (to_on IS NULL OR to_on > {day(on)}){corrected}"
    )


def closure(kinds: tuple[str, ...], root: int | None) -> str:
    """Every subject that has someone below it, with all below it and itself: root, member.

    Who is below someone stands with itself as well, so that a join finds each record's own subject too.
    """
    among = f"kind IN ({', '.join(quoted(one) for one in kinds)})"
    one = "" if root is None else f" AND large = {root}"
    return (
        f"WITH RECURSIVE c(root, member) AS (SELECT large, small FROM tied WHERE {among}{one} "
        f"UNION SELECT c.root, t.small FROM c JOIN tied AS t ON t.large = c.member WHERE t.{among}) "
        "SELECT root, member FROM c UNION SELECT root, root FROM c UNION SELECT member, member FROM c"
    )


def regrouped(query: str, others: str) -> str:
    """Matches of probes that look at a group, once for each subject whose group the record is of."""
    return (
        f"SELECT coalesce(g.root, q.subject_id) AS subject_id, {others}, q.subject_id AS member "
        f"FROM ({query}) AS q LEFT JOIN groups AS g ON g.member = q.subject_id AND g.probe = q.probe"
    )


def results(
    found: Path | pa.Table | Sequence[Assessment] | None,
    prefix: str,
    files: Callable[[Sequence[Path]], str],
    held: Callable[[str, pa.Table], str],
) -> str:
    """The results of another rulebook as columns; of none, where it has no version on that day."""
    columns = ("grade VARCHAR", "points_low BIGINT", "points_high BIGINT", "access TINYINT")
    if isinstance(found, Path):
        source = files((found,))
    elif isinstance(found, pa.Table):
        source = held(f"{prefix}_results", found)
    elif found:
        rows = []
        for one in found:
            low, high = (one.points.low, one.points.high) if one.points else (None, None)
            grade = "NULL" if one.grade is None else quoted(one.grade)
            ends = ", ".join("NULL" if end is None else str(end) for end in (low, high))
            rows.append(f"({one.subject_id}, {grade}, {ends}, {int(one.access)})")
        names = ", ".join(("subject_id", *(one.split()[0] for one in columns)))
        source = f"(VALUES {', '.join(rows)}) AS v({names})"
    else:
        nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in (one.split() for one in columns))
        source = f"(SELECT NULL::BIGINT AS subject_id, {nothing} WHERE FALSE) AS v"
    return (
        f"SELECT subject_id::BIGINT AS subject_id, grade::VARCHAR AS {prefix}_grade, "
        f"points_low::BIGINT AS {prefix}_low, points_high::BIGINT AS {prefix}_high, "
        f"access::TINYINT AS {prefix}_access FROM {source}"
    )
