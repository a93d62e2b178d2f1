"""From the identifiers of a batch to subjects: known ones are found, new ones get a number.

Works on sets: the batch's table is in DuckDB, the ledger in PostgreSQL. Afterwards the DuckDB table
`subject_of` holds (scheme, identifier, subject_id, is_new) for every identifier of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from goodstanding.core.names import name_key
from goodstanding.ledger.shuttle import Shuttle

_SUBJECT_COLUMNS = (
    "id",
    "public_id",
    "scheme",
    "identifier",
    "kind",
    "division",
    "registered_on",
    "event_id",
)
_NAME_COLUMNS = ("subject_id", "text", "key", "language", "former", "event_id")


def find_subjects(shuttle: Shuttle, table: str) -> None:
    """Make `subject_of` for the identifiers of `table`: the known with their ids, the others with NULL."""
    shuttle.con.execute(
        f"""
        CREATE OR REPLACE TABLE incoming AS
        SELECT scheme, identifier, arg_min(kind, row) AS kind,
               coalesce(arg_min(division, row) FILTER (division IS NOT NULL), '') AS division,
               arg_min(registered_on, row) FILTER (registered_on IS NOT NULL) AS registered_on
        FROM {table} GROUP BY scheme, identifier
        """
    )
    shuttle.push_temporary(
        "SELECT scheme, identifier FROM incoming", "incoming", {"scheme": "text", "identifier": "text"}
    )
    shuttle.pull(
        "SELECT i.scheme, i.identifier, s.id FROM incoming i JOIN ledger_subject s"
        " ON s.scheme = i.scheme AND s.identifier = i.identifier",
        "known",
        {"scheme": "VARCHAR", "identifier": "VARCHAR", "subject_id": "BIGINT"},
    )
    shuttle.con.execute(
        """
        CREATE OR REPLACE TABLE subject_of AS
        SELECT i.scheme, i.identifier, k.subject_id, k.subject_id IS NULL AS is_new
        FROM incoming i LEFT JOIN known k USING (scheme, identifier)
        """
    )


def add_subjects(shuttle: Shuttle, event_id: int) -> int:
    """Give the new identifiers of `subject_of` numbers and insert them; returns how many."""
    con = shuttle.con
    new = _count(shuttle, "subject_of WHERE is_new")
    if not new:
        return 0
    shuttle.pull(
        "SELECT row_number() OVER (), number FROM (SELECT nextval("
        f"pg_get_serial_sequence('ledger_subject', 'id')) AS number FROM generate_series(1, {new})) n",
        "numbers",
        {"n": "BIGINT", "number": "BIGINT"},
    )
    con.execute(
        """
        CREATE OR REPLACE TABLE subject_of AS
        WITH fresh AS (
            SELECT scheme, identifier, row_number() OVER (ORDER BY scheme, identifier) AS n
            FROM subject_of WHERE is_new)
        SELECT s.scheme, s.identifier, coalesce(s.subject_id, numbers.number) AS subject_id, s.is_new
        FROM subject_of s LEFT JOIN fresh USING (scheme, identifier) LEFT JOIN numbers USING (n)
        """
    )
    shuttle.push(
        f"""
        SELECT s.subject_id, uuidv7(), i.scheme, i.identifier, i.kind, i.division, i.registered_on, {event_id}
        FROM subject_of s JOIN incoming i USING (scheme, identifier) WHERE s.is_new ORDER BY s.subject_id
        """,
        "ledger_subject",
        _SUBJECT_COLUMNS,
    )
    return new


def add_names(shuttle: Shuttle, table: str, event_id: int) -> int:
    """Insert the names of `table` that the ledger does not have yet; returns how many."""
    con = shuttle.con
    con.execute(
        f"""
        CREATE OR REPLACE TABLE named AS
        WITH said AS (
            SELECT scheme, identifier, row, name AS text, false AS former FROM {table}
            UNION ALL SELECT scheme, identifier, row, name_en, false FROM {table}
            UNION ALL SELECT scheme, identifier, row, unnest(string_split(former_names, ';')), true
            FROM {table} WHERE former_names IS NOT NULL)
        SELECT s.subject_id, trim(said.text) AS text, said.former, min(said.row) AS row,
               CASE WHEN regexp_matches(said.text, '[\\x{{3400}}-\\x{{9FFF}}]') THEN 'zh' ELSE 'en' END AS language
        FROM said JOIN subject_of s USING (scheme, identifier)
        WHERE trim(said.text) <> '' GROUP BY ALL
        """
    )
    if _count(shuttle, "subject_of WHERE NOT is_new"):
        shuttle.push_temporary(
            "SELECT DISTINCT subject_id FROM subject_of WHERE NOT is_new", "renamed", {"subject_id": "bigint"}
        )
        shuttle.pull(
            "SELECT n.subject_id, n.text, n.former FROM ledger_subjectname n JOIN renamed USING (subject_id)",
            "names_known",
            {"subject_id": "BIGINT", "text": "VARCHAR", "former": "BOOLEAN"},
        )
        con.execute(
            "DELETE FROM named USING names_known k WHERE named.subject_id = k.subject_id"
            " AND named.text = k.text AND named.former = k.former"
        )
    new = _count(shuttle, "named")
    if new:
        _key_names(shuttle)
        shuttle.push(
            f"SELECT subject_id, text, k.key, language, former, {event_id} FROM named"
            " JOIN name_keys k USING (text) ORDER BY row",
            "ledger_subjectname",
            _NAME_COLUMNS,
        )
    return new


def add_identifiers(shuttle: Shuttle, table: str, schemes: Sequence[str], event_id: int) -> int:
    """Insert legacy identifiers of `table` (columns legacy_1…) that the ledger does not have yet."""
    if not schemes:
        return 0
    con = shuttle.con
    said = " UNION ALL ".join(
        f"SELECT scheme, identifier, '{scheme}' AS other_scheme, legacy_{n} AS other FROM {table}"
        for n, scheme in enumerate(schemes, 1)
    )
    con.execute(
        f"""
        CREATE OR REPLACE TABLE others AS
        SELECT DISTINCT s.subject_id, said.other_scheme, said.other
        FROM ({said}) said JOIN subject_of s USING (scheme, identifier) WHERE coalesce(said.other, '') <> ''
        """
    )
    shuttle.push_temporary(
        "SELECT DISTINCT subject_id FROM subject_of WHERE NOT is_new", "identified", {"subject_id": "bigint"}
    )
    shuttle.pull(
        "SELECT i.subject_id, i.scheme, i.identifier FROM ledger_subjectidentifier i"
        " JOIN identified USING (subject_id)",
        "others_known",
        {"subject_id": "BIGINT", "other_scheme": "VARCHAR", "other": "VARCHAR"},
    )
    con.execute(
        "DELETE FROM others USING others_known k WHERE others.subject_id = k.subject_id"
        " AND others.other_scheme = k.other_scheme AND others.other = k.other"
    )
    new = _count(shuttle, "others")
    if new:
        shuttle.push(
            f"SELECT subject_id, other_scheme, other, {event_id} FROM others",
            "ledger_subjectidentifier",
            ("subject_id", "scheme", "identifier", "event_id"),
        )
    return new


def _key_names(shuttle: Shuttle) -> None:
    texts = [str(row[0]) for row in shuttle.con.execute("SELECT DISTINCT text FROM named").fetchall()]
    keys = pa.table(
        {"text": pa.array(texts, pa.string()), "key": pa.array(map(name_key, texts), pa.string())}
    )
    shuttle.con.register("name_keys_arrow", keys)
    shuttle.con.execute("CREATE OR REPLACE TABLE name_keys AS SELECT * FROM name_keys_arrow")
    shuttle.con.unregister("name_keys_arrow")


def _count(shuttle: Shuttle, what: str) -> int:
    row = shuttle.con.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(row[0]) if row else 0
