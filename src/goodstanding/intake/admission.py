"""Section 1 of the design: which rows are not admitted, and are counted without being echoed.

Three guards, each for every row: the contract's own rules (how this source shows a natural person, a
person's trade or a home), a natural person's number in any cell, ignored and unknown columns included, and
subjects that an identifier shows not to be ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from goodstanding.catalogue.model import Refusal1, Target
from goodstanding.core.identifiers.persons import personal_number_in, suspect_sql
from goodstanding.core.identifiers.sql import refused_as_subject_sql
from goodstanding.intake import sql
from goodstanding.intake.plan import Plan

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000


def refusal(plan: Plan) -> str:
    """SQL of the rule that refuses the row: a structure (rule, clause, column_name), NULL if it is admitted."""
    branches = []
    for one in plan.contract.refuse:
        branches.append(f"WHEN {_shown(plan, one)} THEN {_named(one.id, one.rule, sql.text(one.column))}")
    subject = plan.contract.subject
    branches.append(_not_ours(plan, subject.scheme, subject.identifier))
    if plan.contract.target is Target.TIES:
        branches.append(_not_ours(plan, plan.contract.tie.scheme, plan.contract.tie.other))
    return f"CASE {' '.join(branches)} END" if any(branches) else f"CASE WHEN false THEN {_named('', '', 'NULL')} END"


def suspects(plan: Plan) -> str:
    """SQL of the cells of a row in which a personal number may stand, NULL for nearly every row.

    Every column of the file is looked at, ignored and unknown ones too. The form is asked here for all rows
    at once; the check digits are asked by `persons_in` for the few that are left.
    """
    every = [f"c{place}" for place in range(len(plan.source.headers))]
    tests = [suspect_sql(cell) for cell in every]
    return f"CASE WHEN {' OR '.join(tests)} THEN [{', '.join(every)}]::VARCHAR[] END"


def persons_in(
    con: duckdb.DuckDBPyConnection, plan: Plan, stage: str, row: str, table: str
) -> int:
    """Make `table` (row BIGINT, column_name VARCHAR) of the rows that hold a natural person's number.

    Returns:
        How many there are.
    """
    con.execute(f"CREATE TABLE {table} (row BIGINT, column_name VARCHAR)")
    names = {place: name for name, place in plan.places.items()}
    found = []
    waiting = con.cursor().execute(f"SELECT {row}, suspects FROM {stage} WHERE suspects IS NOT NULL")
    while rows := waiting.fetchmany(_BATCH):
        for number, cells in rows:
            place = next((at for at, cell in enumerate(cells) if cell and personal_number_in(cell)), None)
            if place is not None:
                found.append((number, names.get(place)))
    for start in range(0, len(found), _BATCH):
        part = found[start : start + _BATCH]
        numbers = pa.array([one for one, _ in part], pa.int64())
        batch = pa.table({"row": numbers, "column_name": pa.array([one for _, one in part], pa.string())})
        con.register("intake_persons", batch)
        con.execute(f"INSERT INTO {table} SELECT row, column_name FROM intake_persons")
        con.unregister("intake_persons")
    con.execute(f"ALTER TABLE {stage} DROP COLUMN suspects")
    return len(found)


def hidden(plan: Plan, column: str) -> str:
    """SQL, true where the cell of a bad row must not be shown: it may be a mistyped personal number.

    A person's name is hidden always: the report would be an export of names.
    """
    if plan.contract.target is Target.ROLES and column == plan.contract.role.person:
        return "true"
    return suspect_sql(plan.raw(column))


def _named(rule: str, clause: str, column: str) -> str:
    return f"{{'rule': {sql.text(rule)}, 'clause': {sql.text(clause)}, 'column_name': {column}}}"


def _shown(plan: Plan, one: Refusal1) -> str:
    """Whether a rule of the contract holds; `also` narrows it."""
    cell = plan.trimmed(one.column)
    wide = f"strlen({cell}) <> length({cell}) AND regexp_matches({cell}, '[\uff01-\uff5e\u3000]')"
    read = f"CASE WHEN {wide} THEN {sql.folded(cell)} ELSE {cell} END"
    tests = []
    if one.pattern and one.blank:
        tests.append(f"({cell} IS NULL OR regexp_matches({read}, {sql.text(one.pattern)}))")
    elif one.pattern:
        tests.append(f"coalesce(regexp_matches({read}, {sql.text(one.pattern)}), false)")
    elif one.blank:
        tests.append(f"{cell} IS NULL")
    if one.unless:
        tests.append(f"NOT regexp_matches(coalesce({read}, ''), {sql.text(one.unless)})")
    tests += [_shown(plan, also) for also in one.also]
    return f"({' AND '.join(tests)})"


def _not_ours(plan: Plan, scheme: str, column: str) -> str:
    """A unified social credit identifier of an individual business or of an authority that is left out."""
    if scheme != "usci":
        return ""
    value = plan.value(column)
    # a mistyped number of an individual business still shows one: the check character is not asked
    found = f"CASE WHEN length({value}) = 18 THEN {refused_as_subject_sql(value)} END"
    clause = f"'clause': {found}"
    return (
        f"WHEN {found} IS NOT NULL THEN "
        f"{{'rule': 'subject-not-admitted', {clause}, 'column_name': {sql.text(column)}}}"
    )
