"""What a checked file is: the good rows, the problems, and sums that agree.

A `CheckedBatch` is the interface between intake and the ledger. It holds names of tables in the DuckDB
connection that the caller passed; nothing of it is on disk but DuckDB's own (encrypted) spill files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from goodstanding.catalogue.model import Contract


class Outcome(StrEnum):
    """What became of the row that a problem is about."""

    REFUSED = "refused"
    """Section 1 of the design does not admit it: counted by rule, no value is kept or shown."""
    REPORTED = "reported"
    """A bad row: not loaded, in the problem file with its cells, to be corrected and sent again."""
    NOTE = "note"
    """Something worth knowing; the row was loaded all the same."""


@dataclass(frozen=True)
class Counts:
    """Sums of data rows. Each row read is in exactly one of the other four.

    Args:
        rows_read: data rows of the file (without the header and without blank lines).
        good: rows of `CheckedBatch.table`.
        refused: rows that section 1 of the design does not admit.
        reported: bad rows, each with at least one problem.
        repeated: rows that say again what an earlier row of the same file said under the same key.
    """

    rows_read: int
    good: int
    refused: int
    reported: int
    repeated: int

    def agree(self) -> bool:
        """Whether the sums account for every row."""
        return self.rows_read == self.good + self.refused + self.reported + self.repeated


@dataclass(frozen=True)
class Note:
    """Something about the whole file that its sender should know.

    Args:
        code: stable code: `encoding`, `unknown-column`, `missing-column`, `fill-rate`, `format`,
            `line-endings`, `conflicting-keys`, `repeated-rows`, `blank-lines`, `sheets`.
        text: one sentence in English, without any cell's value.
        column: header of the column it is about, or empty.
    """

    code: str
    text: str
    column: str = ""


@dataclass(frozen=True)
class CheckedBatch:
    """A file after its checks.

    `table` names a view or table in `con` with the good rows, one each:

    ======================  =========  ===============================================================
    column                  type       meaning
    ======================  =========  ===============================================================
    row                     BIGINT     row in a spreadsheet (header: 1); line of JSON lines; n-th of Parquet
    scheme, identifier      VARCHAR    the subject, normalised by its scheme
    kind                    VARCHAR    kind of organisation
    name, name_en           VARCHAR    as sent, NFC, trimmed
    former_names, division  VARCHAR    as sent
    registered_on           DATE
    legacy_1 …              VARCHAR    other identifiers of the subject, one for each of `legacy_schemes`
    subject_only            BOOLEAN    the row names a subject and holds no record
    source_key              VARCHAR    key cells, folded (`intake.keys`), joined by U+001F; unique
    item                    VARCHAR    full path, `cn/tax.arrears`; NULL if `subject_only`
    occurred_on, decided_on,
    effective_from,
    effective_to            DATE       effective_to as stated by the source, NULL = open
    amount                  BIGINT     minor units
    currency                VARCHAR    ISO 4217; NULL without an amount
    seriousness             TINYINT    1 minor, 2 general, 3 serious, NULL not stated
    number_1 … number_4     BIGINT     fields that rules use, by slot
    code_1 … code_4         VARCHAR    fields that rules use, by slot
    instrument_authority,
    instrument_number,
    instrument_article      VARCHAR    all NULL where the register itself is the instrument
    instrument_date         DATE
    person, role            VARCHAR    target roles only
    other_scheme,
    other_identifier, tie   VARCHAR    target ties only
    from_on, to_on          DATE       targets roles and ties only
    body                    VARCHAR    RFC 8785 JSON of the material content; NULL if `subject_only`
    ======================  =========  ===============================================================

    Every column is there for every target, NULL where it says nothing. `body` is, with absent values and
    empty objects left out, for records
    `{"amount": {"currency", "minor"}, "dates": {"decided_on", "effective_from", "effective_to",
    "occurred_on"}, "fields": {…}, "instrument": {"article", "authority", "dated", "number"} or
    {"register": true}, "item", "seriousness", "subject": {"identifier", "scheme"}}`;
    for roles `{"dates": {"from_on", "to_on"}, "person", "role", "subject"}`; for ties
    `{"dates", "other": {"identifier", "scheme"}, "subject", "tie"}`; for subjects
    `{"subject": {"division", "former_names", "identifier", "kind", "legacy": {scheme: identifier}, "name",
    "name_en", "registered_on", "scheme"}}`. Provenance (file digest, row) is not in it.

    `problems` names a table: row BIGINT, column_name VARCHAR (NULL: the row as a whole), value_shown
    VARCHAR (NULL where it may not be shown), rule VARCHAR (stable code, `intake.rules`), clause VARCHAR
    (kind of refusal under section 1, else NULL), remedy VARCHAR, outcome VARCHAR (`Outcome`).
    `rejected` names a table with the cells of the reported rows as received (row BIGINT, cells VARCHAR[] in
    the order of `contract.columns`), for `write_problem_file` only. `rejected_keys` names a table with their
    keys, where they can be read (row BIGINT, source_key VARCHAR), to know which of them were erased: it may
    hold names of persons, and is never shown.

    Args:
        contract: what the file was checked against.
        con: the connection that holds the tables.
        table, problems, rejected, rejected_keys: names of relations in `con`, already quoted for SQL.
        legacy_schemes: scheme of legacy_1, legacy_2, …
        file_digest: SHA-256, hex, of the bytes as received.
        file_size: bytes as received.
        counts: sums of rows.
        refused_by_clause: refused rows by kind of refusal, largest first.
        notes: about the file as a whole.
        format: `csv`, `xlsx`, `jsonl` or `parquet`.
        encoding: of a text file, else empty.
        path_taken: `fast` (one vectorised pass) or `careful` (line by line).
    """

    contract: Contract
    con: duckdb.DuckDBPyConnection
    table: str
    problems: str
    rejected: str
    rejected_keys: str
    legacy_schemes: tuple[str, ...]
    file_digest: str
    file_size: int
    counts: Counts
    refused_by_clause: tuple[tuple[str, int], ...]
    notes: tuple[Note, ...]
    format: str
    encoding: str
    path_taken: str

    @property
    def rows_read(self) -> int:
        """Data rows of the file."""
        return self.counts.rows_read

    def forget(self, rows_sql: str) -> None:
        """Forget what is wrong with rows, and their cells: neither shown nor in the problem file any more.

        Args:
            rows_sql: query of the numbers of reported rows.
        """
        for table in (self.problems, self.rejected, self.rejected_keys):
            self.con.execute(f"DELETE FROM {table} WHERE row IN ({rows_sql})")

    def drop(self) -> None:
        """Remove the batch's tables from the connection."""
        prefix = self.table.strip('"').removesuffix("_good")
        self.con.execute(f'DROP VIEW IF EXISTS "{prefix}_good"')
        for suffix in ("stage", "problems", "rejected", "keys", "set_aside", "persons", "raw", "broken"):
            self.con.execute(f'DROP TABLE IF EXISTS "{prefix}_{suffix}"')
