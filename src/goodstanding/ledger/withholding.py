"""Rows that come with a fault, and were erased before: kept out like those without one.

What is reported goes to the problem file with its cells. A row under the tombstone of an erasure must not come
back that way, so that it is counted as kept out and forgotten before anything is written.
"""

from __future__ import annotations

from goodstanding.intake import CheckedBatch
from goodstanding.ledger.shuttle import Shuttle

_ERASED = {
    "ledger_record": (
        "SELECT DISTINCT k.source_key FROM faulty_keys k JOIN ledger_record r ON r.source_key = k.source_key"
        " AND r.source_id = {source} JOIN ledger_erasure e ON e.record_id = r.id"
    ),
    "ledger_role": (
        "SELECT k.source_key FROM faulty_keys k JOIN ledger_role r ON r.source_key = k.source_key"
        " AND r.source_id = {source} LEFT JOIN ledger_roleholder h ON h.role_id = r.id"
        " GROUP BY k.source_key HAVING bool_and(h.role_id IS NULL)"
    ),
}


def withhold_erased(
    shuttle: Shuttle, batch: CheckedBatch, *, skeleton: str, source_id: int, key_sql: str
) -> int:
    """Take rows that were erased out of the batch's problems; returns how many.

    Args:
        skeleton: the table that keeps the keys; ties cannot be erased.
        key_sql: DuckDB expression of the digest of `source_key` within the source.
    """
    if skeleton not in _ERASED:
        return 0
    con, faulty = shuttle.con, f"SELECT row, {key_sql} AS source_key FROM {batch.rejected_keys}"
    if not con.execute(f"{faulty} LIMIT 1").fetchall():
        return 0
    shuttle.push_temporary(
        f"SELECT DISTINCT source_key FROM ({faulty})", "faulty_keys", {"source_key": "uuid"}
    )
    shuttle.pull(_ERASED[skeleton].format(source=source_id), "erased_keys", {"source_key": "UUID"})
    con.execute(
        f"CREATE OR REPLACE TABLE withheld AS SELECT row FROM ({faulty}) JOIN erased_keys USING (source_key)"
    )
    batch.forget("SELECT row FROM withheld")
    ((number,),) = con.execute("SELECT count(*) FROM withheld").fetchall()
    return int(number)
