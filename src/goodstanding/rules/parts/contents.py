"""The rows of parts: keys stand once, and what is named is known. One pass over each table, and one over its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from goodstanding.catalogue.domains import SUBJECT_KINDS
from goodstanding.core.errors import Refusal
from goodstanding.core.nearest import did_you_mean

from ..engines.duckdb.matching import quoted
from ..extract import Extract
from ..records import Catalogue
from .columns import check_columns

ABSENT = "NOT coalesce({column} IN (SELECT {column} FROM known_{column}), false)"


MOST = 1000  # literals in one statement


@dataclass(frozen=True)
class Fault:
    """What a row may have wrong: the column, a condition on the row, and what to say.

    `told` says whether the value may be echoed: a word of ours that is misspelt.
    """

    code: str
    column: str
    when: str
    what: str
    why: str
    remedy: str
    told: bool = False


def check_contents(extract: Extract, catalogue: Catalogue) -> None:
    """Every row of the parts can be read as what it says.

    Without parts of subjects everyone who has a record is assessed, so that no subject is unknown.

    Args:
        catalogue: items by full path.

    Raises:
        Refusal: GS-RULES-027, 080 as `check_columns`; 081 a key that stands twice; 082 a subject, 083 an item,
            084 a kind of organisation that is unknown; 085 a cell that is empty or beyond its bounds.
    """
    check_columns(extract)
    with _room() as db:
        db.execute("CREATE TABLE known_kind (kind VARCHAR)")
        db.execute(f"INSERT INTO known_kind VALUES {_rows(tuple(SUBJECT_KINDS))}")
        if extract.subjects:
            _scan(db, extract.subjects, [_empty("subject_id"), _empty("kind"), _kind()])
            _once(db, extract.subjects, "subject_id", "organisation")
            source = _read(extract.subjects)
            db.execute(
                f"CREATE TABLE known_subject_id AS SELECT subject_id::BIGINT AS subject_id FROM {source}"
            )
            ends = [str(one) for pair in extract.merges for one in pair]
            for start in range(0, len(ends), MOST):
                db.execute(f"INSERT INTO known_subject_id VALUES {_rows(ends[start : start + MOST])}")
        if extract.records:
            _records(db, extract, catalogue)
        if extract.endings:
            _scan(db, extract.endings, [_empty("record_id"), _empty("counts_until")])
        if extract.ties:
            faults = [_empty(one) for one in ("subject_id", "other_id", "kind")]
            if extract.subjects:
                db.execute(
                    "CREATE TABLE known_other_id AS SELECT subject_id AS other_id FROM known_subject_id"
                )
                faults += [_unknown("subject_id", "tie"), _unknown("other_id", "tie")]
            _scan(db, extract.ties, faults)


def _records(db: duckdb.DuckDBPyConnection, extract: Extract, catalogue: Catalogue) -> None:
    # A ledger's own numbers may be of items whose packs are not loaded: it took them in under its own.
    items = (
        [str(one) for one in (extract.items or {}).values()] if _numbered(db, extract) else list(catalogue)
    )
    db.execute("CREATE TABLE known_item (item VARCHAR)")
    for start in range(0, len(items), MOST):
        db.execute(f"INSERT INTO known_item VALUES {_rows(items[start : start + MOST])}")
    columns = {row[0] for row in db.execute(f"DESCRIBE SELECT * FROM {_read(extract.records)}").fetchall()}
    faults = [_empty(one) for one in ("record_id", "subject_id", "item")]
    faults.append(
        Fault(
            "GS-RULES-083",
            "item",
            "NOT coalesce(item::VARCHAR IN (SELECT item FROM known_item), false)",
            "the catalogue has no such item",
            "no rule would ever see the record, and everyone would look as if there were none",
            "name an item of the packs by its full path (goodstanding pack show), load its pack with --pack, or "
            "leave the record out",
            told=True,
        )
    )
    if extract.subjects:
        faults.append(_unknown("subject_id", "record"))
    for name, low, high in (("seriousness", 1, 3), ("access", 0, 2)):
        if name in columns:
            faults.append(_beyond(name, low, high))
    _scan(db, extract.records, faults, known={"item": list(catalogue)})
    _once(db, extract.records, "record_id", "record")


def _numbered(db: duckdb.DuckDBPyConnection, extract: Extract) -> bool:
    """Whether the records number their items. Refusal GS-RULES-027 if nothing says what the numbers mean."""
    kind = db.execute(f"SELECT typeof(any_value(item)) FROM {_read(extract.records)}").fetchall()[0][0]
    if kind in ("VARCHAR", '"NULL"'):
        return False
    if extract.items is None:
        raise Refusal(
            "GS-RULES-027",
            "the records number their items, and no numbers are given",
            where=f"{extract.records[0]}, column item",
            why="which item a number means is said by the ledger that gave it",
            remedy="put items.parquet (item, number) of the same ledger beside the records, or name it with --items; "
            "goodstanding ledger export writes both",
        )
    return True


def _kind() -> Fault:
    return Fault(
        "GS-RULES-084",
        "kind",
        ABSENT.format(column="kind"),
        "there is no such kind of organisation",
        "a rulebook assesses organisations by their kind; this one would be left out without a word",
        f"name one of {', '.join(sorted(SUBJECT_KINDS))}",
        told=True,
    )


def _empty(column: str) -> Fault:
    return Fault(
        "GS-RULES-085",
        column,
        f"{column} IS NULL",
        f"the cell {column} is empty",
        "without it the row says nothing of anyone",
        "fill the cell, or leave the row out",
    )


def _beyond(column: str, low: int, high: int) -> Fault:
    return Fault(
        "GS-RULES-085",
        column,
        f"{column} NOT BETWEEN {low} AND {high}",
        f"the cell {column} is not from {low} to {high}",
        "the numbers have meanings, and another has none (docs/reference/extract.md)",
        f"write a number from {low} to {high}"
        + (", or leave the cell empty" if column == "seriousness" else ""),
    )


def _unknown(column: str, row: str) -> Fault:
    return Fault(
        "GS-RULES-082",
        column,
        ABSENT.format(column=column),
        f"the subjects do not hold the organisation of a {row}",
        f"such a {row} would be passed over without a word",
        f"add the organisation to the subjects, or leave the {row} out; without any subjects, everyone who has a "
        "record is assessed",
    )


def _scan(
    db: duckdb.DuckDBPyConnection,
    parts: Sequence[Path],
    faults: Sequence[Fault],
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Refuse the first fault that any row has, after one pass."""
    sums = ", ".join(
        f"count(*) FILTER (WHERE f{at}), min(file_row_number) FILTER (WHERE f{at})"
        + (
            f", arg_min({one.column}::VARCHAR, file_row_number) FILTER (WHERE f{at})"
            if one.told
            else ", NULL"
        )
        for at, one in enumerate(faults)
    )
    marked = ", ".join(f"({one.when}) AS f{at}" for at, one in enumerate(faults))
    rows = db.execute(
        f"SELECT filename, {sums} FROM (SELECT *, {marked} FROM {_read(parts, numbered=True)}) GROUP BY filename "
        "ORDER BY filename"
    ).fetchall()
    for at, fault in enumerate(faults):
        for path, *cells in rows:
            many, first, value = cells[3 * at : 3 * at + 3]
            if many:
                meant = did_you_mean(str(value), (known or {}).get(fault.column, ())) if fault.told else ""
                raise Refusal(
                    fault.code,
                    fault.what + (f": {_short(value)}" if fault.told else ""),
                    where=_where(path, fault.column, first, int(many) - 1),
                    why=fault.why,
                    remedy=meant + fault.remedy,
                )


def _once(db: duckdb.DuckDBPyConnection, parts: Sequence[Path], key: str, row: str) -> None:
    """Refuse a key that stands twice."""
    source = _read(parts, numbered=True)
    twice = db.execute(
        f"SELECT {key}, count(*) FROM {source} GROUP BY {key} HAVING count(*) > 1 ORDER BY {key} LIMIT 1"
    ).fetchall()
    if not twice:
        return
    value, many = twice[0]
    (_, _), (path, again) = db.execute(
        f"SELECT filename, file_row_number FROM {source} WHERE {key} = ? ORDER BY 1, 2 LIMIT 2", [value]
    ).fetchall()
    raise Refusal(
        "GS-RULES-081",
        f"{key} {value} stands {many} times",
        where=_where(path, key, again, 0),
        why=f"the key names one {row}: twice over, the {row} would count twice",
        remedy=f"leave one row for each {row}; keys of several tables that are put together must differ",
    )


def _where(path: str, column: str, row: int, more: int) -> str:
    others = f", and {more:,} more rows" if more else ""
    return f"{path}, column {column}, row {row + 1:,}{others}"


def _short(value: object) -> str:
    text = str(value)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _read(parts: Sequence[Path], *, numbered: bool = False) -> str:
    names = ", ".join(quoted(str(one)) for one in parts)
    return f"read_parquet([{names}]{', filename = true, file_row_number = true' if numbered else ''})"


def _rows(texts: Sequence[str]) -> str:
    return ", ".join(f"({quoted(one)})" for one in texts) if texts else "(NULL)"


@contextmanager
def _room() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that may spill."""
    with TemporaryDirectory(prefix="goodstanding-parts-") as folder, duckdb.connect() as db:
        db.execute(f"SET temp_directory = {quoted(folder)}")
        db.execute("SET enable_progress_bar = false")
        yield db
