"""One organisation worked out by the reference engine, from the ledger's own rows.

A run keeps results and lines. How a result came about (values of facts, sums of sections, the band) is worked
out again when it is asked for, at the run's position and day, and is shown only if the same result comes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import FieldType, Item
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.groups import ties_below
from goodstanding.ledger.models import Content, Ending, Position
from goodstanding.ledger.models import Subject as SubjectRow
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.visibility import visible_to
from goodstanding.rules import Assessment, Record, Subject
from goodstanding.rules.around import Around
from goodstanding.rules.delivered import Coverage
from goodstanding.rules.engines.reference import assess, groups_of, members_of
from goodstanding.rules.engines.workings import Workings, work_out
from goodstanding.rules.ranking import CutOffs
from goodstanding.rules.records import SLOTS
from goodstanding.rules.shelf import Asked
from goodstanding.rules.ties import Tie


@dataclass(frozen=True)
class Holding:
    """A subject's records with the positions at which they, and their endings, became known.

    `members` are, by position, the subjects whose records the subject, or one of its group, then had, each
    with the subject that they were read as; `ties` those that led to the subject; `coverage` what was delivered.
    """

    subject: SubjectRow
    items: Mapping[str, Item]
    members: Mapping[int, Mapping[int, int]]
    ties: Mapping[int, tuple[Tie, ...]]
    records: tuple[tuple[int, int, Record], ...]
    endings: Mapping[int, tuple[tuple[int, date], ...]]
    coverage: Mapping[int, Coverage]

    @classmethod
    def of(
        cls,
        subject: SubjectRow,
        items: Mapping[str, Item],
        positions: Iterable[int],
        *,
        catalogue: Catalogue,
        grouped: bool = False,
    ) -> Holding:
        """Read them as an engine does: everything, whoever may see it. What comes out carries the class of
        the most closed record that it rests on, and is shown by `closed_to`. With `grouped`, those of everyone
        below it too."""
        engine = Reader(Access.RESTRICTED, frozenset(items))
        merged = {one: merges_at(one) for one in set(positions)}
        ties = {one: ties_below(subject.pk, one, into) if grouped else () for one, into in merged.items()}
        members = {one: _members(subject.pk, ties[one], into) for one, into in merged.items()}
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
        coverage = {one: coverage_at(one, catalogue) for one in merged}
        return cls(subject, items, members, ties, records, endings, coverage)

    def at(self, position: int) -> dict[int, list[Record]]:
        """The records of each subject as known at one of the positions that were asked for."""
        found: dict[int, list[Record]] = {}
        read_as = self.members[position]
        for number, owner, record in self.records:
            if number <= position and owner in read_as:
                ended = [
                    until for known, until in self.endings.get(record.record_id, ()) if known <= position
                ]
                record = replace(record, counts_until=min(ended, default=None))
                found.setdefault(read_as[owner], []).append(record)
        return found

    def work_out(
        self,
        order: Sequence[Asked],
        *,
        position: int,
        cut_offs: Mapping[tuple[str, date], CutOffs] | None = None,
    ) -> Workings:
        """The subject by a rulebook that is in force on the day and about its kind.

        Args:
            order: the rulebook after those whose results it rests on, `Shelf.order`.
            cut_offs: those of a run, by path and day.
        """
        subject = Subject(self.subject.pk, self.subject.kind, self.subject.registered_on)
        records = self.at(position)
        own = records.get(subject.subject_id, [])
        results: dict[tuple[str, date], Assessment] = {}

        def around(one: Asked) -> Around:
            groups = members_of(
                subject.subject_id, one.rulebook, records, self.ties[position], one.on, merges
            )
            return Around(results, groups, (cut_offs or {}).get(one.key, {}), self.coverage[position])

        merges = {first: into for first, into in self.members[position].items() if first != into}
        *before, last = order
        for one in before:
            if subject.kind in one.rulebook.subject_kinds:
                results[one.key] = assess(one.rulebook, self.items, subject, own, one.on, around(one))
        return work_out(last.rulebook, self.items, subject, own, last.on, around(last))


def looks_at_groups(orders: Iterable[Sequence[Asked]]) -> bool:
    """Whether one of these rulebooks looks at more than the subject's own records."""
    return any(groups_of(one.rulebook) for order in orders for one in order)


def workings_of(
    kept: Assessment,
    order: Sequence[Asked],
    *,
    position: int,
    catalogue: Catalogue,
    cut_offs: Mapping[tuple[str, date], CutOffs] | None = None,
) -> Workings | None:
    """The workings of a result that an engine gave, if the reference engine comes to the same result."""
    row = SubjectRow.objects.get(pk=kept.subject_id)
    items = {one.path: one for one in catalogue.items}
    holding = Holding.of(row, items, [position], catalogue=catalogue, grouped=looks_at_groups([order]))
    return agreeing(kept, holding.work_out(order, position=position, cut_offs=cut_offs))


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


def _members(subject: int, ties: Iterable[Tie], merged: Mapping[int, int]) -> dict[int, int]:
    """Everyone whose records are read, each with the subject that they are read as."""
    small = {merged.get(one.subject_id, one.subject_id) for one in ties}
    wanted = {subject} | small
    return {one: one for one in wanted} | {one: into for one, into in merged.items() if into in wanted}


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
