"""How a cell becomes a value, and what can be wrong with it, as SQL.

Each type has a cheap test that nearly every cell of a clean file passes; only a cell that fails it is
folded, taken apart and, if it is wrong, told why. Numbers are exact: DECIMAL, never a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Column, ColumnType
from goodstanding.core.identifiers.scheme import Scheme
from goodstanding.core.identifiers.sql import fault_sql, normalise_sql
from goodstanding.intake import sql

FIRST_DAY = date(1900, 1, 2)
LAST_DAY = date(2199, 12, 31)
LARGEST = 2**53 - 1
"""Integers beyond this have no canonical JSON (RFC 8785, section 3.2.2.3)."""

_SPREADSHEET_ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!")
_SHAPES = {"%Y": r"\d{4}", "%y": r"\d\d", "%m": r"\d{1,2}", "%d": r"\d{1,2}", "%H": r"\d\d", "%M": r"\d\d"}
_SHAPES |= {"%S": r"\d\d", "%f": r"\d+", "%b": r"\w+", "%B": r"\w+", "%%": "%"}


@dataclass(frozen=True)
class Typed:
    """SQL of a value (over the cell's text) and of its fault (over the text and the value)."""

    value: str
    fault: str


def typed(column: Column, text: str, value: str, scheme: Scheme | None) -> Typed:
    """How cells of a column are read.

    Args:
        column: of the contract.
        text: SQL name of the trimmed text, NULL where there is no value.
        value: SQL name that the value will have, for use in the fault.
        scheme: identifier scheme of the column, if it has one.

    Returns:
        Two expressions; the fault is a code of `intake.rules`, NULL if the cell is right.
    """
    if scheme is not None:
        read = Typed(normalise_sql(scheme, text), _identifier(scheme, value))
    elif column.type is ColumnType.DATE:
        read = Typed(_date(column, text), _date_fault(column, text, value))
    elif column.type is ColumnType.INTEGER:
        read = Typed(_integer(column, text), _number_fault(column, text, value))
    elif column.type in (ColumnType.MONEY, ColumnType.DECIMAL):
        read = Typed(_scaled(column, text), _number_fault(column, text, value))
    elif column.type is ColumnType.CODE:
        read = Typed(sql.composed(sql.narrowed(text)), _text_fault(column, value))
    else:
        read = Typed(sql.composed(text), _text_fault(column, value))
    more = [f"WHEN {text} IS NULL THEN NULL"]
    if scheme is not None or column.type in (ColumnType.TEXT, ColumnType.CODE):
        more.append(
            f"WHEN {text} LIKE '#%' AND {sql.one_of(text, _SPREADSHEET_ERRORS)} THEN 'spreadsheet-error'"
        )
        more.append(f"WHEN {_rounded(text)} THEN 'spreadsheet-rounded'")
        more.append(f"WHEN contains({text}, chr(0)) THEN 'nul-byte'")
    if scheme is not None and column.pattern:
        read = Typed(read.value, f"coalesce({read.fault}, {_text_fault(column, value)})")
    return Typed(read.value, f"CASE {' '.join(more)} ELSE {read.fault} END")


def _rounded(text: str) -> str:
    """A number that a spreadsheet has rounded on its way into text: 9.11101E+17."""
    return f"(contains({text}, 'E+') AND regexp_full_match({text}, '[0-9]([.,][0-9]+)?E[+][0-9]+'))"


def _identifier(scheme: Scheme, value: str) -> str:
    return f"'identifier-' || {fault_sql(scheme, value)}"


def _date(column: Column, text: str) -> str:
    formats = ", ".join(sql.text(one) for one in column.formats)
    slow = f"try_strptime({sql.folded(text)}, [{formats}])::DATE"
    for form, sign in (("%Y-%m-%d", "-"), ("%Y/%m/%d", "/")):
        if column.formats[0] == form:
            shape = (
                f"strlen({text}) = 10 AND substr({text}, 5, 1) = '{sign}' AND substr({text}, 8, 1) = '{sign}'"
            )
            return f"CASE WHEN {shape} THEN TRY_CAST({text} AS DATE) ELSE {slow} END"
    fast = f"try_strptime({text}, [{formats}])::DATE"
    return f"CASE WHEN strlen({text}) = length({text}) THEN {fast} ELSE {slow} END"


def _date_fault(column: Column, text: str, value: str) -> str:
    shapes = "|".join(f"(?:{_shape(one)})" for one in column.formats)
    return (
        f"CASE WHEN {value} IS NULL THEN "
        f"CASE WHEN regexp_full_match({sql.folded(text)}, {sql.text(shapes)}) THEN 'date-invalid' "
        f"ELSE 'date-format' END "
        f"WHEN {value} = DATE '1900-01-01' THEN 'date-placeholder' "
        f"WHEN {value} < DATE '{FIRST_DAY}' OR {value} > DATE '{LAST_DAY}' THEN 'date-range' END"
    )


def _shape(form: str) -> str:
    parts = re.split(r"(%.)", form)
    return "".join(_SHAPES.get(part, ".+") if part.startswith("%") else re.escape(part) for part in parts)


def _pattern(column: Column, decimals: str) -> str:
    """What a number looks like: grouped by threes or not grouped at all, then `decimals`."""
    whole = r"\d+"
    if column.thousands:
        whole = rf"(?:\d{{1,3}}(?:{re.escape(column.thousands)}\d{{3}})+|\d+)"
    return rf"[+-]?{whole}{decimals.replace('D', re.escape(column.decimal))}"


def _plain(column: Column, text: str) -> str:
    """The number without grouping, with a point."""
    found = f"CASE WHEN strlen({text}) = length({text}) THEN {text} ELSE {sql.folded(text)} END"
    if column.thousands:
        found = f"replace({found}, {sql.text(column.thousands)}, '')"
    if column.decimal != ".":
        found = f"replace({found}, {sql.text(column.decimal)}, '.')"
    return found


def _matches(column: Column, text: str, decimals: str) -> str:
    folded = f"CASE WHEN strlen({text}) = length({text}) THEN {text} ELSE {sql.folded(text)} END"
    return f"regexp_full_match({folded}, {sql.text(_pattern(column, decimals))})"


def _integer(column: Column, text: str) -> str:
    direct = f"TRY_CAST({text} AS BIGINT)"
    slow = f"CASE WHEN {_matches(column, text, '(?:D0+)?')} THEN {_exact(column, text, 1)} END"
    if column.thousands:
        return slow  # "1.234" may be grouped: only the pattern can tell
    return f"CASE WHEN {direct}::VARCHAR = {text} THEN {direct} ELSE {slow} END"


def _scaled(column: Column, text: str) -> str:
    slow = f"CASE WHEN {_matches(column, text, '(?:D[0-9]{1,9}0*)?')} THEN {_exact(column, text, column.scale)} END"
    digits = len(str(column.scale)) - 1
    if column.scale != 10**digits or not digits or column.decimal != ".":
        return slow
    # written with all its decimals, as most are: 1234.50
    direct = f"TRY_CAST({text} AS DECIMAL(15, {digits}))"
    return f"CASE WHEN {direct}::VARCHAR = {text} THEN ({direct} * {column.scale})::BIGINT ELSE {slow} END"


def _exact(column: Column, text: str, scale: int) -> str:
    """The number times `scale` as BIGINT, NULL if that is not whole or too large for canonical JSON."""
    number = f"TRY_CAST({_plain(column, text)} AS DECIMAL(27, 9))"
    scaled = f"({number} * CAST({scale} AS DECIMAL(11, 0)))"
    return f"CASE WHEN {scaled} % 1 = 0 AND abs({scaled}) <= {LARGEST} THEN {scaled}::BIGINT END"


def _number_fault(column: Column, text: str, value: str) -> str:
    decimal = _matches(column, text, "(?:D[0-9]+)?")
    fine = 0 if column.type is ColumnType.INTEGER else len(str(column.scale)) - 1
    exact = _matches(column, text, f"(?:D[0-9]{{0,{fine}}}0*)?")
    other = "number-fraction" if column.type is ColumnType.INTEGER else "number-decimals"
    bounds = []
    if column.minimum is not None:
        bounds.append(f"{value} < {column.minimum}")
    if column.maximum is not None:
        bounds.append(f"{value} > {column.maximum}")
    bounded = f"WHEN {' OR '.join(bounds)} THEN 'number-range' " if bounds else ""
    return (
        f"CASE WHEN {value} IS NULL THEN CASE WHEN {exact} THEN 'number-too-large' "
        f"WHEN {decimal} THEN '{other}' ELSE 'number-format' END "
        f"WHEN abs({value}) > {LARGEST} THEN 'number-too-large' {bounded}END"
    )


def _text_fault(column: Column, value: str) -> str:
    tests = []
    if column.values:
        tests.append(f"WHEN NOT {sql.one_of(value, column.values)} THEN 'code-unknown'")
    if column.max_length:
        tests.append(f"WHEN length({value}) > {column.max_length} THEN 'too-long'")
    if column.pattern:
        tests.append(f"WHEN NOT regexp_full_match({value}, {sql.text(column.pattern)}) THEN 'pattern'")
    return f"CASE {' '.join(tests)} END" if tests else "NULL::VARCHAR"
