"""Results closed to a reader for what the class of their lines does not say.

A result keeps the class of the records behind it. That is not all: publicity ends after the run, the lines of a
rulebook that rests on another name no record, a group tells that its members exist, and a candidacy or a tier is
nothing that the public may know before an official decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.groups import ties_below
from goodstanding.ledger.models import Content, Subject
from goodstanding.ledger.models import Tie as TieRow
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import merges_at
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.rules.engines.reference import groups_of
from goodstanding.rules.model import Kind
from goodstanding.rules.shelf import Asked

UNDECIDED = frozenset({Kind.LIST, Kind.TIER})
"""Kinds of rulebook whose result an official has yet to decide on."""


def awaits_decision(order: Iterable[Asked], reader: Reader) -> bool:
    """Whether a rulebook's results, by its `Shelf.order`, are for the office alone and this reader is not of it: an
    official has yet to decide on them, or they are an authority's internal class."""
    return reader.access is Access.PUBLIC and any(
        one.rulebook.kind in UNDECIDED or one.rulebook.internal is not None for one in order
    )


def closed_among(
    subjects: Iterable[int], order: Sequence[Asked], reader: Reader, publicity: Publicity, position: int
) -> frozenset[int]:
    """Those of some subjects whose result by the last of an order is closed to the reader.

    It is if the reader may not know every member of the group, or if a record that is no longer public is of an
    item that a rulebook looks at on which the last one rests. That such a record may not have counted is not told
    apart: the lines of a run do not say it, and too little is shown rather than too much.
    """
    grouped = _grouped(order)
    items = _ruled(order[:-1], publicity) if reader.access is Access.PUBLIC else set()
    if not grouped and not items:
        return frozenset()
    into = merges_at(position)
    closed: set[int] = set()
    for subject in subjects:
        below = {one.subject_id for one in ties_below(subject, position, into)} if grouped else set()
        if below - set(subjects_visible_to(reader).filter(pk__in=below).values_list("pk", flat=True)):
            closed.add(subject)
            continue
        read = {subject} | below | {into.get(one, one) for one in below}
        read |= {first for first, second in into.items() if second in read}
        if items and publicity.over(_records(items, read), reader):
            closed.add(subject)
    return frozenset(closed)


@dataclass(frozen=True)
class Closing:
    """What a comparison over everyone keeps from a reader, for one rulebook.

    `subjects` have a closed result; so has whoever has a line on one of `records`.
    """

    subjects: frozenset[int]
    records: frozenset[int]


def closed_over_everyone(
    order: Sequence[Asked], reader: Reader, publicity: Publicity, position: int
) -> Closing:
    """The same of everyone, found from the hidden members and the records up to those whose result they reach."""
    into = merges_at(position)
    reached: set[int] = set()
    if reader.access is Access.PUBLIC and (items := _ruled(order[:-1], publicity)):
        over = publicity.over(_records(items), reader)
        reached |= set(Content.objects.filter(record_id__in=over).values_list("subject_id", flat=True))
    reached |= {into.get(one, one) for one in reached}
    if _grouped(order):
        seen = subjects_visible_to(reader).filter(pk=OuterRef("subject_id"))
        hidden = TieRow.objects.exclude(Exists(seen)).values_list("other_id", flat=True)
        reached |= _above(reached | set(hidden), into)
    own = _ruled(order[-1:], publicity) if reader.access is Access.PUBLIC else set()
    return Closing(frozenset(reached), publicity.over(_records(own), reader) if own else frozenset())


def hidden_from(reader: Reader) -> frozenset[int]:
    """The subjects of which the reader may not know."""
    return frozenset(
        Subject.objects.exclude(pk__in=subjects_visible_to(reader).values("pk")).values_list("pk", flat=True)
    )


def _grouped(order: Iterable[Asked]) -> bool:
    return any(groups_of(one.rulebook) for one in order)


def _ruled(order: Iterable[Asked], publicity: Publicity) -> set[str]:
    """Items that these rulebooks look at and whose publicity a rule can end."""
    looked_at = {select.item for one in order for _, select, _ in one.rulebook.selects()}
    return {one for one in looked_at if publicity.catalogue.publicity_of(one)}


def _records(items: set[str], subjects: set[int] | None = None) -> list[int]:
    found = Content.objects.filter(item__path__in=items)
    if subjects is not None:
        found = found.filter(subject_id__in=subjects)
    return list(found.values_list("record_id", flat=True))


def _above(subjects: set[int], into: dict[int, int]) -> set[int]:
    """These and all to whom a tie of any kind and any day leads from them."""
    seen: set[int] = set()
    left = set(subjects)
    while left:
        left |= {into.get(one, one) for one in left}
        seen |= left
        left = set(TieRow.objects.filter(subject_id__in=left).values_list("other_id", flat=True)) - seen
    return seen
