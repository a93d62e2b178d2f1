"""The problem file: the bad rows as a CSV that can be corrected and sent again."""

from __future__ import annotations

from pathlib import Path

from goodstanding.intake.batch import CheckedBatch


def write_problem_file(batch: CheckedBatch, path: Path) -> int:
    """Write the reported and refused rows to `path` (UTF-8, mode 0600); returns the number of rows.

    The columns are the contract's own, then `_row`, `_problem` and `_remedy`. A reported row stands with its
    cells as received. A refused row stands by position and rule only, never with a value; so does a row whose
    cells could not be told apart (a broken line), because what stands in which cell is not known.
    """
    raise NotImplementedError
