"""Rows of a checked batch → the ledger's tables and the extract, set by set.

Each function works inside the event's transaction; nothing here opens or closes one.
"""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from goodstanding.catalogue.model import Item
from goodstanding.core.home import Home
from goodstanding.ledger.digests import SourceDigests, leaf_hex_sql, salt_hex_sql
from goodstanding.ledger.models import Event, Part
from goodstanding.ledger.parts import WrittenPart, register_part, write_part
from goodstanding.ledger.shuttle import Shuttle, escaped, escaped_json

CHUNK_ROWS = 50_000
"""Rows of the file behind one COPY: bounds what the database's statement checks hold at once."""

_HEX = r"'\\x'"
"""What stands before the hexadecimal digits of bytes, as a string of SQL for `Shuttle.write_text`."""

_RECORD = ("id", "public_id", "source_id", "source_key", "revision", "leaf")
_CONTENT = (
    "record_id", "subject_id", "item_id", "access", "occurred_on", "decided_on", "effective_from",
    "effective_to", "amount", "currency", "seriousness", "digest", "salt", "body",
)  # fmt: skip
_ROLE = ("id", "source_id", "source_key", "revision", "subject_id", "kind", "from_on", "to_on", "leaf")
_HOLDER = ("role_id", "salt", "name", "digest")
_TIE = (
    "id", "source_id", "source_key", "revision", "subject_id", "other_id", "kind", "from_on", "to_on", "digest",
)  # fmt: skip
_ENDING = ("public_id", "record_id", "ground", "counts_until", "reason", "successor_id", "event_id")
_EXTRACT = (
    "record_id, subject_id, item_id AS item, occurred_on, decided_on, effective_from, effective_to, amount,"
    " currency, seriousness, access, number_1, number_2, number_3, number_4, code_1, code_2, code_3, code_4"
)


@dataclass(frozen=True)
class Admission:
    """What admitting needs to know beside the rows."""

    shuttle: Shuttle
    event: Event
    source_id: int
    home: Home
    digests: SourceDigests


def _corrections(admission: Admission) -> int:
    row = admission.shuttle.con.execute("SELECT count(previous) FROM admitted").fetchone()
    return int(row[0]) if row else 0


def _load(admission: Admission, sealed: str, tables: list[tuple[str, tuple[str, ...], str]]) -> int:
    """COPY `admitted` into tables, in chunks; returns how many rows.

    The digests, salts and leaves of a chunk are made, and written out, while the database takes in the chunk
    before it. `tables` are names, columns and what of the relation `chunk` goes there: a row of `admitted`
    (which has `row`, `source_key` and `body`) with its `key`, `digest`, `salt` and `leaf`.

    Args:
        sealed: the column that the leaf is made of.
    """
    shuttle = admission.shuttle
    batch_secret = secrets.token_bytes(32)
    exporting = shuttle.con.cursor()

    def export(start: int) -> list[Path]:
        exporting.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE chunk AS
            SELECT *, {leaf_hex_sql("salt", sealed)} AS leaf FROM (
                SELECT *, {admission.digests.key("source_key")} AS key,
                       {admission.digests.content("body")} AS digest,
                       {salt_hex_sql(batch_secret, "row")} AS salt
                FROM admitted WHERE row >= {start} AND row < {start + CHUNK_ROWS})
            ORDER BY row
            """
        )
        return [shuttle.write_text(f"SELECT {made} FROM chunk", exporting) for _, _, made in tables]

    rows, first, last = shuttle.con.execute("SELECT count(*), min(row), max(row) FROM admitted").fetchall()[0]
    starts = range(first, last + 1, CHUNK_ROWS) if rows else ()
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = pool.submit(export, starts[0]) if starts else None
        for start in starts:
            assert ahead is not None
            paths, ahead = ahead.result(), pool.submit(export, start + CHUNK_ROWS)
            for path, (table, columns, _) in zip(paths, tables, strict=True):
                shuttle.copy_file(path, table, columns, "text")
    return int(rows)


def add_records(
    admission: Admission, good: str, items: dict[str, Item], numbers: dict[str, int]
) -> tuple[int, int]:
    """Insert the new and corrected rows of `sorted`; returns (loaded, corrections)."""
    con = admission.shuttle.con
    first = admission.event.pk << 32
    table = pa.table(
        {
            "item": pa.array(items, pa.string()),
            "item_id": pa.array([numbers[path] for path in items], pa.int32()),
            "access": pa.array([int(one.access) for one in items.values()], pa.int8()),
        }
    )
    con.register("items_arrow", table)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT g.row, {first} + g.row AS record_id, g.source_key, s.revision, s.previous, u.subject_id,
               i.item_id, i.access,
               g.occurred_on, g.decided_on, g.effective_from, g.effective_to, g.amount, g.currency,
               g.seriousness, g.number_1, g.number_2, g.number_3, g.number_4,
               g.code_1, g.code_2, g.code_3, g.code_4, g.body
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        JOIN items_arrow i ON i.item = g.item
        WHERE s.fate IN ('new', 'correction')
        """
    )
    con.unregister("items_arrow")
    corrections = _corrections(admission)
    with ThreadPoolExecutor(max_workers=1) as pool:  # written while the database takes in the same rows
        parts = pool.submit(_write_record_parts, admission, admission.shuttle.con.cursor())
        loaded = _load_records(admission)
        for part in parts.result():
            register_part(part, admission.event)
    if corrections:
        _end_corrected(admission)
    return loaded, corrections


def _load_records(admission: Admission) -> int:
    return _load(
        admission,
        "body",
        [
            (
                "ledger_record",
                _RECORD,
                f"record_id, uuidv7(), {admission.source_id}, key, revision, {_HEX} || leaf",
            ),
            (
                "ledger_content",
                _CONTENT,
                "record_id, subject_id, item_id, access, occurred_on, decided_on, effective_from, effective_to,"
                f" amount, currency, seriousness, digest, {_HEX} || salt, {escaped_json('body')}",
            ),
        ],
    )


def _write_record_parts(admission: Admission, con: duckdb.DuckDBPyConnection) -> list[WrittenPart | None]:
    return [
        write_part(
            con,
            admission.home,
            f"SELECT {_EXTRACT} FROM admitted WHERE access = {access} ORDER BY subject_id",
            event_id=admission.event.pk,
            name=f"records-{access}",
            kind=Part.Kind.RECORDS,
            access=int(access),
        )
        for (access,) in con.execute("SELECT DISTINCT access FROM admitted ORDER BY 1").fetchall()
    ]


def _end_corrected(admission: Admission) -> None:
    endings = (
        "SELECT previous AS record_id, DATE '0001-01-01' AS counts_until, record_id AS successor"
        " FROM admitted WHERE previous IS NOT NULL"
    )
    part = write_part(
        admission.shuttle.con,
        admission.home,
        f"SELECT record_id, counts_until FROM ({endings})",
        event_id=admission.event.pk,
        name="endings",
        kind=Part.Kind.ENDINGS,
    )
    register_part(part, admission.event)
    admission.shuttle.push(
        f"SELECT uuidv7(), record_id, 'corrected', counts_until, 'The source sent the same key again with"
        f" changed content', successor, {admission.event.pk} FROM ({endings}) ORDER BY record_id",
        "ledger_ending",
        _ENDING,
    )


def add_subject_parts(admission: Admission) -> None:
    """Write the new subjects of the batch to the extract: a part for each access class."""
    new = "subject_of s JOIN incoming i USING (scheme, identifier) WHERE s.is_new"
    classes = admission.shuttle.con.execute(f"SELECT DISTINCT access FROM {new} ORDER BY 1").fetchall()
    for (access,) in classes:
        part = write_part(
            admission.shuttle.con,
            admission.home,
            f"SELECT s.subject_id, s.scheme, i.kind, i.registered_on, i.division FROM {new}"
            f" AND i.access = {access} ORDER BY s.subject_id",
            event_id=admission.event.pk,
            name=f"subjects-{access}",
            kind=Part.Kind.SUBJECTS,
            access=int(access),
        )
        register_part(part, admission.event)


def add_roles(admission: Admission, good: str) -> tuple[int, int]:
    """Insert the new and changed roles of `sorted`; returns (loaded, corrections)."""
    admission.shuttle.con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT g.row, {admission.event.pk << 32} + g.row AS id, g.source_key, s.revision, s.previous,
               u.subject_id, g.role, g.from_on, g.to_on, g.person, g.body
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        WHERE s.fate IN ('new', 'correction')
        """
    )
    loaded = _load(
        admission,
        "person",
        [
            (
                "ledger_role",
                _ROLE,
                f"id, {admission.source_id}, key, revision, subject_id, role, from_on, to_on, {_HEX} || leaf",
            ),
            ("ledger_roleholder", _HOLDER, f"id, {_HEX} || salt, {escaped('person')}, digest"),
        ],
    )
    return loaded, _corrections(admission)


def add_ties(admission: Admission, good: str) -> tuple[int, int]:
    """Insert the new ties of `sorted` and write them to the extract; returns (loaded, corrections)."""
    con = admission.shuttle.con
    con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT g.row, {admission.event.pk << 32} + g.row AS id, g.source_key, s.revision, s.previous,
               u.subject_id, o.subject_id AS other_id, g.tie, g.from_on, g.to_on, g.body
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        JOIN other_of o ON o.scheme = g.other_scheme AND o.identifier = g.other_identifier
        WHERE s.fate IN ('new', 'correction')
        """
    )
    made = f"id, {admission.source_id}, key, revision, subject_id, other_id, tie, from_on, to_on, digest"
    loaded = _load(admission, "body", [("ledger_tie", _TIE, made)])
    part = write_part(
        con,
        admission.home,
        "SELECT id AS tie_id, previous AS replaces, subject_id, other_id, tie AS kind, from_on, to_on"
        " FROM admitted ORDER BY other_id, subject_id",
        event_id=admission.event.pk,
        name="ties",
        kind=Part.Kind.TIES,
    )
    register_part(part, admission.event)
    return loaded, _corrections(admission)
