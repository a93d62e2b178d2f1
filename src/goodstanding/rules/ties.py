"""Ties between subjects, and the groups that they make.

A tie points from the small to the large (a branch to its head office, a subsidiary to its parent). The group
of a subject is itself and all whose ties lead to it on the day, in any number of steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding.core.errors import Refusal

NEEDED = {"subject_id", "other_id", "kind", "from_on", "to_on"}


@dataclass(frozen=True)
class Tie:
    """`subject_id` is a branch or subsidiary of `other_id`, on days in [from_on, to_on); None is open."""

    subject_id: int
    other_id: int
    kind: str
    from_on: date | None = None
    to_on: date | None = None

    def stands(self, on: date) -> bool:
        """Whether the tie is there on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on < self.to_on)


def below(
    ties: Iterable[Tie], kinds: tuple[str, ...], on: date, merged: Mapping[int, int] | None = None
) -> dict[int, frozenset[int]]:
    """Who is tied straight to each subject by these kinds of tie on a day, merges resolved at both ends."""
    into = merged or {}
    found: dict[int, set[int]] = {}
    for one in ties:
        if one.kind in kinds and one.stands(on):
            large = into.get(one.other_id, one.other_id)
            found.setdefault(large, set()).add(into.get(one.subject_id, one.subject_id))
    return {large: frozenset(small) for large, small in found.items()}


def group_of(subject: int, tied: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """A subject and all below it; ties that go in a circle make one group."""
    members, left = {subject}, [subject]
    while left:
        fresh = tied.get(left.pop(), frozenset()) - members
        members |= fresh
        left += fresh
    return frozenset(members)


def read_ties(parts: Sequence[Path]) -> list[Tie]:
    """The ties of some parts of an extract that no later one corrects.

    Raises:
        Refusal: GS-RULES-027 if a part cannot be read, or lacks a column.
    """
    rows: list[dict[str, Any]] = []
    for path in parts:
        try:
            table = pq.read_table(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise _unread(path, str(error).splitlines()[0]) from error
        if not set(table.column_names) >= NEEDED:
            raise _unread(path, f"it lacks {', '.join(sorted(NEEDED - set(table.column_names)))}")
        rows += table.to_pylist()
    replaced = {row["replaces"] for row in rows if row.get("replaces") is not None}
    return [Tie(**{name: row[name] for name in NEEDED}) for row in rows if row.get("tie_id") not in replaced]


def _unread(path: Path, why: str) -> Refusal:
    return Refusal(
        "GS-RULES-027",
        "a part of the extract cannot be read",
        where=str(path),
        why=why,
        remedy="name Parquet files of the documented columns",
    )
