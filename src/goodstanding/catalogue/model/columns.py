"""The columns of a source, and how a source shows a row that is not admitted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """How a cell is read. `money` becomes an integer of minor units, `date` a civil date.

    `integer` is a whole number; a fraction of zeros, as in `5.0`, is one too.
    """

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column of a source.

    Args:
        name: header as the authority writes it.
        type: how its cells are read.
        ignored: reason why the column is not taken in; empty if it is.
        required: whether an empty cell refuses the row.
        null: cell texts that mean "no value" (compared after trimming).
        formats: strptime formats of a date, tried in order.
        decimal, thousands: separators of numbers.
        scale: minor units of one unit as written (10,000 yuan: 1_000_000).
        scheme: identifier scheme that the cell must satisfy, for text.
        pattern: regular expression that the whole cell must match.
        values: closed list of codes; empty if open.
        minimum, maximum: inclusive bounds of integers and of money in minor units.
        max_length: characters, for text.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    ignored: str = ""
    required: bool = False
    null: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    decimal: str = "."
    thousands: str = ""
    scale: int = 100
    scheme: str = ""
    pattern: str = ""
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 0


@dataclass(frozen=True)
class RowRefusal:
    """How this source shows a row that section 1 of the design does not admit.

    The row is refused when `column` matches `pattern` (or is blank, with `blank`), does not match
    `unless`, and every one of `also` holds too. With neither `pattern` nor `blank`, only `unless`
    decides. Patterns are RE2, searched for in the trimmed cell, and are written so that a search and
    a match of the whole cell say the same. `rule` names the clause, for instance `natural-person`.
    """

    id: str
    rule: str
    column: str
    pattern: str = ""
    blank: bool = False
    also: tuple[RowRefusal, ...] = ()
    unless: str = ""  # a cell that matches this saves the row: a company's legal form, for instance
