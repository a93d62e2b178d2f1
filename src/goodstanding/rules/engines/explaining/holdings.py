"""What an extract holds of a few subjects on one day: themselves, their records, whom they are tied to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.core.errors import Refusal

from ...extract import Extract
from ...model import invalid
from ...records import SLOTS, Record, Subject
from ...ties import Tie, below, group_of, read_ties
from .rows import Rows

_NEEDED = frozenset({"record_id", "subject_id", "item"})


def _ended(parts: Sequence[Path], on: date) -> memoryview:
    """The ids of the records that count no more on a day, in order."""
    found = [pa.array([], pa.int64())]
    for path in parts:
        try:
            rows = pq.read_table(path, columns=["record_id", "counts_until"])
        except (OSError, pa.ArrowInvalid) as error:
            raise Refusal(
                "GS-RULES-027",
                "a part of the extract cannot be read",
                where=str(path),
                why=str(error).splitlines()[0],
                remedy="name Parquet files of the documented columns",
            ) from error
        past = pc.less_equal(rows["counts_until"], pa.scalar(on))
        found += rows["record_id"].filter(past).chunks
    ids = pa.concat_arrays(found).sort()
    return memoryview(ids.buffers()[1] or b"").cast("q")[: len(ids)]


class Holdings:
    """An extract, opened for looking up a few subjects on one day."""

    def __init__(self, extract: Extract, on: date) -> None:
        self.on = on
        self.into = extract.resolved()
        self.from_: dict[int, list[int]] = {}
        for one, target in self.into.items():
            self.from_.setdefault(target, []).append(one)
        self.named = {number: path for path, number in (extract.items or {}).items()}
        self.records = Rows(extract.records, _NEEDED)
        self.subjects = (
            Rows(extract.subjects, frozenset({"subject_id", "kind"})) if extract.subjects else None
        )
        self.ended = _ended(extract.endings, on)
        self.ties: list[Tie] = read_ties(extract.ties) if extract.ties else []
        self.below: dict[tuple[str, ...], dict[int, frozenset[int]]] = {}
        if extract.items is None and any(part.numbers_items for part in self.records.parts):
            raise invalid(
                27, "the records number their items, and no numbers are given", remedy="pass `items`"
            )

    def subject(
        self, subject_id: int, kinds: Sequence[str], schemes: Collection[str] | None
    ) -> Subject | None:
        """The subject, if it is of one of these kinds, and known by an identifier of one of these schemes."""
        if self.subjects is None:
            held = self.records.of(self._read_as(subject_id))
            return Subject(subject_id, kinds[0]) if held else None
        for row in self.subjects.of([subject_id]):
            if row["kind"] in kinds and (schemes is None or row.get("scheme") in schemes):
                return Subject(subject_id, row["kind"], row.get("registered_on"))
        return None

    def of(self, subject_id: int) -> list[Record]:
        """The records of a subject, and of those merged into it, that have not ended."""
        return [self._record(row) for row in self.records.of(self._read_as(subject_id)) if self._counts(row)]

    def group(self, subject_id: int, kinds: tuple[str, ...]) -> dict[int, Sequence[Record]]:
        """The records of each member of a subject's group."""
        if kinds not in self.below:
            self.below[kinds] = below(self.ties, kinds, self.on, self.into)
        return {one: self.of(one) for one in sorted(group_of(subject_id, self.below[kinds]))}

    def close(self) -> None:
        """Let the files go."""
        self.records.close()
        if self.subjects is not None:
            self.subjects.close()

    def _read_as(self, subject_id: int) -> list[int]:
        return [subject_id, *self.from_.get(subject_id, ())]

    def _counts(self, row: dict[str, Any]) -> bool:
        place = bisect_left(self.ended, row["record_id"])
        return place == len(self.ended) or self.ended[place] != row["record_id"]

    def _record(self, row: dict[str, Any]) -> Record:
        item = row["item"]
        said = row.get
        return Record(
            record_id=row["record_id"],
            item=item if isinstance(item, str) else self.named.get(item, ""),
            occurred_on=said("occurred_on"),
            decided_on=said("decided_on"),
            effective_from=said("effective_from"),
            effective_to=said("effective_to"),
            amount=said("amount"),
            currency=said("currency"),
            seriousness=said("seriousness"),
            access=said("access", 0),
            numbers=tuple(said(f"number_{slot}") for slot in range(1, SLOTS + 1)),
            codes=tuple(said(f"code_{slot}") for slot in range(1, SLOTS + 1)),
        )
