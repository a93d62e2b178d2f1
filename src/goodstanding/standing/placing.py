"""Who comes where under an index: only totals that are exact have a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from goodstanding.core.reader import Reader
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import current_names
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.rules.shelf import Asked, Shelf
from goodstanding.standing.admitted import admitted
from goodstanding.standing.closing import awaits_decision, closed_among
from goodstanding.standing.models import Assessment, AssessmentLine, Run

MOST = 100
"""Subjects that a table of places shows."""
COUNTED = 1_000
"""So many are counted; of more it is said that there are more."""
_PAGE = 200


@dataclass(frozen=True)
class Placed:
    """A subject under an index. Points are hundredths; None is without bound.

    `place` counts from 1 among the totals that are exact, and equal totals share it. Without a place, the
    total lies between two ends, and nobody can tell who is before whom.
    """

    place: int | None
    identifier: str
    name: str
    points_low: int | None
    points_high: int | None


@dataclass(frozen=True)
class Places:
    """The first `MOST` of the subjects that have a result which the reader may see.

    Args:
        shown: the highest total first, then those without a place.
        of: how many there are, at most `COUNTED`.
        placed: how many of them have a place.
        more: whether there are more than were counted.
    """

    shown: tuple[Placed, ...] = ()
    of: int = 0
    placed: int = 0
    more: bool = False


def places_in(run: UUID, reader: Reader, shelf: Shelf, publicity: Publicity) -> Places:
    """The subjects of a run by their totals, and how many they are.

    Whose result is closed to the reader is left out, and is not counted: by the class of its records, because a
    record is no longer public, or because of its group. A rulebook that is not on the shelf has no places.
    """
    kept = Run.objects.get(public_id=run)
    book = shelf.by_digest().get(kept.rulebook_digest)
    order = shelf.order(book, kept.on) if book is not None else ()
    if not order or awaits_decision(order, reader):
        return Places()
    who = admitted(reader, [one.rulebook for one in order], shelf.restricted)
    told = Assessment.objects.filter(
        run=kept, access__lte=who.access, subject__in=subjects_visible_to(reader)
    ).select_related("subject", "run")
    exact = told.filter(points_low=F("points_high"))
    others = told.exclude(pk__in=exact.values("pk"))
    rows: list[Assessment] = []
    found, placed = 0, 0
    for some, has_place in (
        (exact.order_by("-points_low", "subject__identifier"), True),
        (others.order_by("subject__identifier"), False),
    ):
        at = 0
        while found <= COUNTED and (page := list(some[at : at + _PAGE])):
            closed = _closed(page, order, reader, publicity)
            open_ = [one for one in page if one.subject_id not in closed]
            rows += open_[: MOST - len(rows)]
            found += len(open_)
            at += _PAGE
        placed = found if has_place else placed
    names = current_names([one.subject_id for one in rows], reader)
    return Places(_placed(rows, names), min(found, COUNTED), min(placed, COUNTED), more=found > COUNTED)


def _placed(rows: Sequence[Assessment], names: Mapping[int, str]) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    for number, one in enumerate(rows, 1):
        before = placed[-1] if placed else None
        place: int | None = None
        if one.points_low is not None and one.points_low == one.points_high:
            tied = before is not None and before.points_low == one.points_low
            place = before.place if before is not None and tied else number
        placed.append(
            Placed(
                place,
                one.subject.identifier,
                names.get(one.subject_id, one.subject.identifier),
                one.points_low,
                one.points_high,
            )
        )
    return tuple(placed)


def _closed(
    rows: list[Assessment], order: Sequence[Asked], reader: Reader, publicity: Publicity
) -> frozenset[int]:
    """Those of one run's subjects whose result is closed to the reader for what its class does not say."""
    run, subjects = rows[0].run, [one.subject_id for one in rows]
    lines = dict[int, set[int]]()
    found = AssessmentLine.objects.filter(run=run, subject_id__in=subjects, record__isnull=False)
    for record, subject in found.values_list("record_id", "subject_id"):
        lines.setdefault(record, set()).add(subject)
    over = publicity.over(lines, reader)
    past = frozenset(subject for record in over for subject in lines[record])
    return past | closed_among(subjects, order, reader, publicity, run.position)
