"""The columnar copy of a ledger that engines read: Parquet parts, as known at one position.

records:  record_id BIGINT, subject_id BIGINT, item INTEGER (or VARCHAR full paths), occurred_on, decided_on,
          effective_from, effective_to DATE, amount BIGINT (minor units), currency VARCHAR,
          seriousness TINYINT (1 minor, 2 general, 3 serious), access TINYINT (0 public, 1 shared,
          2 restricted), number_1 … number_4 BIGINT, code_1 … code_4 VARCHAR
endings:  record_id BIGINT, counts_until DATE (a record counts on days before it)
subjects: subject_id BIGINT, kind VARCHAR, registered_on DATE, division VARCHAR
ties:     subject_id BIGINT, other_id BIGINT, kind VARCHAR (branch_of, subsidiary_of, …: from the small to the
          large), from_on, to_on DATE, tie_id BIGINT, replaces BIGINT (the tie that this one corrects)
coverage: item VARCHAR full paths, from_on, to_on DATE: days [from, to) that deliveries tell of

Which parts are passed in decides what is known: "as known at position P" is the parts registered up to P.
Columns that a rulebook does not look at may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .delivered import Coverage
from .merging import resolved


@dataclass(frozen=True)
class Extract:
    """Parts of a ledger.

    Args:
        records: at least one part.
        endings: may be empty.
        subjects: without them, every subject that has a record is assessed, and no age is known.
        merges: (from, into) pairs of subject ids; chains are followed.
        ties: without them, every group is its subject alone.
        items: number of each item by its full path; not needed where parts hold full paths.
        coverage: the days that deliveries tell of, by full path; without it, what an item says of absence holds
            for all days.
    """

    records: tuple[Path, ...]
    endings: tuple[Path, ...] = ()
    subjects: tuple[Path, ...] = ()
    merges: tuple[tuple[int, int], ...] = ()
    ties: tuple[Path, ...] = ()
    items: Mapping[str, int] | None = None
    coverage: Coverage | None = None

    def resolved(self) -> dict[int, int]:
        """Where each merged subject's records are read, chains followed.

        Raises:
            Refusal: GS-RULES-028 if merges go in a circle, or a subject is merged into two.
        """
        return resolved(self.merges)
