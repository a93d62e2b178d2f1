"""Which rows of a batch are new, corrections, already there, or kept out because they were erased.

Makes the DuckDB table `sorted`: (row, revision, previous, fate), where fate is `new`, `correction`, `already`
or `erased`, and `previous` the record that a correction ends. Digests are worked out only for rows that must
be compared; those of the rows that come in are made while they are loaded.
"""

from __future__ import annotations

from goodstanding.ledger.digests import SourceDigests
from goodstanding.ledger.shuttle import Shuttle

_SKELETONS = {
    "ledger_record": (
        "SELECT DISTINCT ON (k.source_key) k.source_key, r.id, r.revision, c.digest,"
        " EXISTS (SELECT FROM ledger_erasure e WHERE e.record_id = r.id)"
        " FROM incoming_keys k JOIN ledger_record r ON r.source_key = k.source_key AND r.source_id = {source}"
        " LEFT JOIN ledger_content c ON c.record_id = r.id"
        " ORDER BY k.source_key, r.revision DESC"
    ),
    "ledger_role": (
        "SELECT DISTINCT ON (k.source_key) k.source_key, r.id, r.revision, h.digest, h.role_id IS NULL"
        " FROM incoming_keys k JOIN ledger_role r ON r.source_key = k.source_key AND r.source_id = {source}"
        " LEFT JOIN ledger_roleholder h ON h.role_id = r.id"
        " ORDER BY k.source_key, r.revision DESC"
    ),
    "ledger_tie": (
        "SELECT DISTINCT ON (k.source_key) k.source_key, r.id, r.revision, r.digest, false"
        " FROM incoming_keys k JOIN ledger_tie r ON r.source_key = k.source_key AND r.source_id = {source}"
        " ORDER BY k.source_key, r.revision DESC"
    ),
}


def sort_rows(
    shuttle: Shuttle, rows: str, *, skeleton: str, source_id: int, digests: SourceDigests, body: str
) -> None:
    """Make `sorted` for the DuckDB relation `rows` (row, source_key and the columns that `body` names).

    Args:
        skeleton: the table that keeps the keys: ledger_record, ledger_role or ledger_tie.
        body: DuckDB expression of what makes two rows with one key different.
    """
    con = shuttle.con
    shuttle.cursor.execute(f"SELECT EXISTS (SELECT FROM {skeleton} WHERE source_id = %s)", (source_id,))
    found = shuttle.cursor.fetchone()
    if found is None or not found[0]:
        con.execute(
            "CREATE OR REPLACE TABLE sorted AS SELECT row, 1::SMALLINT AS revision, NULL::BIGINT AS previous,"
            f" 'new' AS fate FROM {rows}"
        )
        return
    con.execute(
        f"CREATE OR REPLACE TABLE keyed AS SELECT row, {digests.key('source_key')} AS source_key FROM {rows}"
    )
    shuttle.push_temporary("SELECT source_key FROM keyed", "incoming_keys", {"source_key": "uuid"})
    shuttle.pull(
        _SKELETONS[skeleton].format(source=source_id),
        "stored",
        {
            "source_key": "UUID",
            "id": "BIGINT",
            "revision": "SMALLINT",
            "digest": "UUID",
            "erased": "BOOLEAN",
        },
    )
    con.execute(
        f"""
        CREATE OR REPLACE TABLE sorted AS
        SELECT k.row,
               CASE WHEN s.id IS NULL THEN 1 ELSE s.revision + 1 END::SMALLINT AS revision,
               s.id AS previous,
               CASE WHEN s.id IS NULL THEN 'new'
                    WHEN s.erased THEN 'erased'
                    WHEN s.digest IS NULL OR s.digest = {digests.content(body)} THEN 'already'
                    ELSE 'correction' END AS fate
        FROM keyed k JOIN (SELECT row, {body} FROM {rows}) USING (row) LEFT JOIN stored s USING (source_key)
        """
    )


def find_vanished(shuttle: Shuttle, source_id: int) -> int:
    """How many records of the source, still counting, a whole delivery no longer holds.

    Makes the DuckDB table `vanished` (public_id, identifier). Needs `sort_rows` to have pushed the keys.
    """
    shuttle.cursor.execute("SELECT to_regclass('pg_temp.incoming_keys') IS NOT NULL")
    found = shuttle.cursor.fetchone()
    if found is None or not found[0]:
        return 0
    shuttle.pull(
        f"""
        SELECT r.public_id, s.identifier FROM ledger_record r
        JOIN ledger_content c ON c.record_id = r.id JOIN ledger_subject s ON s.id = c.subject_id
        LEFT JOIN incoming_keys k ON k.source_key = r.source_key
        WHERE r.source_id = {source_id} AND k.source_key IS NULL
          AND NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = r.id)
        """,
        "vanished",
        {"public_id": "VARCHAR", "identifier": "VARCHAR"},
    )
    row = shuttle.con.execute("SELECT count(*) FROM vanished").fetchone()
    return int(row[0]) if row else 0
