"""Merged subjects: where each one's records are read."""

from __future__ import annotations

from collections.abc import Iterable

from .model import invalid


def resolved(merges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Where each merged subject's records are read, chains followed to their end.

    Args:
        merges: (from, into) pairs of subject ids.

    Raises:
        Refusal: GS-RULES-028 if merges go in a circle, or a subject is merged into two.
    """
    into: dict[int, int] = {}
    for one, other in merges:
        if into.get(one, other) != other or one == other:
            raise invalid(28, f"subject {one} is merged into two, or into itself")
        into[one] = other
    final = {}
    for one in into:
        seen = {one}
        target = into[one]
        while target in into:
            if target in seen:
                raise invalid(28, f"the merges of subject {one} go in a circle")
            seen.add(target)
            target = into[target]
        final[one] = target
    return final
