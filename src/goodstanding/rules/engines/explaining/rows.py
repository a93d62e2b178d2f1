"""The rows of a few subjects, found in Parquet parts without reading the rest.

A part is sorted by subject, so that the bounds of its row groups say where a subject can be. The bounds are
read once; a subject then costs the few row groups that can hold it, and of those only the columns that hold
anything. Parts in another order give the same rows, more slowly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.core.errors import Refusal

HELD = 200  # parts kept open; those beyond are opened again whenever they are read


def _unread(path: Path, why: str) -> Refusal:
    return Refusal(
        "GS-RULES-027",
        "a part of the extract cannot be read",
        where=str(path),
        why=why,
        remedy="name Parquet files of the documented columns",
    )


class Part:
    """One part: the bounds of its row groups, and what each of their columns holds."""

    def __init__(self, path: Path, needed: frozenset[str], *, held: bool) -> None:
        self.path = path
        try:
            self.metadata = pq.read_metadata(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise _unread(path, str(error).splitlines()[0]) from error
        schema = self.metadata.schema.to_arrow_schema()
        self.names: list[str] = schema.names
        # Words stay numbers of a dictionary until a row is shown; out of delta encodings the reader makes none.
        self.texts = [
            one.name
            for place, one in enumerate(schema)
            if pa.types.is_string(one.type) and self._in_dictionaries(place)
        ]
        if lacking := needed - set(self.names):
            raise _unread(path, f"it lacks {', '.join(sorted(lacking))}")
        self.numbers_items = "item" in self.names and pa.types.is_integer(schema.field("item").type)
        self.key = self.names.index("subject_id")
        groups = range(self.metadata.num_row_groups)
        bounds = [self._bounds(number) for number in groups]
        self.unbounded = [number for number in groups if bounds[number] is None]
        bounded = [(number, *one) for number, one in enumerate(bounds) if one is not None]
        self.numbers = [one[0] for one in bounded]
        self.lows = [one[1] for one in bounded]
        self.highs = [one[2] for one in bounded]
        self.ordered = self.lows == sorted(self.lows) and self.highs == sorted(self.highs)
        self.told: dict[int, tuple[list[int], dict[str, object]]] = {}
        self.file = self._open() if held else None

    def _in_dictionaries(self, place: int) -> bool:
        groups = range(self.metadata.num_row_groups)
        told = {each for one in groups for each in self.metadata.row_group(one).column(place).encodings}
        return not any(one.startswith("DELTA") for one in told)

    def _open(self) -> pq.ParquetFile:
        return pq.ParquetFile(
            self.path, metadata=self.metadata, memory_map=True, pre_buffer=False, read_dictionary=self.texts
        )

    def _bounds(self, group: int) -> tuple[int, int] | None:
        said = self.metadata.row_group(group).column(self.key).statistics
        return (said.min, said.max) if said is not None and said.has_min_max else None

    def _may_hold(self, subject: int) -> list[int]:
        """The row groups that can hold a subject."""
        if self.ordered:
            places = range(bisect_left(self.highs, subject), bisect_right(self.lows, subject))
        else:
            places = range(len(self.numbers))
        found = [self.numbers[one] for one in places if self.lows[one] <= subject <= self.highs[one]]
        return found + self.unbounded

    def _worth_reading(self, group: int) -> tuple[list[int], dict[str, object]]:
        """The columns of a row group that hold more than one value, and the one value of the others."""
        if group not in self.told:
            read: list[int] = []
            same: dict[str, object] = {}
            about = self.metadata.row_group(group)
            for place, name in enumerate(self.names):
                said = about.column(place).statistics
                nulls = None if said is None or not said.has_null_count else said.null_count
                if place == self.key:
                    continue
                if nulls == about.num_rows:
                    same[name] = None
                elif nulls == 0 and said.has_min_max and said.min == said.max and isinstance(said.min, int):
                    same[name] = said.min
                else:
                    read.append(place)
            self.told[group] = (read, same)
        return self.told[group]

    def rows(self, subjects: Sequence[int], wanted: pa.Array) -> list[dict[str, Any]]:
        """The rows of these subjects, by column name; `wanted` are the same subjects."""
        among = sorted({group for one in subjects for group in self._may_hold(one)})
        if not among:
            return []
        file = self.file or self._open()
        try:
            return [row for group in among for row in self._of_group(file, group, wanted)]
        finally:
            if self.file is None:
                file.close()

    def _of_group(self, file: pq.ParquetFile, group: int, wanted: pa.Array) -> list[dict[str, Any]]:
        # The reader below `read_row_group` takes columns by number; by name it works out the schema each time.
        keys = file.reader.read_row_group(group, column_indices=[self.key], use_threads=False).column(0)
        places = pc.indices_nonzero(pc.is_in(keys, value_set=wanted))
        if not len(places):
            return []
        read, same = self._worth_reading(group)
        first, last = places[0].as_py(), places[-1].as_py()
        found = file.reader.read_row_group(group, column_indices=read, use_threads=False)
        together = last - first + 1 == len(places)
        found = found.slice(first, len(places)) if together else found.take(places)
        return [{**same, **row} for row in found.to_pylist()]

    def close(self) -> None:
        """Let the file go."""
        if self.file is not None:
            self.file.close()


class Rows:
    """Parts of one kind."""

    def __init__(self, parts: Sequence[Path], needed: frozenset[str]) -> None:
        self.parts = [Part(path, needed, held=number < HELD) for number, path in enumerate(parts)]

    def of(self, subjects: Sequence[int]) -> list[dict[str, Any]]:
        """The rows of these subjects in every part, by column name."""
        wanted = pa.array(subjects, pa.int64())  # made once: making it costs as much as a search
        return [row for part in self.parts for row in part.rows(subjects, wanted)]

    def close(self) -> None:
        """Let the files go."""
        for part in self.parts:
            part.close()
