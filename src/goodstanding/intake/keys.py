"""The one spelling of a key cell: under it a row is found again, and what was erased stays out.

A key typed with full-width digits, another pair of spaces or a compatibility form must not pass for a new
one. Folded are only differences that nobody means:

- width, and the other compatibility forms of Unicode's NFKC (UAX 15), but for raised, lowered and encircled
  signs, fractions, and signs that hold a number: 12², 12① and 122, 121 are different keys;
- white space: cut at the ends, a run of it inside is one space;
- what has no shape: control characters, and what Unicode's Default_Ignorable_Code_Point names;
- in a column of type `code` without a list of words, the case of a cell that is plain ASCII.

Digits, letters, hyphens and brackets of another kind stay. Identifiers, days, numbers and the contract's own
words have one spelling already (`intake.values`). Only the key is folded: the record keeps what was sent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from goodstanding.catalogue.model import Column, ColumnType, Contract
from goodstanding.intake import sql

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
_BETWEEN = "\x1f"
_WHITE = "\t\n\v\f\r\x85\u1680\u2028\u2029"
_MEANT = ("<super>", "<sub>", "<circle>", "<fraction>")
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Coarse: every character that the fold may change (tested) but what separates cells, and a doubled space.
_ODD = (
    r"[\x00-\x1e\x7f-\xbe\x{132}-\x{17f}\x{1c4}-\x{1f3}\x{2b0}-\x{2e4}\x{340}-\x{387}\x{3d0}-\x{3f9}\x{587}-\x{678}"
    r"\x{958}-\x{fb9}\x{10fc}-\x{1160}\x{1680}\x{17b4}-\x{180f}\x{1d2c}-\x{1dbf}\x{1e9a}-\x{200f}\x{2011}"
    r"\x{2017}\x{2024}-\x{2ef3}\x{2f00}-\x{2fdf}\x{3000}\x{3036}-\x{303a}\x{309b}-\x{309f}\x{30ff}-\x{33ff}"
    r"\x{a69c}-\x{ab69}\x{f900}-\x{10ffff}]|  "
)


def folded_key(cell: str, *, code: bool = False) -> str:
    """The one spelling of a key cell.

    Args:
        cell: the value of a cell, any text.
        code: whether its column is of type `code` and has no list of words.
    """
    folded = unicodedata.normalize("NFC", "".join(map(_form, cell)))
    folded = re.sub(" +", " ", folded).strip(" ")
    return folded.upper() if code and folded.isascii() else folded


@cache
def _form(char: str) -> str:
    if char in _WHITE:
        return " "
    if unicodedata.category(char) == "Cc" or _IGNORABLE.match(char):
        return ""
    form = unicodedata.normalize("NFKC", char)
    holds_number = any(one in "0123456789" for one in form) and not char.isdecimal()
    if holds_number or unicodedata.decomposition(char).startswith(_MEANT):
        return char
    return form


def folds(column: Column, *, identifier: bool) -> bool:
    """Whether cells of a column can have more than one spelling once they are read."""
    free = column.type is ColumnType.TEXT or _is_code(column)
    return free and not identifier


def _is_code(column: Column) -> bool:
    return column.type is ColumnType.CODE and not column.values


def key_cell(column: Column, value: str) -> str:
    """SQL of a key cell but for what is left to `fold_keys`: the case of a code, and what is met most.

    Looking for a character costs far less than replacing it. What separates cells may not stand in one.
    """
    apart = f"CASE WHEN contains({value}, chr(31)) THEN replace({value}, chr(31), '') ELSE {value} END"
    wide = f"strlen({value}) <> length({value}) AND contains({value}, '（')"
    near = f"replace(replace({apart}, '（', '('), '）', ')')"
    narrow = f"CASE WHEN strlen({near}) = length({near}) THEN upper({near}) ELSE {near} END"
    if not _is_code(column):
        return f"CASE WHEN {wide} THEN {near} ELSE {apart} END"
    plain = f"CASE WHEN strlen({value}) = length({value}) THEN upper({apart}) ELSE {apart} END"
    return f"CASE WHEN {wide} THEN {narrow} ELSE {plain} END"


def fold_keys(con: duckdb.DuckDBPyConnection, contract: Contract, stage: str, folding: list[bool]) -> None:
    """Fold the keys of `stage` that hold more than plain text, few in most files, one by one.

    Args:
        con: the connection.
        contract: whose key the stage's `source_key` is.
        stage: quoted name of the table, with `source_key` as `key_cell` made it.
        folding: for each column of the key, whether its cells are folded.
    """
    codes = [_is_code(contract.column(name)) for name in contract.key]
    con.execute("CREATE OR REPLACE TEMP TABLE intake_folded (place BIGINT, key VARCHAR)")
    waiting = con.cursor().execute(
        f"SELECT rowid, source_key FROM {stage} WHERE regexp_matches(source_key, {sql.text(_ODD)})"
    )
    changed = False
    while rows := waiting.fetchmany(_BATCH):
        made = []
        for place, key in rows:
            cells = zip(key.split(_BETWEEN), folding, codes, strict=True)
            whole = _BETWEEN.join(folded_key(one, code=code) if fold else one for one, fold, code in cells)
            if whole != key:
                made.append((place, whole))
        if not made:
            continue
        changed = True
        places = pa.array([one for one, _ in made], pa.int64())
        batch = pa.table({"place": places, "key": pa.array([one for _, one in made], pa.string())})
        con.register("intake_keys", batch)
        con.execute("INSERT INTO intake_folded SELECT place, key FROM intake_keys")
        con.unregister("intake_keys")
    if changed:
        con.execute(
            f"UPDATE {stage} SET source_key = f.key FROM intake_folded f WHERE {stage}.rowid = f.place"
        )
    con.execute("DROP TABLE intake_folded")
