"""Who comes where under an index: only totals that are exact have a place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from goodstanding.core.reader import Reader
from goodstanding.ledger.queries import current_names
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.standing.models import Assessment

MOST = 100
"""Subjects that a table of places shows."""


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


def places_in(run: UUID, reader: Reader) -> tuple[Placed, ...]:
    """The subjects of a run, the highest total first, then those without a place; `MOST` of them at most.

    What rests on a record that the reader may not see is left out, and has no place.
    """
    told = Assessment.objects.filter(
        run__public_id=run, access__lte=reader.access, subject__in=subjects_visible_to(reader)
    ).select_related("subject")
    exact = told.filter(points_low=F("points_high"))
    rows = list(exact.order_by("-points_low", "subject__identifier")[:MOST])
    if len(rows) < MOST:
        others = told.exclude(pk__in=exact.values("pk"))
        rows += others.order_by("subject__identifier")[: MOST - len(rows)]
    names = current_names([one.subject_id for one in rows], reader)
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
