"""The problem file: the bad rows as a CSV that can be corrected and sent again."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from goodstanding.intake.batch import CheckedBatch, Outcome

_BATCH = 10_000
OWN_COLUMNS = ("_row", "_problem", "_remedy")
"""What the file has beside the contract's columns; without meaning when it is sent again."""


def is_problem_file(path: Path, delimiter: str) -> bool:
    """Whether a file is a problem file of ours, corrected: some rows of a delivery, and not the whole of it."""
    with path.open("rb") as source:
        return delimiter.join(OWN_COLUMNS).encode() in source.readline(1 << 16)


def write_problem_file(batch: CheckedBatch, path: Path) -> int:
    """Write the reported and refused rows to `path` (UTF-8, mode 0600); returns the number of rows.

    The columns are the contract's own, then `_row`, `_problem` and `_remedy`. A reported row stands with its
    cells as received. A refused row stands by position and rule only, never with a value; so does a row whose
    cells could not be told apart (a broken line), because what stands in which cell is not known. A cell that
    may hold a natural person's number, and a person's name in a file of roles, is left empty.
    """
    header = [one.name for one in batch.contract.columns]
    found = batch.con.execute(
        f"""
        SELECT problem.row, any_value(rejected.cells),
               string_agg(coalesce(column_name || ': ', '') || rule, '; ' ORDER BY column_name, rule),
               string_agg(DISTINCT remedy, ' ' ORDER BY remedy)
        FROM {batch.problems} AS problem LEFT JOIN {batch.rejected} AS rejected ON rejected.row = problem.row
        WHERE outcome <> '{Outcome.NOTE}'
        GROUP BY problem.row ORDER BY problem.row
        """
    )
    written = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", newline="") as file:
        out = csv.writer(file, delimiter=batch.contract.delimiter)
        out.writerow([*header, *OWN_COLUMNS])
        while rows := found.fetchmany(_BATCH):
            for row, cells, problem, remedy in rows:
                out.writerow(
                    [
                        *("" if one is None else one for one in cells or [None] * len(header)),
                        row,
                        problem,
                        remedy,
                    ]
                )
                written += 1
    return written
