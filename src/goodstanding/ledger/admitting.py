"""Rows of a checked batch → the ledger's tables and the extract, set by set.

Each function works inside the event's transaction; nothing here opens or closes one.
"""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa

from goodstanding.catalogue.model import Item
from goodstanding.core.home import Home
from goodstanding.ledger.digests import leaf_hex_sql, salt_hex_sql
from goodstanding.ledger.models import Event, Part
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.ledger.shuttle import Shuttle

CHUNK_ROWS = 50_000
"""Rows of one COPY: bounds what the database's statement checks hold at once."""

_RECORD = ("id", "public_id", "source_id", "source_key", "revision", "leaf")
_CONTENT = (
    "record_id", "subject_id", "item_id", "access", "occurred_on", "decided_on", "effective_from",
    "effective_to", "amount", "currency", "seriousness", "digest", "salt", "body",
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


def _count(admission: Admission, what: str) -> int:
    row = admission.shuttle.con.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(row[0]) if row else 0


def _copy_in_chunks(
    admission: Admission, rows: int, table_queries: list[tuple[str, tuple[str, ...], str]]
) -> None:
    """COPY ranges of `n`, the next range being written out while the database takes in this one."""
    shuttle = admission.shuttle
    exporting = shuttle.con.cursor()
    jobs = [
        (table, columns, f"{query} WHERE n > {start} AND n <= {start + CHUNK_ROWS} ORDER BY n")
        for start in range(0, rows, CHUNK_ROWS)
        for table, columns, query in table_queries
    ]
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = [pool.submit(shuttle.write_csv, jobs[0][2], exporting)] if jobs else []
        for number, (table, columns, _) in enumerate(jobs):
            path = ahead[number].result()
            if number + 1 < len(jobs):
                ahead.append(pool.submit(shuttle.write_csv, jobs[number + 1][2], exporting))
            shuttle.copy_file(path, table, columns)


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
    salt = salt_hex_sql(secrets.token_bytes(32), "g.row")
    con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT row_number() OVER (ORDER BY g.row) AS n, {first} + g.row AS record_id, s.source_key, s.revision,
               s.digest, s.previous, u.subject_id, i.item_id, i.access, {salt} AS salt,
               g.occurred_on, g.decided_on, g.effective_from, g.effective_to, g.amount, g.currency,
               g.seriousness, g.number_1, g.number_2, g.number_3, g.number_4,
               g.code_1, g.code_2, g.code_3, g.code_4, g.body
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        JOIN items_arrow i ON i.item = g.item
        WHERE s.fate IN ('new', 'correction')
        """
    )
    con.unregister("items_arrow")
    loaded = _count(admission, "admitted")
    corrections = _count(admission, "admitted WHERE previous IS NOT NULL")
    _write_record_parts(admission)
    leaf = leaf_hex_sql("salt", "body")
    _copy_in_chunks(
        admission,
        loaded,
        [
            (
                "ledger_record",
                _RECORD,
                f"SELECT record_id, uuidv7(), {admission.source_id}, source_key, revision, '\\x' || {leaf}"
                " FROM admitted",
            ),
            (
                "ledger_content",
                _CONTENT,
                "SELECT record_id, subject_id, item_id, access, occurred_on, decided_on, effective_from,"
                " effective_to, amount, currency, seriousness, digest, '\\x' || salt, body FROM admitted",
            ),
        ],
    )
    if corrections:
        _end_corrected(admission)
    return loaded, corrections


def _write_record_parts(admission: Admission) -> None:
    con = admission.shuttle.con
    for (access,) in con.execute("SELECT DISTINCT access FROM admitted ORDER BY 1").fetchall():
        part = write_part(
            con,
            admission.home,
            f"SELECT {_EXTRACT} FROM admitted WHERE access = {access} ORDER BY subject_id",
            event_id=admission.event.pk,
            name=f"records-{access}",
            kind=Part.Kind.RECORDS,
            access=int(access),
        )
        register_part(part, admission.event)


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


def add_subject_part(admission: Admission) -> None:
    """Write the new subjects of the batch to the extract."""
    part = write_part(
        admission.shuttle.con,
        admission.home,
        "SELECT s.subject_id, s.scheme, i.kind, i.registered_on, i.division FROM subject_of s"
        " JOIN incoming i USING (scheme, identifier) WHERE s.is_new ORDER BY s.subject_id",
        event_id=admission.event.pk,
        name="subjects",
        kind=Part.Kind.SUBJECTS,
    )
    register_part(part, admission.event)


def add_roles(admission: Admission, good: str) -> tuple[int, int]:
    """Insert the new and changed roles of `sorted`; returns (loaded, corrections)."""
    con = admission.shuttle.con
    first = admission.event.pk << 32
    salt = salt_hex_sql(secrets.token_bytes(32), "g.row")
    con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT row_number() OVER (ORDER BY g.row) AS n, {first} + g.row AS id, s.source_key, s.revision,
               s.digest, s.previous, u.subject_id, g.role, g.from_on, g.to_on, g.person, {salt} AS salt
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        WHERE s.fate IN ('new', 'correction')
        """
    )
    leaf = leaf_hex_sql("salt", "person")
    loaded = _count(admission, "admitted")
    _copy_in_chunks(
        admission,
        loaded,
        [
            (
                "ledger_role",
                (
                    "id",
                    "source_id",
                    "source_key",
                    "revision",
                    "subject_id",
                    "kind",
                    "from_on",
                    "to_on",
                    "leaf",
                ),
                f"SELECT id, {admission.source_id}, source_key, revision, subject_id, role, from_on, to_on,"
                f" '\\x' || {leaf} FROM admitted",
            ),
            (
                "ledger_roleholder",
                ("role_id", "salt", "name", "digest"),
                "SELECT id, '\\x' || salt, person, digest FROM admitted",
            ),
        ],
    )
    return loaded, _count(admission, "admitted WHERE previous IS NOT NULL")


def add_ties(admission: Admission, good: str) -> tuple[int, int]:
    """Insert the new ties of `sorted`; returns (loaded, corrections)."""
    con = admission.shuttle.con
    con.execute(
        f"""
        CREATE OR REPLACE TABLE admitted AS
        SELECT row_number() OVER (ORDER BY g.row) AS n, {admission.event.pk << 32} + g.row AS id, s.source_key,
               s.revision, s.digest, s.previous, u.subject_id, o.subject_id AS other_id, g.tie, g.from_on, g.to_on
        FROM {good} g JOIN sorted s ON s.row = g.row JOIN subject_of u USING (scheme, identifier)
        JOIN other_of o ON o.scheme = g.other_scheme AND o.identifier = g.other_identifier
        WHERE s.fate IN ('new', 'correction')
        """
    )
    loaded = _count(admission, "admitted")
    _copy_in_chunks(
        admission,
        loaded,
        [
            (
                "ledger_tie",
                (
                    "id", "source_id", "source_key", "revision", "subject_id", "other_id", "kind", "from_on", "to_on",
                    "digest",
                ),
                f"SELECT id, {admission.source_id}, source_key, revision, subject_id, other_id, tie, from_on, to_on,"
                " digest FROM admitted",
            )
        ],
    )  # fmt: skip
    return loaded, _count(admission, "admitted WHERE previous IS NOT NULL")
