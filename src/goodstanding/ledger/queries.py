"""Reads of the ledger. Every one is filtered by `visible_to(reader)` from the first query on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goodstanding.core.names import name_key
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import (
    Content,
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


@dataclass(frozen=True)
class Entry:
    """A record on a file, with where it comes from.

    `body` is the material content (see `intake.CheckedBatch`). `ended_by` is the ground of the ending that
    stopped it on or before the day of the file, and `counts` whether it still counts on that day.
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
    endings: tuple[tuple[str, date, str], ...] = ()
    counts: bool = True


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


def visible_to(reader: Reader) -> QuerySet[Content]:
    """The contents that a reader may see."""
    open_to = Q(access__lte=min(reader.access, Access.SHARED))
    if reader.access is Access.RESTRICTED:
        open_to |= Q(access=Access.RESTRICTED, item__path__in=reader.items)
    return Content.objects.filter(open_to)


def find_subject(text: str) -> Subject | None:
    """The subject with this public id or identifier (primary first, then legacy), if there is one."""
    try:
        return Subject.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        pass
    wanted = "".join(text.split()).upper()
    bare = "".join(letter for letter in wanted if letter.isalnum())
    return (
        Subject.objects.filter(identifier__in={wanted, bare}).order_by("id").first()
        or Subject.objects.filter(identifiers__identifier__in={wanted, bare}).order_by("id").first()
    )


def search(text: str, *, limit: int = 50) -> list[tuple[Subject, str]]:
    """Subjects by identifier or by a part of a name, with the name that matched; at most `limit`."""
    exact = find_subject(text)
    found = [(exact, current_names([exact.pk]).get(exact.pk, exact.identifier))] if exact else []
    key = name_key(text)
    if key:
        # Names that begin with the words come first: they answer from the index.
        for lookup in ("key__startswith", "key__contains"):
            if len(found) >= limit:
                break
            seen = {subject.pk for subject, _ in found}
            rows = (
                SubjectName.objects.filter(**{lookup: key})
                .exclude(subject_id__in=seen)
                .order_by("key", "id")
                # A subject has several names: more are read than subjects are wanted.
                .select_related("subject")[: 4 * (limit - len(found))]
            )
            for row in rows:
                if row.subject_id not in seen and len(found) < limit:
                    seen.add(row.subject_id)
                    found.append((row.subject, row.text))
    return found


def current_names(subjects: list[int]) -> dict[int, str]:
    """The newest name of each subject that is not a former one."""
    names: dict[int, str] = {}
    rows = SubjectName.objects.filter(subject_id__in=subjects, former=False).order_by("id")
    for subject_id, text in rows.values_list("subject_id", "text"):
        names[subject_id] = text
    return names


def merges_at(position: int) -> dict[int, int]:
    """Subject → subject that it was merged into, as judged at a position."""
    into: dict[int, int] = {}
    rows = Merge.objects.filter(event__position__number__lte=position).order_by("event__position__number")
    for kind, first, second in rows.values_list("kind", "from_subject_id", "into_subject_id"):
        if kind == Merge.Kind.SAME:
            into[first] = second
        else:
            into.pop(first, None)
    resolved = {}
    for first in into:
        last, seen = into[first], {first}
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        resolved[first] = last
    return resolved


def subject_file(subject: Subject, *, day: date, position: int, reader: Reader) -> File:
    """The file of a subject; of a subject that was merged, the file of the one that it was merged into."""
    merges = merges_at(position)
    head = merges.get(subject.pk, subject.pk)
    members = [head, *(first for first, into in merges.items() if into == head)]
    subjects = {one.pk: one for one in Subject.objects.filter(pk__in=members)}
    names = SubjectName.objects.filter(
        subject_id__in=members, event__position__number__lte=position
    ).order_by("-id")
    identifiers = sorted(
        (scheme, identifier)
        for one in subjects.values()
        for scheme, identifier in one.identifiers.values_list("scheme", "identifier")
    )
    return File(
        subject=subjects[head],
        day=day,
        position=position,
        names=tuple(names),
        entries=_entries(members, day, position, reader),
        roles=_roles(members, day, position),
        ties=_ties(members, day, position),
        identifiers=tuple(identifiers),
        merged=tuple(one for key, one in sorted(subjects.items()) if key != head),
    )


def _positions(events: set[int], position: int) -> dict[int, int]:
    rows = Position.objects.filter(event_id__in=events, number__lte=position)
    return dict(rows.values_list("event_id", "number"))


def _entries(members: list[int], day: date, position: int, reader: Reader) -> tuple[Entry, ...]:
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
    entries = []
    for one in contents:
        event = one.pk >> 32
        if event not in positions:
            continue
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
                endings=ended,
                counts=all(day < until for _, until, _ in ended),
            )
        )
    first = date(1, 1, 1)
    entries.sort(key=lambda e: (e.decided_on or e.occurred_on or first, e.record_id), reverse=True)
    return tuple(entries)


def _roles(members: list[int], day: date, position: int) -> tuple[RoleEntry, ...]:
    rows = (
        Role.objects.filter(subject_id__in=members)
        .filter(Q(from_on__isnull=True) | Q(from_on__lte=day))
        .filter(Q(to_on__isnull=True) | Q(to_on__gt=day))
        .select_related("holder")
        .order_by("source_id", "source_key", "-revision")
    )
    newest: dict[tuple[int, UUID], Role] = {}
    known = _positions({one.pk >> 32 for one in rows}, position)
    for one in rows:
        if one.pk >> 32 in known:
            newest.setdefault((one.source_id, one.source_key), one)
    return tuple(
        RoleEntry(one.kind, one.holder.name, one.from_on, one.to_on)
        for one in sorted(newest.values(), key=lambda role: (role.kind, role.pk))
        if hasattr(one, "holder")
    )


def _ties(members: list[int], day: date, position: int) -> tuple[TieEntry, ...]:
    rows = list(
        Tie.objects.filter(Q(subject_id__in=members) | Q(other_id__in=members))
        .filter(Q(to_on__isnull=True) | Q(to_on__gt=day))
        .select_related("subject", "other")
        .order_by("kind", "id")
    )
    known = _positions({one.pk >> 32 for one in rows}, position)
    names = current_names([one.subject_id for one in rows] + [one.other_id for one in rows])
    ties = []
    for one in rows:
        if one.pk >> 32 not in known:
            continue
        outward = one.subject_id in members
        other = one.other if outward else one.subject
        ties.append(
            TieEntry(one.kind, outward, other, names.get(other.pk, other.identifier), one.from_on, one.to_on)
        )
    return tuple(ties)
