"""Records as Parquet parts, so that tests can hand the same ledger to both engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding.rules.delivered import Coverage
from goodstanding.rules.extract import Extract
from goodstanding.rules.records import SLOTS, Record, Subject
from goodstanding.rules.ties import Tie

RECORDS = pa.schema(
    [
        ("record_id", pa.int64()),
        ("subject_id", pa.int64()),
        ("item", pa.string()),
        *[(name, pa.date32()) for name in ("occurred_on", "decided_on", "effective_from", "effective_to")],
        ("amount", pa.int64()),
        ("currency", pa.string()),
        ("seriousness", pa.int8()),
        ("access", pa.int8()),
        *[(f"number_{slot}", pa.int64()) for slot in range(1, SLOTS + 1)],
        *[(f"code_{slot}", pa.string()) for slot in range(1, SLOTS + 1)],
    ]
)
ENDINGS = pa.schema([("record_id", pa.int64()), ("counts_until", pa.date32())])
SUBJECTS = pa.schema(
    [
        ("subject_id", pa.int64()),
        ("kind", pa.string()),
        ("registered_on", pa.date32()),
        ("division", pa.string()),
    ]
)
TIES = pa.schema(
    [
        ("subject_id", pa.int64()),
        ("other_id", pa.int64()),
        ("kind", pa.string()),
        ("from_on", pa.date32()),
        ("to_on", pa.date32()),
    ]
)


def write(
    folder: Path,
    subjects: Sequence[Subject],
    records: Sequence[tuple[int, Record]],
    *,
    merges: tuple[tuple[int, int], ...] = (),
    ties: Sequence[Tie] = (),
    numbers: dict[str, int] | None = None,
    coverage: Coverage | None = None,
) -> Extract:
    """Write (subject, record) pairs and their endings as parts; with `numbers`, items by number."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = RECORDS
    if numbers is not None:
        schema = RECORDS.set(2, pa.field("item", pa.int32()))
    rows, endings = [], []
    for subject, one in records:
        row: dict[str, object] = {
            name: getattr(one, name)
            for name in RECORDS.names
            if name not in ("subject_id", "item") and not name[-1].isdigit()
        }
        row["subject_id"] = subject
        row["item"] = one.item if numbers is None else numbers[one.item]
        for slot in range(SLOTS):
            row[f"number_{slot + 1}"] = one.numbers[slot]
            row[f"code_{slot + 1}"] = one.codes[slot]
        rows.append(row)
        if one.counts_until is not None:
            endings.append({"record_id": one.record_id, "counts_until": one.counts_until})
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "records.parquet")
    pq.write_table(pa.Table.from_pylist(endings, ENDINGS), folder / "endings.parquet")
    people = [
        {"subject_id": one.subject_id, "kind": one.kind, "registered_on": one.registered_on}
        for one in subjects
    ]
    pq.write_table(pa.Table.from_pylist(people, SUBJECTS), folder / "subjects.parquet")
    pq.write_table(pa.Table.from_pylist([vars(one) for one in ties], TIES), folder / "ties.parquet")
    return Extract(
        records=(folder / "records.parquet",),
        endings=(folder / "endings.parquet",),
        subjects=(folder / "subjects.parquet",),
        merges=merges,
        ties=(folder / "ties.parquet",) if ties else (),
        items=numbers,
        coverage=coverage,
    )


VOID = date(1, 1, 1)
