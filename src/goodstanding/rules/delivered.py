"""Which days the sources' deliveries tell of: where none does, no record is no answer.

An item whose absence means that there is none says so of what is delivered. In a home where its source was never
delivered, or not for the days that a rule looks at, nothing is known, and what is recorded may not be all
(docs/adr/0010). Without any word of deliveries, as with files of one's own, the item's word holds for all days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding.catalogue.model import Absence, Item
from goodstanding.catalogue.retention import kept_from
from goodstanding.core.errors import Refusal

from .model import Exists, Recorded, Rule, Rulebook, Select, Window, leaves
from .records import Catalogue, item_of

Days = tuple[date, date]
"""Days [from, to)."""

Coverage = Mapping[str, Sequence[Days]]
"""By full path of an item, the days that deliveries tell of; an item that is not there was never delivered."""

NEEDED = {"item", "from_on", "to_on"}


@dataclass(frozen=True)
class Gap:
    """Days [first, end) that an entry of a rulebook looks at and no delivery tells of; the first such span."""

    entry: str
    item: str
    first: date
    end: date


def gap_of(item: Item, window: Window, on: date, coverage: Coverage | None) -> Days | None:
    """The first days of a window of which no delivery tells whether there is a record.

    None for an item whose absence says nothing anyway, for a list that only this ledger writes, and without
    `coverage`. Days before the item's retention are not asked for: what is past it counts no more.
    """
    if coverage is None or item.own or item.absence is Absence.UNKNOWN:
        return None
    first, end = window.bounds(on)
    if not item.listing:
        first = max(first, kept_from(item, on))
    for low, high in sorted(coverage.get(item.path, ())):
        if low > first:
            return (first, min(low, end)) if first < end else None
        first = max(first, high)
    return (first, end) if first < end else None


def gaps(rulebook: Rulebook, catalogue: Catalogue, on: date, coverage: Coverage | None) -> tuple[Gap, ...]:
    """What a rulebook looks at on a day and no delivery covers, by its entries, in their order; each once.

    Raises:
        Refusal: GS-RULES-021 if the catalogue lacks an item.
    """
    asked: list[tuple[str, Select, Window]] = [
        (one.id, one.select, one.window)
        for one in (*rulebook.facts, *rulebook.rules)
        if isinstance(one, Recorded | Rule)
    ]
    for owner, condition in rulebook.conditions():
        asked += [(owner, one.select, one.window) for one in leaves(condition) if isinstance(one, Exists)]
    found = []
    for entry, select, window in asked:
        gap = gap_of(item_of(catalogue, select.item), window, on, coverage)
        if gap is not None:
            found.append(Gap(entry, select.item, *gap))
    return tuple(dict.fromkeys(found))


def read_coverage(parts: Sequence[Path]) -> dict[str, list[Days]]:
    """Parquet parts of days by item: item (full path), from_on, to_on DATE.

    Raises:
        Refusal: GS-RULES-027 if a part cannot be read, lacks a column, or leaves a cell empty.
    """
    found: dict[str, list[Days]] = {}
    for path in parts:
        try:
            rows = pq.read_table(path, columns=sorted(NEEDED))
            days = {name: rows[name].cast(pa.date32()).to_pylist() for name in ("from_on", "to_on")}
            items = rows["item"].cast(pa.string()).to_pylist()
        except (OSError, KeyError, pa.ArrowException) as error:
            raise _unread(path, str(error).splitlines()[0]) from error
        if None in (*items, *days["from_on"], *days["to_on"]):
            raise _unread(path, "an item or a day is not stated")
        for item, first, end in zip(items, days["from_on"], days["to_on"], strict=True):
            found.setdefault(item, []).append((first, end))
    return found


def _unread(path: Path, why: str) -> Refusal:
    return Refusal(
        "GS-RULES-027",
        "a part of the extract cannot be read",
        where=str(path),
        why=why,
        remedy="name Parquet files of the documented columns: item VARCHAR (full paths), from_on and to_on DATE",
    )
