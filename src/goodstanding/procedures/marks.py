"""What cases say of records, for whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Marks:
    """What cases say of some records.

    Attributes:
        disputed: those to which an objection was made and is not decided.
        unpublished: entries of ours that were served and are not published yet: nobody but the parties sees them.
        cases: entry of ours → the public id of the case that made it, once it is published.
    """

    disputed: frozenset[int] = frozenset()
    unpublished: frozenset[int] = frozenset()
    cases: Mapping[int, UUID] = field(default_factory=dict)


NO_MARKS = Marks()
