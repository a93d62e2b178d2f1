"""What a run needs to be recomputed: where the ledger stood, the day, and what was applied."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import rfc8785

from .model import Rulebook, digest


@dataclass(frozen=True)
class Manifest:
    """Enough to run again and get the same.

    Args:
        position: the ledger's position; an opaque integer given by the caller.
        on: the day of the assessment.
        rulebook: path of the rulebook.
        in_force_from: which version of it.
        rulebook_digest: SHA-256 of its canonical model.
        catalogue_digest: of the pack's catalogue, as the caller computes it.
    """

    position: int
    on: date
    rulebook: str
    in_force_from: date
    rulebook_digest: str
    catalogue_digest: str

    @classmethod
    def of(cls, rulebook: Rulebook, on: date, *, position: int, catalogue_digest: str) -> Manifest:
        """The manifest of a run."""
        return cls(position, on, rulebook.path, rulebook.in_force_from, digest(rulebook), catalogue_digest)

    def as_bytes(self) -> bytes:
        """Canonical JSON (RFC 8785), UTF-8."""
        return bytes(
            rfc8785.dumps(
                {
                    "catalogue_digest": self.catalogue_digest,
                    "in_force_from": self.in_force_from.isoformat(),
                    "on": self.on.isoformat(),
                    "position": self.position,
                    "rulebook": self.rulebook,
                    "rulebook_digest": self.rulebook_digest,
                }
            )
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, 64 hexadecimal digits."""
        return hashlib.sha256(self.as_bytes()).hexdigest()
