"""Which records a selection takes, surely or perhaps; and the notes that a case keeps while it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Absence, FieldType
from goodstanding.catalogue.retention import is_kept
from goodstanding.core.reader import Access

from ...around import ALONE, Around
from ...delivered import gap_of
from ...lines import Line, Status
from ...model import Amount, Interval, Number, Rulebook, Select, Window
from ...records import Catalogue, Record, Subject, item_of, slot_of
from .answers import both


@dataclass(frozen=True)
class Match:
    """A record that a selection takes: surely, or perhaps."""

    record: Record
    day: date | None
    sure: bool

    @property
    def order(self) -> tuple[bool, date, int]:
        """Sure before perhaps, then by day, then by record id; a day that is not known comes last."""
        return (not self.sure, self.day or date.max, self.record.record_id)

    @property
    def access(self) -> Access:
        """The access class of the record; one that is not stated is the most closed."""
        return Access.RESTRICTED if self.record.access is None else Access(self.record.access)


class Selecting:
    """One subject on one day: its records, and what is written down about them."""

    def __init__(
        self,
        rulebook: Rulebook,
        catalogue: Catalogue,
        subject: Subject,
        records: Sequence[Record],
        on: date,
        around: Around = ALONE,
    ) -> None:
        self.rulebook = rulebook
        self.catalogue = catalogue
        self.subject = subject
        self.on = on
        self.around = around
        self.records = self.counting(records)
        self.groups = {
            kinds: [self.counting(one) for one in members.values()]
            for kinds, members in around.groups.items()
        }
        self.values: dict[str, Interval | str] = {}
        self.lines: list[Line] = []
        self.missing: set[str] = set()
        self.total: Interval | None = None

    def counting(self, records: Sequence[Record]) -> list[Record]:
        """The records that have not ended."""
        return [one for one in records if one.counts_until is None or self.on < one.counts_until]

    def members(self, group: tuple[str, ...]) -> list[list[Record]]:
        """The records of each member of a group; without ties, of the subject alone."""
        return self.groups.get(group, [self.records]) if group else [self.records]

    def takes(self, record: Record, select: Select, window: Window) -> bool | None:
        """Whether a selection takes a record: yes, no, or cannot tell.

        A record past its item's retention is taken by none. Where it states no day that retention can count
        from, it does not state the window's day either, and that already cannot be told.
        """
        if record.item != select.item:
            return False
        answers: list[bool | None] = []
        for code in select.codes:
            value = record.codes[slot_of(self.catalogue, select.item, code.field, FieldType.CODE)]
            answers.append(None if value is None else value in code.values)
        if False in answers:
            return False  # before the days are worked out: most records of an index are of another indicator
        day: date | None = getattr(record, window.used.value)
        answers.append(None if day is None else window.counts(day, self.on))
        answers.append(is_kept(item_of(self.catalogue, record.item), record, self.on))
        for number in select.numbers:
            found = record.numbers[slot_of(self.catalogue, select.item, number.field, FieldType.NUMBER)]
            answers.append(None if found is None else number.range.holds(found))
        for dated in select.dated:
            at: date | None = getattr(record, dated.used.value)
            answers.append(None if at is None else dated.holds(at))
        if select.amount is not None:
            amount = self.measure(record, Amount(select.amount.currency))
            answers.append(None if amount is None else select.amount.range.holds(amount))
        if select.seriousness:
            answers.append(None if record.seriousness is None else record.seriousness in select.seriousness)
        if select.in_effect:
            begun = None if record.effective_from is None else record.effective_from <= self.on
            answers.append(both([begun, record.effective_to is None or self.on < record.effective_to]))
        return both(answers)

    def matches(self, select: Select, window: Window, group: tuple[str, ...] = ()) -> list[Match]:
        """The records that a selection takes, in order; of a whole group, if one is named."""
        found = []
        for record in [one for records in self.members(group) for one in records]:
            taken = self.takes(record, select, window)
            if taken is not False:
                found.append(Match(record, getattr(record, window.used.value), taken is True))
        return sorted(found, key=lambda one: one.order)

    def absent(self, select: Select, window: Window, group: tuple[str, ...] = ()) -> bool:
        """Whether nothing is recorded of the item in the window, and this means that nothing is known.

        Of a group: whether that is so of one member. What it has is then not known, and the sum is not. Where no
        delivery covers the window it is so whatever is recorded: there may be more.
        """
        if self.uncovered(select, window):
            return True
        if item_of(self.catalogue, select.item).absence is Absence.NONE:
            return False
        anything = Select(select.item)
        return any(
            not any(self.takes(one, anything, window) for one in records) for records in self.members(group)
        )

    def uncovered(self, select: Select, window: Window) -> bool:
        """Whether absence would mean none, and no delivery covers the window."""
        item = item_of(self.catalogue, select.item)
        return gap_of(item, window, self.on, self.around.coverage) is not None

    def measure(self, record: Record, of: Amount | Number) -> int | None:
        """The number or amount on a record; None where it is not known, or in another currency."""
        if isinstance(of, Amount):
            return record.amount if record.currency == of.currency else None
        return record.numbers[slot_of(self.catalogue, record.item, of.field, FieldType.NUMBER)]

    def line(self, rule: str, match: Match | None, sure: bool, points: Interval) -> None:
        """Write down a reason: a record, or that nothing is recorded."""
        if match is None:
            self.lines.append(Line(rule, None, points, Status.ABSENT))
            return
        status = Status.MET if sure else Status.UNKNOWN
        self.lines.append(Line(rule, match.record.record_id, points, status, match.access))
