"""The typed view of what a procedure says of promises, and of what follows where one is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import CaseKind, Term


class Follows(StrEnum):
    """What can follow from a promise that was not kept; nothing follows where an official spares the organisation."""

    ENTERED = "entered"  # it stands in the file, and no more
    CORRECT = "correct"  # it is ordered to put right what it promised
    SUSPENDED = "suspended"  # what was granted on the promise rests
    REVOKED = "revoked"  # and is taken back
    REFERRED = "referred"  # to the authority that fines, by its own procedure
    BARRED = "barred"  # for some time it may not take the simpler way again
    SPARED = "spared"


@dataclass(frozen=True)
class Breach:
    """One thing that can follow. `bars`: kinds of cases that the organisation cannot open for so many `months`."""

    follows: Follows
    title: Title
    basis: tuple[Basis, ...]
    bars: tuple[CaseKind, ...] = ()
    months: int = 0


@dataclass(frozen=True)
class Pledge:
    """What a procedure says of promises.

    Args:
        check: how long the authority has to check, from the last day by which something was to be kept.
        shown: months for which the commitment stays on the public page of the file after its case is over.
        shown_by: the law of that.
    """

    check: Term
    shown: int
    shown_by: Basis
    breaches: tuple[Breach, ...]

    def breach(self, follows: str) -> Breach | None:
        """What the procedure says of a consequence; None of one that it does not know."""
        return next((one for one in self.breaches if one.follows == follows), None)
