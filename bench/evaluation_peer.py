"""The peer: the fictional rulebook of 95 rules as an analyst would write it by hand for DuckDB.

It knows this rulebook and this extract: no three values, no facts, no merges, no access. It keeps the same
filters (window, ending as of the day, kind of subject) and the same lines and grades for what is stated.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from goodstanding.rules.model import Per, Rulebook

from .evaluation_data import CODES, ITEMS, path


def rule_rows(rulebook: Rulebook, day: date) -> list[tuple[object, ...]]:
    """The rules as rows: what the analyst would type into a VALUES list."""
    number = {path(one): one for one in range(1, ITEMS + 1)}
    rows: list[tuple[object, ...]] = []
    for place, rule in enumerate(rulebook.selecting, 1):
        first, end = rule.window.bounds(day)
        select, award = rule.select, rule.award
        levels = select.seriousness or (1, 2, 3)
        codes = select.codes[0].values if select.codes else CODES
        rows.append(
            (
                place,
                number[select.item],
                first,
                end,
                select.amount.range.low if select.amount else -1,
                select.numbers[0].range.low if select.numbers else -1,
                sum(1 << level for level in levels),
                sum(1 << int(code[1:]) for code in codes),
                getattr(award, "points", 0),
                award.unit if isinstance(award, Per) else None,
                -rule.reach if rule.reach is not None else None,
            )
        )
    return rows


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return f"DATE '{value}'" if isinstance(value, date) else str(value)


def run(db: duckdb.DuckDBPyConnection, folder: Path, rulebook: Rulebook, day: date) -> tuple[int, int]:
    """Lines and grades by hand-written SQL; returns how many lines and subjects there are."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE rule (rule SMALLINT, item INTEGER, first DATE, past DATE, amount BIGINT, "
        "days BIGINT, levels INTEGER, kinds INTEGER, points BIGINT, unit BIGINT, cap BIGINT)"
    )
    values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rule_rows(rulebook, day))
    db.execute(f"INSERT INTO rule VALUES {values}")
    earliest = min(one.window.bounds(day)[0] for one in rulebook.selecting)
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE hit AS
        SELECT r.subject_id, u.rule, r.record_id, r.decided_on,
            CASE WHEN u.unit IS NULL THEN u.points ELSE u.points * (r.amount // u.unit) END AS points, u.cap
        FROM (
            SELECT record_id, subject_id, item, decided_on, number_1,
                CASE WHEN currency = 'CNY' THEN amount END AS amount, 1 << seriousness AS level,
                1 << substr(code_1, 2)::INTEGER AS kind
            FROM read_parquet('{folder}/records-*.parquet')
            WHERE decided_on >= DATE '{earliest}' AND decided_on <= DATE '{day}'
        ) AS r
        JOIN rule AS u ON r.item = u.item AND r.decided_on >= u.first AND r.decided_on < u.past
            AND coalesce(r.amount, 0) >= u.amount AND r.number_1 >= u.days
            AND (r.level & u.levels) <> 0 AND (r.kind & u.kinds) <> 0
        ANTI JOIN (
            SELECT record_id FROM read_parquet('{folder}/endings.parquet') WHERE counts_until <= DATE '{day}'
        ) AS e USING (record_id)
        """
    )
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE line AS
        SELECT subject_id, rule, record_id, greatest(total, cap) - greatest(total - points, cap) AS points
        FROM (
            SELECT *, sum(points) OVER (
                PARTITION BY subject_id, rule ORDER BY decided_on, record_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )::BIGINT AS total
            FROM hit WHERE cap IS NOT NULL
        )
        UNION ALL SELECT subject_id, rule, record_id, points FROM hit WHERE cap IS NULL
        """
    )
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE grade AS
        SELECT subject_id, total, CASE WHEN total >= 9000 THEN 'A' WHEN total >= 7000 THEN 'B'
            WHEN total >= 4000 THEN 'C' ELSE 'D' END AS grade
        FROM (
            SELECT s.subject_id, 10000 + coalesce(l.points, 0) AS total
            FROM read_parquet('{folder}/subjects.parquet') AS s
            LEFT JOIN (SELECT subject_id, sum(points)::BIGINT AS points FROM line GROUP BY subject_id) AS l
                USING (subject_id)
            WHERE s.kind = 'enterprise'
        )
        """
    )
    lines, grades = (db.execute(f"SELECT count(*) FROM {one}").fetchall()[0][0] for one in ("line", "grade"))
    return lines, grades
