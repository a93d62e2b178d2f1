"""What somebody does in a case: the words that the course of a case is told in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.pledge import Follows
from goodstanding.catalogue.procedure import Act, CaseKind, IfLate, Party, Procedure


class Outcome(StrEnum):
    """What came of an act, where something can."""

    NONE = ""
    GO_ON = "go_on"
    DISMISSED = "dismissed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LISTED = "listed"
    NOT_LISTED = "not_listed"
    GRANTED = "granted"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    LAPSED = "lapsed"
    ENTERED = Follows.ENTERED.value
    CORRECT = Follows.CORRECT.value
    SUSPENDED = Follows.SUSPENDED.value
    REVOKED = Follows.REVOKED.value
    REFERRED = Follows.REFERRED.value
    BARRED = Follows.BARRED.value
    SPARED = Follows.SPARED.value


_DECISION = frozenset({Outcome.GRANTED, Outcome.REFUSED})
_OUTCOMES = {
    Act.REVIEW: frozenset({Outcome.GO_ON, Outcome.DISMISSED}),
    Act.ACCEPT: frozenset({Outcome.ACCEPTED, Outcome.REJECTED}),
    Act.CONFIRM: frozenset({Outcome.CONFIRMED, Outcome.RETURNED}),
    Act.KEEP: frozenset({Outcome.KEPT, Outcome.PARTLY, Outcome.BROKEN}),
    Act.FOLLOW: frozenset(Outcome(one.value) for one in Follows),
}
ENDING = frozenset({Outcome.DISMISSED, Outcome.REJECTED, Outcome.RETURNED, Outcome.LAPSED})
"""Outcomes that end a case at once."""
ADVERSE = frozenset({Outcome.NOT_LISTED, Outcome.REFUSED})
"""Decisions after which nothing changes but that they are served."""
BY_LAW = {IfLate.GRANTED: Outcome.GRANTED, IfLate.LAPSES: Outcome.LAPSED}
"""What follows from an authority's silence, as the outcome of a step that is the law's."""


def outcomes_of(kind: CaseKind, act: Act) -> frozenset[Outcome]:
    """What may come of an act in a case of a kind."""
    if act is Act.DECIDE:
        listing = frozenset({Outcome.LISTED, Outcome.NOT_LISTED})
        return listing if kind is CaseKind.LISTING else _DECISION
    return _OUTCOMES.get(act, frozenset({Outcome.NONE}))


def outcomes_under(procedure: Procedure, act: Act) -> frozenset[Outcome]:
    """What may come of an act under a procedure: of a broken promise, what its law knows, or nothing."""
    if act is not Act.FOLLOW or procedure.pledge is None:
        return outcomes_of(procedure.kind, act)
    return frozenset({Outcome.SPARED, *(Outcome(one.follows.value) for one in procedure.pledge.breaches)})


@dataclass(frozen=True)
class Deed:
    """One step.

    Args:
        on: the civil day of the act.
        served_on: when the document reached the organisation (acts that serve).
        open_until: the last day for the organisation's statement (service of the notice).
        effective_from, effective_to: [from, to) of what the decision brings (service of a decision to list).
        due: the last day of the term of this act, where the law says what follows from silence.
    """

    act: Act
    on: date
    party: Party
    outcome: Outcome = Outcome.NONE
    served_on: date | None = None
    open_until: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    due: date | None = None
