"""Intake: an authority's file → a checked batch and a problem report.

`check_file` reads a file of any known format, types and checks each cell against a contract, refuses what
section 1 of the design does not admit, and leaves the good rows in DuckDB for the ledger to load. Nothing
here imports Django: a researcher can check a file without a database.

    with workspace(home / "work") as room:
        batch = check_file(path, contract, items, work=room.work, con=room.con, today=today)
        assert batch.counts.agree()
        write_problem_file(batch, path.with_suffix(".problems.csv"))
"""

from goodstanding.intake.batch import CheckedBatch, Counts, Note, Outcome
from goodstanding.intake.check import Progress, check_file
from goodstanding.intake.problemfile import is_problem_file, write_problem_file
from goodstanding.intake.workspace import Workspace, sweep, workspace

__all__ = [
    "CheckedBatch",
    "Counts",
    "Note",
    "Outcome",
    "Progress",
    "Workspace",
    "check_file",
    "is_problem_file",
    "sweep",
    "workspace",
    "write_problem_file",
]
