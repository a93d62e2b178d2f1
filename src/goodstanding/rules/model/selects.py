"""Which records a rule is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .added import added
from .values import Range, invalid
from .windows import DateUsed

SERIOUSNESS = {"minor": 1, "general": 2, "serious": 3}


@dataclass(frozen=True)
class CodeTest:
    """A code field of the item is one of these values."""

    field: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values or len(set(self.values)) != len(self.values):
            raise invalid(5, f"the values of {self.field} are empty or named twice")


@dataclass(frozen=True)
class NumberTest:
    """A number field of the item lies in a range."""

    field: str
    range: Range


@dataclass(frozen=True)
class AmountTest:
    """The record's amount, in minor units of this currency, lies in a range.

    An amount in another currency cannot be compared: the test is then neither met nor failed.
    """

    currency: str
    range: Range


@dataclass(frozen=True)
class DatedTest:
    """A date of the record lies in [from_day, to_day), or with `outside` does not; None is open."""

    used: DateUsed
    from_day: date | None = None
    to_day: date | None = None
    outside: bool = False

    def __post_init__(self) -> None:
        if self.from_day is None and self.to_day is None:
            raise invalid(5, "a span of days without a first and a last day")
        if self.from_day is not None and self.to_day is not None and self.to_day <= self.from_day:
            raise invalid(11, f"no day lies from {self.from_day} up to, and not including, {self.to_day}")

    def holds(self, day: date) -> bool:
        """Whether a day passes the test."""
        inside = (self.from_day is None or day >= self.from_day) and (
            self.to_day is None or day < self.to_day
        )
        return inside is not self.outside


@dataclass(frozen=True)
class Select:
    """Records of one item that pass every test. `item` is the full path, `<pack>/<item>`.

    `in_effect` asks that the day of the assessment lies in [effective_from, effective_to).
    """

    item: str
    codes: tuple[CodeTest, ...] = ()
    numbers: tuple[NumberTest, ...] = ()
    amount: AmountTest | None = None
    seriousness: tuple[int, ...] = ()
    in_effect: bool = False
    dated: tuple[DatedTest, ...] = added(())

    def __post_init__(self) -> None:
        pack, _, item = self.item.partition("/")
        if not pack or not item:
            raise invalid(5, f"{self.item!r} is not the path of an item", remedy="write <pack>/<item>")
        fields = [one.field for one in self.codes] + [one.field for one in self.numbers]
        if len(set(fields)) != len(fields):
            raise invalid(3, "a field is tested twice", remedy="say it in one test")
