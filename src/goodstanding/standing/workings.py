"""One organisation worked out by the reference engine, from the ledger's own rows.

A run keeps results and lines. How a result came about (values of facts, sums of sections, the band) is worked
out again when it is asked for, at the run's position and day, and is shown only if the same result comes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goodstanding.catalogue.model import FieldType, Item
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Content, Ending, Position
from goodstanding.ledger.models import Subject as SubjectRow
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.visibility import visible_to
from goodstanding.rules import Assessment, Record, Rulebook, Subject
from goodstanding.rules.engines.workings import Workings, work_out
from goodstanding.rules.records import SLOTS


@dataclass(frozen=True)
class Holding:
    """A subject's records with the positions at which they, and their endings, became known.

    `members` are, by position, the subjects whose records the subject then had.
    """

    subject: SubjectRow
    items: Mapping[str, Item]
    members: Mapping[int, frozenset[int]]
    records: tuple[tuple[int, int, Record], ...]
    endings: Mapping[int, tuple[tuple[int, date], ...]]

    @classmethod
    def of(cls, subject: SubjectRow, items: Mapping[str, Item], positions: Iterable[int]) -> Holding:
        """Read them as an engine does: everything, whoever may see it. What comes out carries the class of
        the most closed record that it rests on, and is shown by `closed_to`."""
        engine = Reader(Access.RESTRICTED, frozenset(items))
        members = {one: _members(subject.pk, one) for one in set(positions)}
        contents = list(
            visible_to(engine)
            .filter(subject_id__in=frozenset().union(*members.values()))
            .select_related("item")
        )
        known = dict(
            Position.objects.filter(event_id__in={one.pk >> 32 for one in contents}).values_list(
                "event_id", "number"
            )
        )
        endings: dict[int, tuple[tuple[int, date], ...]] = {}
        for record_id, number, until in Ending.objects.filter(
            record_id__in=[one.pk for one in contents]
        ).values_list("record_id", "event__position__number", "counts_until"):
            endings[record_id] = (*endings.get(record_id, ()), (number, until))
        records = tuple(
            (known[one.pk >> 32], one.subject_id, _record(one, items[one.item.path]))
            for one in contents
            if one.item.path in items and one.pk >> 32 in known
        )
        return cls(subject, items, members, records, endings)

    def at(self, position: int) -> list[Record]:
        """The records as known at one of the positions that were asked for."""
        found = []
        for number, owner, record in self.records:
            if number <= position and owner in self.members[position]:
                ended = [
                    until for known, until in self.endings.get(record.record_id, ()) if known <= position
                ]
                found.append(replace(record, counts_until=min(ended, default=None)))
        return found

    def work_out(self, rulebook: Rulebook, *, on: date, position: int) -> Workings:
        """The subject by a rulebook that is in force on the day and about its kind."""
        subject = Subject(self.subject.pk, self.subject.kind, self.subject.registered_on)
        return work_out(rulebook, self.items, subject, self.at(position), on)


def workings_of(
    kept: Assessment, rulebook: Rulebook, *, on: date, position: int, items: Mapping[str, Item]
) -> Workings | None:
    """The workings of a result that an engine gave, if the reference engine comes to the same result."""
    holding = Holding.of(SubjectRow.objects.get(pk=kept.subject_id), items, [position])
    return agreeing(kept, holding.work_out(rulebook, on=on, position=position))


def agreeing(kept: Assessment, workings: Workings) -> Workings | None:
    """The workings, if they lead to the kept result. An erasure, or a pack of another day, may part them."""
    again = workings.assessment
    same = (again.grade, again.points, again.possible, again.missing, frozenset(again.lines)) == (
        kept.grade,
        kept.points,
        kept.possible,
        kept.missing,
        frozenset(kept.lines),
    )
    return workings if same else None


def _members(subject: int, position: int) -> frozenset[int]:
    return frozenset({subject, *(first for first, into in merges_at(position).items() if into == subject)})


def _record(content: Content, item: Item) -> Record:
    """A row of the ledger as engines read it: fields in their slots."""
    said = json.loads(content.body).get("fields", {})
    numbers: list[int | None] = [None] * SLOTS
    codes: list[str | None] = [None] * SLOTS
    for one in item.fields:
        if one.slot is None or one.name not in said:
            continue
        if one.type is FieldType.NUMBER:
            numbers[one.slot - 1] = int(str(said[one.name]))
        elif one.type is FieldType.CODE:
            codes[one.slot - 1] = str(said[one.name])
    return Record(
        record_id=content.pk,
        item=item.path,
        occurred_on=content.occurred_on,
        decided_on=content.decided_on,
        effective_from=content.effective_from,
        effective_to=content.effective_to,
        amount=content.amount,
        currency=content.currency,
        seriousness=content.seriousness,
        access=content.access,
        numbers=tuple(numbers),
        codes=tuple(codes),
    )
