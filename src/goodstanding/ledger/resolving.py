"""From the identifiers of a batch to subjects: known ones are found, new ones get a number.

Works on sets: the batch's table is in DuckDB, the ledger in PostgreSQL. Afterwards the DuckDB table
`subject_of` holds (scheme, identifier, subject_id, is_new) for every identifier of the batch. What the batch
says of a subject comes in with the class of the most open row that says it, and again where that opens it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from goodstanding.core.names import name_key
from goodstanding.ledger.classing import COVERED, RowClass
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
    "access",
    "item_id",
)
_OPENING_COLUMNS = ("subject_id", "kind", "division", "registered_on", "event_id", "access", "item_id")
_NAME_COLUMNS = ("subject_id", "text", "key", "language", "former", "event_id", "access", "item_id")
_CLASS_TYPES = {"access": "SMALLINT", "item_id": "INTEGER"}


def find_subjects(shuttle: Shuttle, table: str, said: RowClass) -> None:
    """Make `subject_of` for the identifiers of `table`: the known with their ids, the others with NULL.

    `openings` holds what the batch says of each by its most open rows: one row, or one for each item where
    those are restricted to different items; `incoming` holds one of them.
    """
    rows = f"""
        SELECT scheme, identifier, arg_min(kind, row) AS kind,
               coalesce(arg_min(division, row) FILTER (division IS NOT NULL), '') AS division,
               arg_min(registered_on, row) FILTER (registered_on IS NOT NULL) AS registered_on{said.columns}
        FROM {said.rows(table)} GROUP BY scheme, identifier{said.columns}"""
    first = "row_number() OVER (PARTITION BY scheme, identifier ORDER BY item_id NULLS LAST) = 1"
    shuttle.con.execute(f"CREATE OR REPLACE TABLE openings AS {said.most_open(rows, 'scheme, identifier')}")
    shuttle.con.execute(
        "CREATE OR REPLACE VIEW incoming AS SELECT * FROM openings"
        + ("" if said.constant else f" QUALIFY {first}")
    )
    shuttle.push_temporary(
        "SELECT scheme, identifier FROM incoming", "incoming", {"scheme": "text", "identifier": "text"}
    )
    shuttle.pull(
        "SELECT i.scheme, i.identifier, s.id, s.access, s.item_id FROM incoming i JOIN ledger_subject s"
        " ON s.scheme = i.scheme AND s.identifier = i.identifier",
        "known",
        {"scheme": "VARCHAR", "identifier": "VARCHAR", "subject_id": "BIGINT", **_CLASS_TYPES},
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
        SELECT s.subject_id, uuidv7(), i.scheme, i.identifier, i.kind, i.division, i.registered_on, {event_id},
               i.access, i.item_id
        FROM subject_of s JOIN incoming i USING (scheme, identifier) WHERE s.is_new ORDER BY s.subject_id
        """,
        "ledger_subject",
        _SUBJECT_COLUMNS,
    )
    return new


def open_subjects(shuttle: Shuttle, said: RowClass, event_id: int) -> int:
    """Insert what opens subjects to readers who could not know of them; makes `opened`, returns how many rows."""
    con = shuttle.con
    con.execute("CREATE OR REPLACE TABLE opened AS SELECT 0::BIGINT AS subject_id, * FROM openings LIMIT 0")
    if said.constant and not _count(shuttle, "known WHERE access > 0"):
        return 0  # new subjects carry the one class, and public ones cannot be opened further
    con.execute(
        f"""
        INSERT INTO opened
        SELECT u.subject_id, s.* FROM openings s JOIN subject_of u USING (scheme, identifier)
        JOIN (SELECT scheme, identifier, access, item_id FROM known UNION ALL
              SELECT scheme, identifier, i.access, i.item_id FROM incoming i JOIN subject_of USING (scheme, identifier)
              WHERE is_new) k ON k.scheme = s.scheme AND k.identifier = s.identifier
        WHERE NOT {COVERED}
        """
    )
    if not _count(shuttle, "opened"):
        return 0
    shuttle.push_temporary("SELECT DISTINCT subject_id FROM opened", "opening", {"subject_id": "bigint"})
    shuttle.pull(
        "SELECT o.subject_id, o.access, o.item_id FROM ledger_subjectopening o JOIN opening USING (subject_id)",
        "opened_before",
        {"subject_id": "BIGINT", **_CLASS_TYPES},
    )
    con.execute(f"DELETE FROM opened s USING opened_before k WHERE s.subject_id = k.subject_id AND {COVERED}")
    new = _count(shuttle, "opened")
    if new:
        shuttle.push(
            f"SELECT subject_id, kind, division, registered_on, {event_id}, access, item_id FROM opened"
            " ORDER BY subject_id, item_id",
            "ledger_subjectopening",
            _OPENING_COLUMNS,
        )
    return new


def add_names(shuttle: Shuttle, table: str, said: RowClass, event_id: int) -> int:
    """Insert the names of `table` that the ledger does not have yet, or not as open; returns how many.

    A text that lost characters on its way is what a file said, and is reported; it is nobody's name.
    """
    con, columns, rows = shuttle.con, said.columns, said.rows(table)
    names = f"""
        WITH said AS (
            SELECT scheme, identifier, row, name AS text, false AS former{columns} FROM {rows}
            UNION ALL SELECT scheme, identifier, row, name_en, false{columns} FROM {rows}
            UNION ALL SELECT scheme, identifier, row, unnest(string_split(former_names, ';')), true{columns}
            FROM {rows} WHERE former_names IS NOT NULL)
        SELECT s.subject_id, trim(said.text) AS text, said.former, min(said.row) AS row,
               CASE WHEN regexp_matches(said.text, '[\\x{{3400}}-\\x{{9FFF}}]') THEN 'zh' ELSE 'en' END AS language
               {columns}
        FROM said JOIN subject_of s USING (scheme, identifier)
        WHERE trim(said.text) <> '' AND NOT contains(said.text, chr(65533)) GROUP BY ALL"""
    con.execute(f"CREATE OR REPLACE TABLE named AS {said.most_open(names, 'subject_id, text, former')}")
    if _count(shuttle, "subject_of WHERE NOT is_new"):
        shuttle.push_temporary(
            "SELECT DISTINCT subject_id FROM subject_of WHERE NOT is_new", "renamed", {"subject_id": "bigint"}
        )
        shuttle.pull(
            "SELECT n.subject_id, n.text, n.former, n.access, n.item_id FROM ledger_subjectname n"
            " JOIN renamed USING (subject_id)",
            "names_known",
            {"subject_id": "BIGINT", "text": "VARCHAR", "former": "BOOLEAN", **_CLASS_TYPES},
        )
        con.execute(
            "DELETE FROM named s USING names_known k WHERE s.subject_id = k.subject_id"
            f" AND s.text = k.text AND s.former = k.former AND {COVERED}"
        )
    new = _count(shuttle, "named")
    if new:
        _key_names(shuttle)
        shuttle.push(
            f"SELECT subject_id, text, k.key, language, former, {event_id}, access, item_id FROM named"
            " JOIN name_keys k USING (text) ORDER BY row",
            "ledger_subjectname",
            _NAME_COLUMNS,
        )
    return new


def add_identifiers(
    shuttle: Shuttle, table: str, schemes: Sequence[str], said: RowClass, event_id: int
) -> int:
    """Insert legacy identifiers of `table` (columns legacy_1…) that the ledger does not have, or not as open."""
    if not schemes:
        return 0
    con, columns, rows = shuttle.con, said.columns, said.rows(table)
    stated = " UNION ALL ".join(
        f"SELECT scheme, identifier, '{scheme}' AS other_scheme, legacy_{n} AS other{columns} FROM {rows}"
        for n, scheme in enumerate(schemes, 1)
    )
    others = f"""
        SELECT DISTINCT s.subject_id, said.other_scheme, said.other{columns}
        FROM ({stated}) said JOIN subject_of s USING (scheme, identifier) WHERE coalesce(said.other, '') <> ''"""
    con.execute(
        f"CREATE OR REPLACE TABLE others AS {said.most_open(others, 'subject_id, other_scheme, other')}"
    )
    shuttle.push_temporary(
        "SELECT DISTINCT subject_id FROM subject_of WHERE NOT is_new", "identified", {"subject_id": "bigint"}
    )
    shuttle.pull(
        "SELECT i.subject_id, i.scheme, i.identifier, i.access, i.item_id FROM ledger_subjectidentifier i"
        " JOIN identified USING (subject_id)",
        "others_known",
        {"subject_id": "BIGINT", "other_scheme": "VARCHAR", "other": "VARCHAR", **_CLASS_TYPES},
    )
    con.execute(
        "DELETE FROM others s USING others_known k WHERE s.subject_id = k.subject_id"
        f" AND s.other_scheme = k.other_scheme AND s.other = k.other AND {COVERED}"
    )
    new = _count(shuttle, "others")
    if new:
        shuttle.push(
            f"SELECT subject_id, other_scheme, other, {event_id}, access, item_id FROM others",
            "ledger_subjectidentifier",
            ("subject_id", "scheme", "identifier", "event_id", "access", "item_id"),
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
