"""Named integers (or codes) worked out from records: what grades by more than a total need."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model import Title

from .awards import Amount, Number
from .selects import Select
from .values import invalid
from .windows import Window


@dataclass(frozen=True)
class Code:
    """A code field of the item."""

    field: str


@dataclass(frozen=True)
class Latest:
    """The value on the latest selected record; of several on one day, the one with the highest record id.

    `if_none` is the value when there is no record and its absence means that there is none.
    """

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount | Code
    if_none: int | str | None = None

    def __post_init__(self) -> None:
        if self.if_none is not None and isinstance(self.of, Code) != isinstance(self.if_none, str):
            raise invalid(5, f"the value of {self.id} without a record is of another type")


@dataclass(frozen=True)
class Count:
    """How many records are selected."""

    id: str
    title: Title
    select: Select
    window: Window


@dataclass(frozen=True)
class Sum:
    """The sum of a number or amount over the selected records; nothing is 0."""

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount


@dataclass(frozen=True)
class Largest:
    """The largest number or amount over the selected records; `if_none` when there is no record."""

    id: str
    title: Title
    select: Select
    window: Window
    of: Number | Amount
    if_none: int | None = None


@dataclass(frozen=True)
class SumOf:
    """The sum of other facts."""

    id: str
    title: Title
    facts: tuple[str, ...]


@dataclass(frozen=True)
class LargestOf:
    """The largest of other facts."""

    id: str
    title: Title
    facts: tuple[str, ...]


Recorded = Latest | Count | Sum | Largest
Derived = SumOf | LargestOf
Fact = Recorded | Derived


def is_code(fact: Fact) -> bool:
    """Whether a fact's value is a code and not a number."""
    return isinstance(fact, Latest) and isinstance(fact.of, Code)
