"""What an assessment of one subject rests on beside its own records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .delivered import Coverage
from .lines import Assessment
from .ranking import CutOffs
from .records import Record


@dataclass(frozen=True)
class Around:
    """Other rulebooks' results, the group's records, the cut-offs of a run, and what was delivered.

    Args:
        results: of the same subject, by path and day; one that is not there is not known.
        groups: by the kinds of tie that make a group, the records of each member, the subject among them;
            a group that is not there is the subject alone.
        cut_offs: by quota; without, who keeps a grade by rank cannot be told.
        coverage: the days that deliveries tell of, by item; without it, the item alone says what absence means.
    """

    results: Mapping[tuple[str, date], Assessment] = field(default_factory=dict)
    groups: Mapping[tuple[str, ...], Mapping[int, Sequence[Record]]] = field(default_factory=dict)
    cut_offs: CutOffs = field(default_factory=dict)
    coverage: Coverage | None = None


ALONE = Around()
