"""Who may see which rows: the one rule that every read of the ledger goes through.

A record, a name, a number and the existence of a subject all carry the access class of the row that said them, and
for restricted rows the item. Where several rows said the same, the most open one that the reader may see counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import (
    Content,
    Subject,
    SubjectIdentifier,
    SubjectName,
    SubjectOpening,
)


def open_to(reader: Reader, row: str = "") -> Q:
    """Condition on rows with `access` and `item`; `row` is the way to them, such as `subject__`."""
    condition = Q(**{f"{row}access__lte": min(reader.access, Access.SHARED)})
    if reader.access is Access.RESTRICTED:
        named = {f"{row}access": Access.RESTRICTED, f"{row}item__path__in": reader.items}
        condition |= Q(**named)
    return condition


def known_at(position: int | None) -> Q:
    """Condition on rows with `event`: written at or before a position; None is now."""
    return Q() if position is None else Q(event__position__number__lte=position)


def visible_to(reader: Reader) -> QuerySet[Content]:
    """The contents that a reader may see."""
    return Content.objects.filter(open_to(reader))


def subjects_visible_to(reader: Reader, position: int | None = None) -> QuerySet[Subject]:
    """The subjects of which a reader may know that they have a file, as known at a position."""
    opened = SubjectOpening.objects.filter(open_to(reader), known_at(position), subject_id=OuterRef("pk"))
    return Subject.objects.filter((open_to(reader) & known_at(position)) | Q(Exists(opened)))


def names_visible_to(reader: Reader, position: int | None = None) -> QuerySet[SubjectName]:
    """The names that a reader may see, oldest first; a name is there once for each row that opened it."""
    return SubjectName.objects.filter(open_to(reader), known_at(position)).order_by("id")


def identifiers_visible_to(reader: Reader, position: int | None = None) -> QuerySet[SubjectIdentifier]:
    """The other identifiers of subjects that a reader may see; each is there once for each row that opened it."""
    return SubjectIdentifier.objects.filter(open_to(reader), known_at(position)).order_by("id")


def as_seen(subjects: Iterable[Subject], reader: Reader, position: int | None = None) -> dict[int, Subject]:
    """Subjects that a reader may see, by key, each described by the first row that this reader may see.

    A subject whose first row is closed to the reader shows kind, division and day of registration as a more open
    row stated them. `subjects` come from `subjects_visible_to`.
    """
    seen = {one.pk: one for one in subjects}
    closed = {pk for pk, one in seen.items() if one.access > Access.PUBLIC}
    if closed:
        first_rows = Subject.objects.filter(open_to(reader), pk__in=closed)
        closed -= set(first_rows.values_list("pk", flat=True))
        rows = SubjectOpening.objects.filter(open_to(reader), known_at(position), subject_id__in=closed)
        for row in rows.order_by("-id"):
            one = seen[row.subject_id]
            one.kind, one.division, one.registered_on = row.kind, row.division, row.registered_on
    return seen


def names_of(subjects: Iterable[int], reader: Reader, position: int | None = None) -> list[SubjectName]:
    """The names of subjects that a reader may see, in the order in which they became known to that reader."""
    said: dict[tuple[int, str, bool], SubjectName] = {}
    for one in names_visible_to(reader, position).filter(subject_id__in=set(subjects)):
        said.setdefault((one.subject_id, one.text, one.former), one)
    return list(said.values())
