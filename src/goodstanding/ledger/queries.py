"""Reads of the ledger. Every one is filtered by `visible_to(reader)` from the first query on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.folding import SPACES, folding, translation
from goodstanding.core.reader import PUBLIC, Access, Reader
from goodstanding.ledger.models import (
    Delivery,
    Ending,
    Item,
    Merge,
    Position,
    Role,
    Subject,
    SubjectName,
    Tie,
)
from goodstanding.ledger.publicity import Publicity, days_of
from goodstanding.ledger.visibility import (
    as_seen,
    identifiers_visible_to,
    names_of,
    subjects_visible_to,
    visible_to,
)

_Row = TypeVar("_Row", Role, Tie)
_FOLD = translation(folding(drop=SPACES, upper=True))


@dataclass(frozen=True)
class Entry:
    """A record on a file, with where it comes from.

    `body` is the material content (see `intake.CheckedBatch`). `counts` says whether it still counts on the
    day of the file; `public_until` is the first day on which it is no longer public, where a rule says so.
    """

    record_id: int
    public_id: UUID
    item: str
    access: Access
    occurred_on: date | None
    decided_on: date | None
    effective_from: date | None
    effective_to: date | None
    amount: int | None
    currency: str | None
    seriousness: int | None
    body: dict[str, Any]
    position: int
    source: str
    file_digest: str
    row: int
    taken_in: date
    endings: tuple[tuple[str, date, str], ...] = ()
    counts: bool = True
    public_until: date | None = None

    def left(self, day: date) -> date | None:
        """The first day from which an ending that is in force on a day stopped it."""
        return min((until for _, until, _ in self.endings if until <= day), default=None)


@dataclass(frozen=True)
class RoleEntry:
    """A role of the subject that is held on the day of the file."""

    kind: str
    holder: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class TieEntry:
    """A tie to another subject, seen from this one; `outward` if this subject is its first end."""

    kind: str
    outward: bool
    other: Subject
    other_name: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class File:
    """The credit file of a subject, as a function of (subject, day, position, reader)."""

    subject: Subject
    day: date
    position: int
    names: tuple[SubjectName, ...]
    entries: tuple[Entry, ...]
    roles: tuple[RoleEntry, ...] = ()
    ties: tuple[TieEntry, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    merged: tuple[Subject, ...] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        """The newest name that is not a former one; the identifier if there is none."""
        return next((one.text for one in self.names if not one.former), self.subject.identifier)

    @property
    def name_en(self) -> str:
        """The newest name in Latin letters, or empty."""
        return next((one.text for one in self.names if not one.former and one.language == "en"), "")


def find_subject(text: str, reader: Reader = PUBLIC) -> Subject | None:
    """The subject with this public id or identifier (primary first, then legacy), if the reader may know of it.

    Full-width characters, small letters and spaces make no difference, as when a file is taken in.
    """
    wanted, visible = text.translate(_FOLD), subjects_visible_to(reader)
    found: Subject | None
    try:
        found = visible.filter(public_id=UUID(wanted)).first()
    except ValueError:
        bare = "".join(letter for letter in wanted if letter.isalnum())
        said = identifiers_visible_to(reader).filter(identifier__in={wanted, bare})
        found = (
            visible.filter(identifier__in={wanted, bare}).order_by("id").first()
            or visible.filter(pk__in=said.values("subject_id")).order_by("id").first()
        )
    return as_seen([found], reader)[found.pk] if found else None


def current_names(subjects: Iterable[int], reader: Reader, position: int | None = None) -> dict[int, str]:
    """The newest name of each subject that is not a former one, as known at a position."""
    return {one.subject_id: one.text for one in names_of(subjects, reader, position) if not one.former}


def merges_at(position: int) -> dict[int, int]:
    """Subject → subject that it was merged into, as judged at a position."""
    return _resolved(_judged(position))


def _judged(position: int) -> dict[int, int]:
    into: dict[int, int] = {}
    rows = Merge.objects.filter(event__position__number__lte=position).order_by("event__position__number")
    for kind, first, second in rows.values_list("kind", "from_subject_id", "into_subject_id"):
        if kind == Merge.Kind.SAME:
            into[first] = second
        else:
            into.pop(first, None)
    return into


def _resolved(into: dict[int, int]) -> dict[int, int]:
    resolved = {}
    for first in into:
        last, seen = into[first], {first}
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        resolved[first] = last
    return resolved


def _members(subject: Subject, position: int, reader: Reader) -> list[int]:
    """The subjects that make one file for this reader, the one that the others were merged into first.

    A merge rests on both of its subjects: with one that the reader may not know, nothing was merged.
    """
    judged = _judged(position)
    members = _merged_with(subject.pk, judged)
    if len(members) == 1:
        return members
    known = subjects_visible_to(reader, position).filter(pk__in=members)
    seen = set(known.values_list("pk", flat=True))
    return _merged_with(subject.pk, {one: into for one, into in judged.items() if {one, into} <= seen})


def _merged_with(subject: int, judged: dict[int, int]) -> list[int]:
    merges = _resolved(judged)
    head = merges.get(subject, subject)
    return [head, *(first for first, into in merges.items() if into == head)]


def subject_file(subject: Subject, *, day: date, position: int, reader: Reader, publicity: Publicity) -> File:
    """The file of a subject; of a subject that was merged, the file of the one that it was merged into.

    A public reader is not shown what is no longer public today, whatever the day of the file.

    Raises:
        Refusal: GS-LEDGER-044 if the ledger did not know the subject yet at that position, or only from records
            that are closed to the reader.
    """
    known = subjects_visible_to(reader, position)
    if not known.filter(pk=subject.pk).exists():
        raise Refusal(
            "GS-LEDGER-044",
            "The ledger did not know this organisation then.",
            where=f"position {position}",
            remedy="Name a later position.",
        )
    members = _members(subject, position, reader)
    subjects = as_seen(known.filter(pk__in=members), reader, position)
    head = members[0]
    identifiers = identifiers_visible_to(reader, position).filter(subject_id__in=members)
    return File(
        subject=subjects[head],
        day=day,
        position=position,
        names=tuple(sorted(names_of(members, reader, position), key=lambda one: -one.pk)),
        entries=_entries(members, day, position, reader, publicity),
        roles=_roles(members, day, position),
        ties=_ties(members, day, position, reader),
        identifiers=tuple(sorted(set(identifiers.order_by().values_list("scheme", "identifier")))),
        merged=tuple(one for key, one in sorted(subjects.items()) if key != head),
    )


def _positions(events: set[int], position: int) -> dict[int, int]:
    rows = Position.objects.filter(event_id__in=events, number__lte=position)
    return dict(rows.values_list("event_id", "number"))


def _entries(
    members: list[int], day: date, position: int, reader: Reader, publicity: Publicity
) -> tuple[Entry, ...]:
    contents = list(visible_to(reader).filter(subject_id__in=members).select_related("record"))
    events = {one.pk >> 32 for one in contents}
    positions = _positions(events, position)
    items = dict(Item.objects.filter(id__in={one.item_id for one in contents}).values_list("id", "path"))
    deliveries = {
        one.event_id: one for one in Delivery.objects.filter(event_id__in=events).select_related("source")
    }
    endings: dict[int, list[tuple[str, date, str]]] = {}
    rows = Ending.objects.filter(
        record_id__in=[one.pk for one in contents], event__position__number__lte=position
    ).order_by("event__position__number")
    for record_id, ground, until, reason in rows.values_list("record_id", "ground", "counts_until", "reason"):
        endings.setdefault(record_id, []).append((ground, until, reason))
    days, ends = days_of(events), publicity.ends(contents)
    over = publicity.past(ends, reader)
    entries = []
    for one in contents:
        event = one.pk >> 32
        if one.pk in over:
            continue
        if event not in positions or (one.decided_on or one.occurred_on or day) > day:
            continue  # not known then, or not yet decided on the day
        ended = tuple(endings.get(one.pk, ()))
        delivery = deliveries.get(event)
        entries.append(
            Entry(
                record_id=one.pk,
                public_id=one.record.public_id,
                item=items[one.item_id],
                access=Access(one.access),
                occurred_on=one.occurred_on,
                decided_on=one.decided_on,
                effective_from=one.effective_from,
                effective_to=one.effective_to,
                amount=one.amount,
                currency=one.currency,
                seriousness=one.seriousness,
                body=json.loads(one.body),
                position=positions[event],
                source=delivery.source.path if delivery else "",
                file_digest=delivery.file_digest if delivery else "",
                row=one.pk & 0xFFFFFFFF,
                taken_in=days[event],
                endings=ended,
                counts=all(day < until for _, until, _ in ended),
                public_until=ends.get(one.pk),
            )
        )
    first = date(1, 1, 1)
    entries.sort(key=lambda e: (e.decided_on or e.occurred_on or first, e.record_id), reverse=True)
    return tuple(entries)


def _newest(rows: Iterable[_Row], position: int) -> list[_Row]:
    """The newest revision of each row of a source, as known at a position; dates are looked at afterwards."""
    found = list(rows)
    known = _positions({one.pk >> 32 for one in found}, position)
    newest: dict[tuple[int, UUID], _Row] = {}
    for one in sorted(found, key=lambda row: row.revision):
        if one.pk >> 32 in known:
            newest[(one.source_id, one.source_key)] = one
    return sorted(newest.values(), key=lambda row: (row.kind, row.pk))


def _on(row: Role | Tie, day: date) -> bool:
    return (row.from_on is None or row.from_on <= day) and (row.to_on is None or day < row.to_on)


def _roles(members: list[int], day: date, position: int) -> tuple[RoleEntry, ...]:
    rows = Role.objects.filter(subject_id__in=members).select_related("holder")
    return tuple(
        RoleEntry(one.kind, one.holder.name, one.from_on, one.to_on)
        for one in _newest(rows, position)
        if _on(one, day) and hasattr(one, "holder")
    )


def _ties(members: list[int], day: date, position: int, reader: Reader) -> tuple[TieEntry, ...]:
    """Ties to subjects that the reader may know of: a tie names both."""
    rows = Tie.objects.filter(Q(subject_id__in=members) | Q(other_id__in=members))
    standing = [one for one in _newest(rows, position) if _on(one, day)]
    ends = {key for one in standing for key in (one.subject_id, one.other_id)}
    names = current_names(ends, reader, position)
    known = as_seen(subjects_visible_to(reader, position).filter(pk__in=ends), reader, position)
    ties = []
    for one in standing:
        outward = one.subject_id in members
        other = known.get(one.other_id if outward else one.subject_id)
        if other is not None:
            name = names.get(other.pk, other.identifier)
            ties.append(TieEntry(one.kind, outward, other, name, one.from_on, one.to_on))
    return tuple(ties)
