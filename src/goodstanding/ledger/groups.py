"""Who is tied to a subject from below, as known at a position: what rulebooks call its group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from goodstanding.ledger.models import Position
from goodstanding.ledger.models import Tie as TieRow
from goodstanding.rules.ties import Tie


def ties_below(subject: int, position: int, merged: Mapping[int, int]) -> tuple[Tie, ...]:
    """Every tie, of any kind and any day, that leads to a subject in any number of steps.

    Args:
        merged: where merged subjects are read at the position, `queries.merges_at`.
    """
    found: list[Tie] = []
    seen = {subject}
    left = {subject}
    while left:
        large = left | {one for one, into in merged.items() if into in left}
        ties = _standing(TieRow.objects.filter(other_id__in=large), position)
        found += ties
        left = {merged.get(one.subject_id, one.subject_id) for one in ties} - seen
        seen |= left
    return tuple(found)


def _standing(rows: Iterable[TieRow], position: int) -> list[Tie]:
    """The newest revision of each tie that was known at the position; a correction may lead elsewhere."""
    candidates = {(one.source_id, one.source_key) for one in rows}
    if not candidates:
        return []
    every = TieRow.objects.filter(source_key__in=[key for _, key in candidates])
    known = set(
        Position.objects.filter(
            event_id__in={one.pk >> 32 for one in every}, number__lte=position
        ).values_list("event_id", flat=True)
    )
    newest: dict[tuple[int, UUID], TieRow] = {}
    for one in sorted(every, key=lambda row: row.revision):
        if (one.source_id, one.source_key) in candidates and one.pk >> 32 in known:
            newest[(one.source_id, one.source_key)] = one
    large = {row.other_id for row in rows}
    return [
        Tie(one.subject_id, one.other_id, one.kind, one.from_on, one.to_on)
        for one in newest.values()
        if one.other_id in large
    ]
