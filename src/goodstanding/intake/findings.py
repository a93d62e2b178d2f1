"""The table of problems and the table of rejected cells, gathered from the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.intake import mapping, sql
from goodstanding.intake.admission import grounds, shown
from goodstanding.intake.batch import Outcome
from goodstanding.intake.plan import Plan
from goodstanding.intake.rules import NOTES, REMEDIES, remedy

if TYPE_CHECKING:
    import duckdb

SHOWN = 200
"""Characters of a cell that a report shows."""

_COLUMNS = (
    "row BIGINT, column_name VARCHAR, value_shown VARCHAR, rule VARCHAR, clause VARCHAR, outcome VARCHAR"
)


def gather(con: duckdb.DuckDBPyConnection, plan: Plan, prefix: str, row: str) -> None:
    """Make the tables `<prefix>_problems`, `<prefix>_rejected` and `<prefix>_keys`, as `CheckedBatch` describes them.

    Args:
        con: the connection with `<prefix>_stage`, `<prefix>_persons` and `<prefix>_set_aside`.
        plan: of the file, whose relation can still be read.
        prefix: of the batch's tables.
        row: SQL of the row number over the stage.
    """
    stage, aside = f'"{prefix}_stage"', f'"{prefix}_set_aside"'
    found = f'"{prefix}_found"'
    con.execute(f"CREATE TABLE {found} ({_COLUMNS})")
    persons = f'"{prefix}_persons"'
    admitted = f"{row} NOT IN (SELECT row FROM {persons})"
    con.execute(
        f"INSERT INTO {found} SELECT row, column_name, NULL, 'personal-number', 'personal-number', "
        f"'{Outcome.REFUSED}' FROM {persons}"
    )
    places = grounds(plan)
    if places:
        columns, rules, clauses = (
            f"[{', '.join(sql.text(one) for one in part)}][refused + 1]"
            for part in zip(*((one.column, one.rule, one.clause) for one in places), strict=True)
        )
        con.execute(
            f"INSERT INTO {found} SELECT {row}, {columns}, NULL, {rules}, {clauses}, '{Outcome.REFUSED}' "
            f"FROM {stage} WHERE refused IS NOT NULL AND {admitted}"
        )
    con.execute(
        f"INSERT INTO {found} SELECT row, one.column_name, "
        f"left({shown(plan, 'one.column_name', 'one.value_shown')}, {SHOWN}), one.rule, NULL, "
        f"CASE WHEN {sql.one_of('one.rule', NOTES)} THEN '{Outcome.NOTE}' ELSE '{Outcome.REPORTED}' END "
        f"FROM (SELECT {row} AS row, unnest(findings) AS one FROM {stage} "
        f"WHERE findings IS NOT NULL AND {admitted})"
    )
    if plan.source.broken:
        con.execute(
            f"INSERT INTO {found} SELECT row, NULL, NULL, CASE WHEN personal THEN 'personal-number' ELSE rule END, "
            f"CASE WHEN personal THEN 'personal-number' END, "
            f"CASE WHEN personal THEN '{Outcome.REFUSED}' ELSE '{Outcome.REPORTED}' END FROM {plan.source.broken}"
        )
    key = "replace(source_key, chr(31), ' · ')"
    person = plan.contract.role.person
    named = person if person in plan.contract.key else ""
    con.execute(
        f"INSERT INTO {found} SELECT row, {sql.text(' · '.join(plan.contract.key))}, "
        f"CASE WHEN {shown(plan, sql.text(named), 'source_key')} IS NOT NULL THEN left({key}, {SHOWN}) END, "
        f"'conflicting-key', NULL, '{Outcome.REPORTED}' FROM {aside} WHERE conflicting"
    )
    broken = [one for (one,) in con.execute(f"SELECT DISTINCT rule FROM {found}").fetchall()]
    remedies = " ".join(
        f"WHEN {sql.text(one)} THEN {sql.text(remedy(one))}" for one in sorted({*broken, *REMEDIES})
    )
    con.execute(
        f'CREATE TABLE "{prefix}_problems" AS SELECT DISTINCT row, column_name, value_shown, rule, clause, '
        f"CASE rule {remedies} END AS remedy, outcome FROM {found} ORDER BY row, column_name NULLS FIRST, rule"
    )
    con.execute(f"DROP TABLE {found}")
    _rejected(con, plan, prefix, row)


def _rejected(con: duckdb.DuckDBPyConnection, plan: Plan, prefix: str, row: str) -> None:
    """The cells of reported rows: those that are wrong by themselves are in the stage, those in conflict
    with another row are read again."""
    rejected = f'"{prefix}_rejected"'
    con.execute(f"CREATE TABLE {rejected} (row BIGINT, cells VARCHAR[])")
    key = mapping.shown(plan, mapping.mapped(plan))["source_key"]
    aside = f'"{prefix}_set_aside"'
    bad = f'SELECT {row} AS row, {key} AS source_key, cells FROM "{prefix}_stage" WHERE bad AND refused IS NULL '
    bad += f'AND {row} NOT IN (SELECT row FROM "{prefix}_persons")'
    conflicting = f"SELECT row FROM {aside} WHERE conflicting"
    source = plan.source.relation
    if not plan.source.numbered:
        source = f"(SELECT row_number() OVER () + 1 AS row, * FROM {source})"
    every = ", ".join(f"c{place}" for place in range(len(plan.source.headers)))
    again = f"SELECT row, [{every}]::VARCHAR[] AS cells FROM {source} WHERE row IN ({conflicting})"
    con.execute(
        f'CREATE TABLE "{prefix}_keys" AS SELECT row, source_key FROM ({bad}) WHERE source_key IS NOT NULL '
        f"UNION ALL SELECT row, source_key FROM {aside} WHERE conflicting"
    )
    queries = [bad]
    if con.execute(f"{conflicting} LIMIT 1").fetchone():
        queries.append(again)
    names = [one.name for one in plan.contract.columns]
    places = [plan.places.get(name, -1) + 1 for name in names]
    visible = shown(plan, f"[{', '.join(sql.text(name) for name in names)}][place]", "cell")
    for query in queries:
        con.execute(
            f"INSERT INTO {rejected} SELECT row, list({visible} ORDER BY place) FROM (SELECT row, place, "
            f"cells[({places}::INTEGER[])[place]] AS cell FROM ({query}), range(1, {len(names) + 1}) AS r(place)) "
            "GROUP BY row"
        )
    con.execute(f'ALTER TABLE "{prefix}_stage" DROP COLUMN cells')
