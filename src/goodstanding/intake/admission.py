"""Section 1 of the design: which rows are not admitted, and are counted without being echoed.

Three guards, each for every row: the contract's own rules (how this source shows a natural person, a
person's trade or a home), a natural person's number in any cell, ignored and unknown columns included, and
subjects that an identifier shows not to be ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from goodstanding.catalogue.model import ColumnType, RowRefusal, Target
from goodstanding.core.identifiers.persons import SUSPECT, personal_number_in
from goodstanding.core.identifiers.sql import refused_as_subject_sql
from goodstanding.intake import sql
from goodstanding.intake.plan import Plan

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
_FORM = (
    r"(?:^|[^0-9])(?:[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][ -]?[0-9]{3}[0-9Xx]"
    r"|[0-9]{11}|[0-9]{3}[. ][0-9]{3}[. ][0-9]{3}[-/. ]?[0-9]{2})(?:$|[^0-9])"
)
"""What an identity number or a CPF looks like, right or mistyped."""


@dataclass(frozen=True)
class Ground:
    """Why a row is not admitted: SQL of when, and what the report says.

    `perhaps` is SQL that holds whenever `when` does; grounds that share it are asked it once.
    """

    when: str
    rule: str
    clause: str
    column: str
    perhaps: str


def grounds(plan: Plan) -> list[Ground]:
    """The grounds on which the contract and the schemes refuse a row, in order: the first that holds counts."""
    perhaps = _perhaps(plan)
    found = [
        Ground(
            shows, one.id, one.rule, one.column, perhaps.get(one.column, shows) if _searches(one) else shows
        )
        for one in plan.contract.refuse
        for shows in [_shown(plan, one)]
    ]
    subject = plan.contract.subject
    found += _not_ours(plan, subject.scheme, subject.identifier)
    if plan.contract.target is Target.TIES:
        found += _not_ours(plan, plan.contract.tie.scheme, plan.contract.tie.other)
    return found


def refusal(plan: Plan) -> str:
    """SQL of the place in `grounds` of what refuses the row, NULL if it is admitted.

    One coarse question for each column comes first, and few rows are asked the fine ones.
    """
    found = grounds(plan)
    if not found:
        return "NULL::USMALLINT"
    coarse = " ".join(f"WHEN {one} THEN true" for one in dict.fromkeys(one.perhaps for one in found))
    fine = " ".join(f"WHEN {one.when} THEN {place}" for place, one in enumerate(found))
    return f"CASE WHEN CASE {coarse} ELSE false END THEN CASE {fine} END END::USMALLINT"


def suspect(plan: Plan, *, few: bool) -> str:
    """SQL, true for a row in which a personal number may stand.

    Every column of the file is looked at, ignored and unknown ones too. The form is asked here for all rows
    at once; the check digits are asked by `persons_in` for the few that are left. Of `few` rows the cells are
    asked as one list: DuckDB reads the question once and not for each column, which takes longer than the rows.
    """
    names = {place: name for name, place in plan.places.items()}
    cells = []
    for place in range(len(plan.source.headers)):
        cell = f"c{place}"
        column = plan.contract.column(names[place]) if place in names else None
        if column is not None and not column.ignored:
            number = plan.numbers[column.name]
            if column.type is ColumnType.DATE:
                cell = f"CASE WHEN v{number} IS NULL THEN {cell} END"  # a day has eight digits
            elif column.values and not column.scheme:
                # one of the contract's own words holds none
                cell = f"CASE WHEN f{number} IS NOT NULL THEN {cell} END"
        cells.append(cell)
    if few:
        return f"len(list_filter([{', '.join(cells)}]::VARCHAR[], lambda cell: {SUSPECT}(cell))) > 0"
    return " OR ".join(f"{SUSPECT}({cell})" for cell in cells)


def persons_in(con: duckdb.DuckDBPyConnection, plan: Plan, stage: str, row: str, table: str) -> int:
    """Make `table` (row BIGINT, column_name VARCHAR) of the rows that hold a natural person's number.

    Returns:
        How many there are.
    """
    con.execute(f"CREATE TABLE {table} (row BIGINT, column_name VARCHAR)")
    names = {place: name for name, place in plan.places.items()}
    found = []
    waiting = con.cursor().execute(f"SELECT {row}, cells FROM {stage} WHERE suspect AND refused IS NULL")
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
    return len(found)


def shown(plan: Plan, column_sql: str, value: str) -> str:
    """SQL of a cell of a bad row as a report may show it, NULL where it may not.

    What has the form of a personal number is hidden even if its check character is wrong: it may be mistyped.
    A person's name is hidden always: the report would be an export of names.
    """
    hidden = f"{SUSPECT}({value}) OR regexp_matches({sql.folded(value)}, {sql.text(_FORM)})"
    if plan.contract.target is Target.ROLES:
        hidden = f"{column_sql} = {sql.text(plan.contract.role.person)} OR {hidden}"
    return f"CASE WHEN NOT coalesce({hidden}, false) THEN {value} END"


def _searches(one: RowRefusal) -> bool:
    """Whether a rule can hold only where its pattern is found in its column."""
    return bool(one.pattern) and not one.blank


def _perhaps(plan: Plan) -> dict[str, str]:
    """For each column with rules that search it: SQL of whether one of their patterns is found at all."""
    patterns: dict[str, list[str]] = {}
    for one in plan.contract.refuse:
        if _searches(one):
            patterns.setdefault(one.column, []).append(f"(?:{one.pattern})")
    return {
        column: f"regexp_matches({_read(plan, column)}, {sql.text('|'.join(found))})"
        for column, found in patterns.items()
    }


def _read(plan: Plan, column: str) -> str:
    """The trimmed cell as the patterns are searched in it: full-width forms made narrow."""
    cell = plan.trimmed(column)
    wide = f"strlen({cell}) <> length({cell}) AND regexp_matches({cell}, '[\uff01-\uff5e\u3000]')"
    return f"CASE WHEN {wide} THEN {sql.folded(cell)} ELSE {cell} END"


def _shown(plan: Plan, one: RowRefusal) -> str:
    """Whether a rule of the contract holds; `also` narrows it."""
    cell, read = plan.trimmed(one.column), _read(plan, one.column)
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


def _not_ours(plan: Plan, scheme: str, column: str) -> list[Ground]:
    """A number that shows an individual business, or an authority whose organisations are left out.

    In a registration number of GS 15-2006 the sequence of an individual business begins with 6 to 9.
    """
    value = plan.value(column)
    # a mistyped number of an individual business still shows one: the check character is not asked
    if scheme == "cn-registration":
        own = f"length({value}) = 15 AND {sql.one_of(f'substr({value}, 7, 1)', '6789')}"
        return [Ground(own, "subject-not-admitted", "individual-business", column, own)]
    if scheme != "usci":
        return []
    # nor its length: an apostrophe of Excel's may stand before it, or a character be missing
    text = f"CAST({value} AS VARCHAR)"
    plain = f"({text} >= '0' AND {text} < ':') OR ({text} >= 'A' AND {text} < '[')"
    bare = f"CASE WHEN {plain} THEN {text} ELSE regexp_replace({text}, '^[^0-9A-Z]+', '') END"
    found = refused_as_subject_sql(f"({bare})")
    reasons = ("individual-business", "refused-authority")
    return [
        Ground(f"{found} = {sql.text(one)}", "subject-not-admitted", one, column, f"{found} IS NOT NULL")
        for one in reasons
    ]
