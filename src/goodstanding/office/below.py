"""What lies below an organisation: branches and subsidiaries by ties in force, and theirs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from goodstanding.ledger.models import Tie
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.office.naming import INSIDE

KINDS = ("branch_of", "subsidiary_of")
_DEEPEST = 10


def below(subjects: Iterable[int], day: date) -> dict[int, set[int]]:
    """Each of some subjects → all that lies below it on a day, at most ten levels down, itself never."""
    tops = set(subjects)
    edges: dict[int, set[int]] = {}
    known, level = set(tops), tops
    for _ in range(_DEEPEST):
        found = {one: {each for each, _ in ties} for one, ties in directly_below(level, day).items()}
        for mother, daughters in found.items():
            edges.setdefault(mother, set()).update(daughters)
        level = {one for daughters in found.values() for one in daughters} - known
        if not level:
            break
        known |= level
    return {one: _reached(one, edges) for one in tops}


def directly_below(subjects: Iterable[int], day: date) -> dict[int, list[tuple[int, str]]]:
    """Each of some subjects → what is tied to it from below on a day, with the kind of the tie."""
    later = Tie.objects.filter(
        source=OuterRef("source"), source_key=OuterRef("source_key"), revision__gt=OuterRef("revision")
    )
    standing = Tie.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=day),
        Q(to_on__isnull=True) | Q(to_on__gt=day),
        other__in=set(subjects),
        kind__in=KINDS,
    ).exclude(Exists(later))
    rows = list(standing.order_by("kind", "pk").values_list("other_id", "subject_id", "kind"))
    known = set(
        subjects_visible_to(INSIDE).filter(pk__in={one for _, one, _ in rows}).values_list("pk", flat=True)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for mother, daughter, kind in rows:
        if daughter in known:
            found.setdefault(mother, []).append((daughter, kind))
    return found


def _reached(top: int, edges: dict[int, set[int]]) -> set[int]:
    reached, waiting = set[int](), [top]
    while waiting:
        for one in edges.get(waiting.pop(), ()):
            if one not in reached and one != top:
                reached.add(one)
                waiting.append(one)
    return reached
