"""Recompute published grades from a table: each row is a subject of its own, and no name is needed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.catalogue.model import FieldType

from .engines.duckdb import assess_all
from .extract import Extract
from .model import Rulebook, invalid
from .records import Catalogue, slot_of


@dataclass(frozen=True)
class Reproduction:
    """How far computed grades agree with published ones.

    `differences` counts rows by (published, computed); computed is None where the rulebook cannot tell.
    """

    rows: int
    agreeing: int
    differences: Mapping[tuple[str | None, str | None], int]
    computed: pa.Array

    @property
    def share(self) -> str:
        """The part that agrees, in per cent with two decimals, rounded down."""
        hundredths = self.agreeing * 10_000 // self.rows if self.rows else 0
        return f"{hundredths // 100}.{hundredths % 100:02d}"


def _whole(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """A column of whole numbers; text such as "5.0" is read exactly, a blank is not stated."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        text = pc.utf8_trim_whitespace(column.cast(pa.string()))
        text = pc.replace_substring_regex(text, r"\.0+$", "")
        column = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid as error:
        raise invalid(
            27,
            f"column {name} holds something that is no whole number",
            why=str(error),
            remedy="leave out or mend these rows first",
        ) from error


def reproduce(
    rulebook: Rulebook,
    catalogue: Catalogue,
    rows: pa.Table,
    columns: Mapping[str, str],
    published: str,
    on: date,
) -> Reproduction:
    """Run a rulebook over a table and compare with the grades that its authority published.

    Args:
        rulebook: its facts look at one item.
        catalogue: items by full path.
        rows: the table, for instance read from CSV.
        columns: number field of the item → column of whole numbers (or text such as "5.0").
        published: column with the published grade.
        on: the day of the assessment.

    Raises:
        Refusal: GS-RULES-022, 027 for columns that do not fit.
    """
    items = {select.item for _, select, _ in rulebook.selects()}
    if len(items) != 1:
        raise invalid(27, "the rulebook looks at several items; a row cannot be a record of each")
    item = items.pop()
    for name in (published, *columns.values()):
        if name not in rows.column_names:
            raise invalid(27, f"the table has no column {name}")
    many = rows.num_rows
    ids = pa.array(range(many), pa.int64())
    day = pa.array([on] * many, pa.date32())
    parts = {
        "record_id": ids,
        "subject_id": ids,
        "item": pa.array([item] * many),
        "occurred_on": day,
        "decided_on": day,
        "effective_from": day,
    }
    for field, name in columns.items():
        slot = slot_of(catalogue, item, field, FieldType.NUMBER)
        parts[f"number_{slot + 1}"] = _whole(rows.column(name), name)
    with tempfile.TemporaryDirectory(prefix="goodstanding-reproduce-") as folder:
        part = Path(folder) / "records.parquet"
        pq.write_table(pa.table(parts), part)
        with assess_all(rulebook, catalogue, Extract(records=(part,)), on) as run:
            computed = run.assessments().column("grade").combine_chunks()
    given = rows.column(published).cast(pa.string())
    pairs = Counter(zip(given.to_pylist(), computed.to_pylist(), strict=True))
    agreeing = sum(times for (one, other), times in pairs.items() if one == other)
    differences = {pair: times for pair, times in pairs.most_common() if pair[0] != pair[1]}
    return Reproduction(many, agreeing, differences, computed)
