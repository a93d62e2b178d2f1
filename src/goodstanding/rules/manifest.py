"""What a run needs to be recomputed: where the ledger stood, the day, and what was applied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785

from .model import Rulebook, digest
from .ranking import CutOff
from .shelf import Asked, Shelf


@dataclass(frozen=True)
class Applied:
    """A rulebook that a run applied on a day, with its digest.

    Args:
        parts: (first day in force, digest) of each released version that it was composed of.
        cut_offs: of each quota by rank, whom it let in; what one organisation alone is explained with.
    """

    rulebook: str
    in_force_from: date
    on: date
    digest: str
    parts: tuple[tuple[date, str], ...]
    cut_offs: tuple[tuple[str, CutOff], ...] = ()

    def plain(self) -> dict[str, Any]:
        """As data for JSON; what says nothing is left out."""
        said: dict[str, Any] = {
            "digest": self.digest,
            "in_force_from": self.in_force_from.isoformat(),
            "on": self.on.isoformat(),
            "path": self.rulebook,
        }
        if [one for _, one in self.parts] != [self.digest]:
            said["parts"] = [{"digest": one, "in_force_from": day.isoformat()} for day, one in self.parts]
        if self.cut_offs:
            said["cut_offs"] = {
                name: {"possibly": one.possibly, "surely": one.surely} for name, one in self.cut_offs
            }
        return said


def applied(
    asked: Asked, shelf: Shelf | None = None, cut_offs: Mapping[str, CutOff] | None = None
) -> Applied:
    """What is said of a rulebook that was applied; without a shelf it stands for itself."""
    book = asked.rulebook
    parts = shelf.parts(book) if shelf else (book,)
    return Applied(
        book.path,
        book.in_force_from,
        asked.on,
        digest(book),
        tuple((one.in_force_from, digest(one)) for one in parts),
        tuple(sorted((cut_offs or {}).items())),
    )


@dataclass(frozen=True)
class Manifest:
    """Enough to run again and get the same.

    Args:
        position: the ledger's position; an opaque integer given by the caller.
        applied: the rulebooks, each after those that it rests on; the last is the one that was asked for.
        catalogue_digest: of the pack's catalogue, as the caller computes it.
    """

    position: int
    applied: tuple[Applied, ...]
    catalogue_digest: str

    @classmethod
    def of(cls, rulebook: Rulebook, on: date, *, position: int, catalogue_digest: str) -> Manifest:
        """The manifest of a run of a rulebook that rests on no other."""
        return cls(position, (applied(Asked(rulebook, on)),), catalogue_digest)

    @classmethod
    def of_order(
        cls,
        order: Sequence[Asked],
        shelf: Shelf,
        cut_offs: Mapping[tuple[str, date], Mapping[str, CutOff]],
        *,
        position: int,
        catalogue_digest: str,
    ) -> Manifest:
        """The manifest of a run of `order`, as `Shelf.order` gives it; cut-offs by path and day."""
        return cls(
            position, tuple(applied(one, shelf, cut_offs.get(one.key)) for one in order), catalogue_digest
        )

    def plain(self) -> dict[str, Any]:
        """As data for JSON."""
        *rests_on, rulebook = (one.plain() for one in self.applied)
        said: dict[str, Any] = {
            "catalogue": self.catalogue_digest,
            "on": self.applied[-1].on.isoformat(),
            "position": self.position,
            "rulebook": rulebook,
        }
        return said | ({"rests_on": rests_on} if rests_on else {})

    def as_bytes(self) -> bytes:
        """Canonical JSON (RFC 8785), UTF-8."""
        return bytes(rfc8785.dumps(self.plain()))

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, 64 hexadecimal digits."""
        return hashlib.sha256(self.as_bytes()).hexdigest()
