"""What lies beside numbered parts of a ledger: which item a number means, and who was merged into whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from goodstanding.core.errors import Refusal

from .columns import check_files


def read_items(path: Path) -> dict[str, int]:
    """The number of each item by its full path, from a file of `item` and `number`.

    Raises:
        Refusal: GS-RULES-027, 080 for the file; GS-RULES-081 an item or a number that stands twice; 085 an empty
            cell.
    """
    found: dict[str, int] = {}
    seen: set[int] = set()
    for row, (item, number) in enumerate(_pairs(path, "items", "item", "number"), 1):
        if item in found or number in seen:
            raise Refusal(
                "GS-RULES-081",
                f"the item {item} or its number {number} stands twice",
                where=f"{path}, row {row}",
                why="a number means one item",
                remedy="take the file as the ledger gave it: goodstanding ledger export",
            )
        found[item] = number
        seen.add(number)
    return found


def read_merges(path: Path) -> tuple[tuple[int, int], ...]:
    """Pairs (from, into) of merged organisations.

    Raises:
        Refusal: GS-RULES-027, 080 for the file; 085 an empty cell.
    """
    return tuple(_pairs(path, "merges", "from_subject_id", "into_subject_id"))


def _pairs(path: Path, kind: str, first: str, second: str) -> list[tuple[Any, Any]]:
    check_files(kind, [path])
    table = pq.read_table(path, columns=[first, second])
    pairs = list(zip(table[first].to_pylist(), table[second].to_pylist(), strict=True))
    for row, pair in enumerate(pairs, 1):
        if None in pair:
            name = (first, second)[pair.index(None)]
            raise Refusal(
                "GS-RULES-085",
                f"the cell {name} is empty",
                where=f"{path}, column {name}, row {row}",
                why="without it the row says nothing of anyone",
                remedy="fill the cell, or leave the row out",
            )
    return pairs
