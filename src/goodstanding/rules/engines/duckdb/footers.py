"""What Parquet parts say of themselves in their footers: how many rows, and which columns no row lacks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

TELLING = (  # the columns for which it makes comparisons shorter that no row lacks them
    *("occurred_on", "decided_on", "effective_from", "effective_to", "seriousness", "access"),
    *(f"number_{slot}" for slot in range(1, 5)),
)


def rows_of(parts: Iterable[Path]) -> int:
    """How many rows the parts have."""
    return sum(pq.read_metadata(one).num_rows for one in parts)


def stated_in(parts: Iterable[Path], columns: Iterable[str] = TELLING) -> frozenset[str]:
    """Those of the columns of which every part's own statistics say that no row lacks them."""
    found: frozenset[str] | None = None
    for part in parts:
        found = _stated(pq.read_metadata(part), frozenset(columns) if found is None else found)
        if not found:
            break
    return found or frozenset()


def _stated(data: pq.FileMetaData, columns: frozenset[str]) -> frozenset[str]:
    if not data.num_row_groups:
        return columns & frozenset(data.schema.to_arrow_schema().names)
    first = data.row_group(0)
    places = {first.column(number).path_in_schema: number for number in range(data.num_columns)}
    left = {name: places[name] for name in columns if name in places}
    for group in range(data.num_row_groups):
        chunks = data.row_group(group)
        for name, place in list(left.items()):
            statistics = chunks.column(place).statistics
            if statistics is None or not statistics.has_null_count or statistics.null_count:
                del left[name]
    return frozenset(left)
