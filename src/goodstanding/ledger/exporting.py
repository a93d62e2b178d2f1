"""The ledger as a folder of Parquet files, as one reader may see it: enough to evaluate without a database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.models import Content, Part, Subject
from goodstanding.ledger.numbers import item_numbers
from goodstanding.ledger.parts import ROW_GROUP, file_digest
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.shuttle import quoted
from goodstanding.ledger.visibility import as_seen, subjects_visible_to

MANIFEST = "extract.json"


@dataclass(frozen=True)
class Exported:
    """What was written: rows of each file, and the position as of which."""

    position: int
    rows: dict[str, int]


def export(
    home: Home,
    folder: Path,
    reader: Reader,
    catalogue: Catalogue,
    publicity: Publicity,
    *,
    con: duckdb.DuckDBPyConnection,
    position: int,
) -> Exported:
    """Write what a reader may see of the ledger at a position to a folder, made if it is missing.

    Written are records, endings, subjects and ties with numbers for keys (no names, no identifiers, no roles), the
    names of item numbers, merges, the days that deliveries tell of, and a manifest. Files of the same names are
    replaced, each at once.

    Args:
        publicity: what is public no longer stays out for readers who read only what is.
        con: a DuckDB connection that may spill.

    Raises:
        Refusal: GS-LEDGER-090 if the ledger holds no records that the reader may see.
    """
    parts = {kind: _paths(home, kind, position) for kind in Part.Kind}
    records = _paths(home, Part.Kind.RECORDS, position, min(reader.access, Access.SHARED))
    if not records:
        raise Refusal(
            "GS-LEDGER-090",
            "There are no records to export.",
            where=f"position {position}",
            why="The ledger holds none at that position that this reader may see.",
            remedy="Take in a file first: goodstanding intake FILE --source SOURCE.",
        )
    merges = merges_at(position)
    visible = set(subjects_visible_to(reader, position).values_list("pk", flat=True))
    visible -= {one for one, into in merges.items() if into not in visible}
    _ids(con, "visible", visible)
    _ids(con, "over", _over(reader, catalogue, publicity))
    _seen(con, reader, position)
    written = {
        "records": f"SELECT * FROM {_read(records)} SEMI JOIN visible USING (subject_id) "
        "WHERE record_id NOT IN (SELECT subject_id FROM over)",
        "subjects": "SELECT subject_id, scheme, kind, registered_on, division FROM "
        f"{_read(parts[Part.Kind.SUBJECTS])} ANTI JOIN seen USING (subject_id) SEMI JOIN visible USING (subject_id) "
        "UNION ALL SELECT * FROM seen SEMI JOIN visible USING (subject_id) ORDER BY subject_id",
    }
    if parts[Part.Kind.ENDINGS]:
        written["endings"] = (
            f"SELECT e.* FROM {_read(parts[Part.Kind.ENDINGS])} AS e SEMI JOIN exported AS r USING (record_id)"
        )
    if parts[Part.Kind.TIES]:
        written["ties"] = (
            f"SELECT * FROM {_read(parts[Part.Kind.TIES])} AS t WHERE subject_id IN (SELECT subject_id FROM visible) "
            "AND other_id IN (SELECT subject_id FROM visible)"
        )
    con.register("items", _table({"item": pa.string(), "number": pa.int32()}, sorted(item_numbers().items())))
    written["items"] = "SELECT * FROM items"
    pairs = sorted((one, into) for one, into in merges.items() if {one, into} <= visible)
    con.register("merges", _table({"from_subject_id": pa.int64(), "into_subject_id": pa.int64()}, pairs))
    written["merges"] = "SELECT * FROM merges"
    # Of an item that the reader may not see the records are left out: that there is none is not told either.
    open_to = {one.path for one in catalogue.items if one.access <= reader.access}
    days = [
        (item, *span)
        for item, spans in sorted(coverage_at(position, catalogue).items())
        for span in spans
        if item in open_to
    ]
    con.register(
        "coverage", _table({"item": pa.string(), "from_on": pa.date32(), "to_on": pa.date32()}, days)
    )
    written["coverage"] = "SELECT * FROM coverage"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".export-", dir=folder) as scratch:
        rows = {}
        for name, query in written.items():
            path = Path(scratch) / f"{name}.parquet"
            options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"
            found = con.execute(f"COPY ({query}) TO {quoted(path)} ({options})").fetchall()
            rows[name] = int(found[0][0])
            if name == "records":
                con.execute(f"CREATE VIEW exported AS SELECT record_id FROM read_parquet({quoted(path)})")
        con.execute("DROP VIEW exported")
        manifest = {
            "position": position,
            "day": publicity.today.isoformat(),
            "access": reader.access.name.lower(),
            "catalogue": catalogue.digest,
            "packs": {one.name: one.digest for one in catalogue.packs},
            "rows": rows,
            "files": {f"{one}.parquet": file_digest(Path(scratch) / f"{one}.parquet") for one in written},
        }
        (Path(scratch) / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        for path in sorted(Path(scratch).iterdir()):
            path.replace(folder / path.name)
    return Exported(position, rows)


def _paths(home: Home, kind: Part.Kind, position: int, widest: int | None = None) -> list[Path]:
    """The parts in force at a position; a part that an erasure replaced is gone from every past too."""
    parts = Part.objects.filter(kind=kind, event__position__number__lte=position, replaced_by__isnull=True)
    if widest is not None:
        parts = parts.filter(access__lte=widest)
    return [home.extract / one.path for one in parts.order_by("event__position__number", "path")]


def _over(reader: Reader, catalogue: Catalogue, publicity: Publicity) -> frozenset[int]:
    """The records that are public no longer, for a reader who reads only what is."""
    ruled = [one.path for one in catalogue.items if catalogue.publicity_of(one.path)]
    found = Content.objects.filter(item__path__in=ruled).values_list("record_id", flat=True)
    return publicity.over(found, reader) if reader.access is Access.PUBLIC else frozenset()


def _seen(con: duckdb.DuckDBPyConnection, reader: Reader, position: int) -> None:
    """Subjects that a more closed row named first, as the row says that the reader may see."""
    closed = Subject.objects.filter(access__gt=Access.PUBLIC)
    shown = as_seen(
        subjects_visible_to(reader, position).filter(pk__in=closed.values("pk")), reader, position
    )
    rows = [(one.pk, one.scheme, one.kind, one.registered_on, one.division) for one in shown.values()]
    types = {"subject_id": pa.int64(), "scheme": pa.string(), "kind": pa.string()}
    con.register("seen", _table({**types, "registered_on": pa.date32(), "division": pa.string()}, rows))


def _ids(con: duckdb.DuckDBPyConnection, name: str, ids: set[int] | frozenset[int]) -> None:
    con.register(name, _table({"subject_id": pa.int64()}, [(one,) for one in sorted(ids)]))


def _table(types: dict[str, pa.DataType], rows: list[Any]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    arrays = [pa.array(list(cells), kind) for cells, kind in zip(columns, types.values(), strict=True)]
    return pa.table(arrays, names=list(types))


def _read(parts: list[Path]) -> str:
    return f"read_parquet([{', '.join(map(quoted, parts))}])"
