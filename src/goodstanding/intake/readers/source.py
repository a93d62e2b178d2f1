"""What every reader hands on: cells as text, in columns c0, c1, … of one relation."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.intake.batch import Note


@dataclass(frozen=True)
class Source:
    """The cells of a file, ready for the checks.

    Args:
        relation: what stands after FROM: VARCHAR columns c0 … in the file's order, NULL for an empty cell,
            and `row` BIGINT if `numbered`.
        numbered: whether the relation has `row`; else rows come in the file's order, the first data row is
            row 2, and each line of the file is one row.
        headers: the file's headers, normalised; `headers[i]` is the header of column ci. None for a column
            whose cells are only searched for what may not be there.
        broken: name of a table of rows that could not be cut into cells: row BIGINT, rule VARCHAR, personal
            BOOLEAN (a person's number stands in it); empty if there is none. Their text is not kept.
        lines: data rows that the relation must have, -1 if not known before.
        format, encoding, path_taken, notes: as in `CheckedBatch`.
        exotic: whether there may be white space other than ASCII's, or control characters.
    """

    relation: str
    numbered: bool
    headers: tuple[str | None, ...]
    format: str
    broken: str = ""
    lines: int = -1
    encoding: str = ""
    path_taken: str = "careful"
    notes: tuple[Note, ...] = ()
    exotic: bool = True
