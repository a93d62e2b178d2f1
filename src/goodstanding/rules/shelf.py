"""All rulebooks of the packs in force, found by path and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access

from .language import load_rulebook
from .model import Rulebook, digest


@dataclass(frozen=True)
class Shelf:
    """Rulebooks in all their versions, ordered by path and first day in force.

    `restricted` names the items of their packs that only readers admitted to them may see.
    """

    rulebooks: tuple[Rulebook, ...]
    restricted: frozenset[str]

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> Shelf:
        """The rulebooks of these packs. Raises GS-RULES-… for a file that is no rulebook."""
        packs = tuple(packs)
        found = [_read(path, pack.digest) for pack in packs for path in pack.rulebooks]
        items = [one for pack in packs for one in pack.items]
        return cls(
            tuple(sorted(found, key=lambda one: (one.path, one.in_force_from))),
            frozenset(one.path for one in items if one.access is Access.RESTRICTED),
        )

    @property
    def paths(self) -> tuple[str, ...]:
        """Each path once."""
        return tuple(dict.fromkeys(one.path for one in self.rulebooks))

    def versions(self, path: str) -> tuple[Rulebook, ...]:
        """All versions of a path, oldest first; empty if there are none."""
        return tuple(one for one in self.rulebooks if one.path == path)

    def on(self, path: str, day: date) -> Rulebook:
        """The version that is in force on a day.

        Raises:
            Refusal: GS-RULES-070 no such rulebook; GS-RULES-071 no version of it on that day.
        """
        versions = self.versions(path)
        if not versions:
            raise Refusal(
                "GS-RULES-070",
                f"There is no rulebook “{path}”.",
                remedy=f"Name one of: {', '.join(self.paths)}.",
            )
        for one in versions:
            if one.in_force_from <= day and (one.in_force_to is None or day < one.in_force_to):
                return one
        spans = "; ".join(f"from {one.in_force_from} to {one.in_force_to or 'now'}" for one in versions)
        raise Refusal(
            "GS-RULES-071",
            f"No version of {path} is in force on {day}.",
            why=f"It is in force {spans}.",
            remedy="Choose another day with --on.",
        )

    @cached_property
    def _by_digest(self) -> dict[str, Rulebook]:
        return {digest(one): one for one in self.rulebooks}

    def by_digest(self) -> dict[str, Rulebook]:
        """Every version by the digest of its model: what a manifest names."""
        return self._by_digest


@cache
def _read(path: Path, _pack_digest: str) -> Rulebook:
    """A released rulebook never changes; the pack's digest tells if a file on disk did."""
    return load_rulebook(path)
