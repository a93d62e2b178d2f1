"""What an organisation promised, by when, and whether it kept it: as the public is told, and as the parties are.

The public is told that something was not kept when what follows from it was decided and served: before that the
organisation may still answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.core.dates import add_months
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Case, Promise, Step


class Standing(StrEnum):
    """Where a promise stands."""

    OPEN = "open"  # its day is not over
    DUE = "due"  # its day is over, and whether it was kept is checked
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"


@dataclass(frozen=True)
class Line:
    """One promise and where it stands. Without words where they went."""

    promise: Promise
    standing: Standing

    @property
    def law(self) -> tuple[tuple[str, str], ...]:
        """What asks for it, as (instrument, article)."""
        return tuple((instrument, article) for instrument, article in self.promise.law)


@dataclass(frozen=True)
class Commitment:
    """A commitment as somebody may see it. `follows`: what was decided after a broken one, as its procedure calls it;
    None where nothing was, or the organisation was spared. `shown_until`: the first day on which the public page does
    not show it any more; None while it goes on."""

    case: Case
    procedure: Procedure
    given_on: date
    lines: tuple[Line, ...]
    standing: Standing
    follows: Title | None = None
    spared: bool = False
    shown_until: date | None = None

    @property
    def telling(self) -> bool:
        """Whether an authority that decides should know of it: it runs, or was not wholly kept."""
        return self.standing is not Standing.KEPT


def public_commitments(
    subjects: Iterable[int], day: date, procedure_of: Callable[[str], Procedure | None]
) -> tuple[Commitment, ...]:
    """The commitments of organisations that the public is shown on a day, the newest first.

    Those that stand in the file: entered there, or accepted where the procedure has no such stage; until the time for
    which the procedure shows them is over.

    Args:
        procedure_of: the procedure with a digest; a case of one that is not here is not shown.
    """
    cases = Case.objects.filter(kind=CaseKind.COMMITMENT.value, subject__in=set(subjects))
    found = []
    for case in cases.select_related("procedure", "subject").order_by("-opened_on", "-pk"):
        procedure = procedure_of(case.procedure.digest)
        told = commitment_of(case, procedure, day, public=True) if procedure is not None else None
        entered = told is not None and _entered(case, told.procedure)
        if told is not None and entered and (told.shown_until is None or day < told.shown_until):
            found.append(told)
    return tuple(found)


def commitment_of(
    case: Case, procedure: Procedure, day: date, *, public: bool, taken: Iterable[Step] | None = None
) -> Commitment | None:
    """What a commitment says and where it stands on a day; None before it is given, and of a case that is none.

    Args:
        public: as the public is told; the parties see what was found at once.
        taken: its steps in their order, where they were read already.
    """
    if procedure.kind is not CaseKind.COMMITMENT:
        return None
    steps = {one.act: one for one in (case.steps.order_by("number") if taken is None else taken)}
    promises = list(case.promises.select_related("found").order_by("number"))
    given, found, follow = steps.get(Act.APPLY), steps.get(Act.KEEP), steps.get(Act.FOLLOW)
    if given is None or not promises or procedure.pledge is None:
        return None
    served = steps.get(Act.SERVE_DECISION)
    told = found is not None and (not public or found.outcome == Outcome.KEPT or served is not None)
    followed = follow if follow is not None and (not public or served is not None) else None
    breach = procedure.pledge.breach(followed.outcome) if followed is not None else None
    closed = next((one for one in steps.values() if one.closes), None)
    return Commitment(
        case,
        procedure,
        given.on,
        tuple(Line(one, _standing(one, day, told=told)) for one in promises),
        Standing(found.outcome) if told and found is not None else _before(promises, day),
        breach.title if breach is not None else None,
        spared=followed is not None and followed.outcome == Outcome.SPARED,
        shown_until=_until(closed, procedure),
    )


def _standing(promise: Promise, day: date, *, told: bool) -> Standing:
    if told:
        return Standing(promise.found.outcome)
    return Standing.OPEN if day <= promise.due_on else Standing.DUE


def _before(promises: list[Promise], day: date) -> Standing:
    return Standing.OPEN if day <= max(one.due_on for one in promises) else Standing.DUE


def _until(closed: Step | None, procedure: Procedure) -> date | None:
    if closed is None or procedure.pledge is None:
        return None
    return add_months(closed.on, procedure.pledge.shown)


def _entered(case: Case, procedure: Procedure) -> bool:
    if procedure.stage(Act.PUBLISH) is not None:
        return case.steps.filter(act=Act.PUBLISH).exists()
    return case.steps.filter(act=Act.ACCEPT, outcome=Outcome.ACCEPTED).exists()
