"""What became of a delivery: the sums that a sender reads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class DeliveryReport:
    """Sums of one file; `rows` is the total of loaded, subject_only, already, kept_out, refused, reported.

    Args:
        loaded: rows that became records, roles, ties or file entries, corrections included.
        corrections: rows whose key was known and whose content had changed.
        subject_only: rows that name a subject and hold no record.
        already: rows that the ledger, or an earlier row of the same file, held already.
        kept_out: rows that were erased before and stay out.
        refused: rows that section 1 of the design does not admit; counted, never echoed.
        reported: bad rows, in the problem file.
        vanished: records of the source, still counting, that a whole delivery no longer holds.
        position: the ledger's position after the file; unchanged if the file brought nothing new.
        refused_by_clause, problems_by_rule: how often each.
    """

    source: str
    file_digest: str
    rows: int
    loaded: int
    corrections: int
    subject_only: int
    already: int
    kept_out: int
    refused: int
    reported: int
    vanished: int
    new_subjects: int
    position: int
    changed: bool
    refused_by_clause: dict[str, int]
    problems_by_rule: dict[str, int]
    notes: tuple[str, ...]
    problem_file: str

    def agrees(self) -> bool:
        """Whether every row of the file is in exactly one sum."""
        return self.rows == (
            self.loaded + self.subject_only + self.already + self.kept_out + self.refused + self.reported
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON output."""
        return asdict(self)
