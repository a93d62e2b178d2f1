"""Cases about records: objections in every state, and repair in each of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.cli.demo.reasons import both
from goodstanding.cli.demo.stage import PROVINCE, Stagehand
from goodstanding.ledger.models import Content, Ending, Record
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Case
from goodstanding.procedures.opening import procedures_for

_STEPS = (Act.APPLY, Act.ACCEPT, Act.EXAMINE, Act.DECIDE, Act.SERVE_DECISION, Act.PUBLISH, Act.LIFT)
_ENOUGH = 500
"""So many penalties are of more organisations than cases are played; a province has tens of thousands."""
_REPAIRED = both(
    "罚款已缴清，违法行为已改正，缴款凭证和信用承诺书附后。",
    "The fine is paid and the fault mended; the receipt and the commitment are enclosed.",
)
_WRONG = both("该决定所涉为另一家同名企业。", "The decision is about another company of the same name.")


def play_objections(stage: Stagehand) -> int:
    """One that is open, one that nobody decided in time, one upheld, one refused; returns how many."""
    found = _records(stage, negative_for=150)
    plays = (
        (2, Act.MARK, Outcome.GRANTED),
        (60, Act.MARK, Outcome.GRANTED),
        (40, Act.LIFT, Outcome.GRANTED),
        (30, Act.SERVE_DECISION, Outcome.REFUSED),
    )
    played = 0
    for (ago, until, decision), record in zip(plays, found, strict=False):
        case = _asked(stage, record, CaseKind.OBJECTION, ago, _WRONG)
        if case is not None:
            stage.play(case, until, decision=decision)
            played += 1
    return played


def play_repairs(stage: Stagehand) -> int:
    """One application in each of the steps, and one that is refused; returns how many."""
    found = _records(stage, negative_for=400)
    played = 0
    for until in (*_STEPS, None):
        record = next(found, None)
        case = _asked(stage, record, CaseKind.REPAIR, 20, _REPAIRED) if record is not None else None
        if case is None:
            continue
        played += 1
        if until is None:
            stage.play(case, Act.SERVE_DECISION, decision=Outcome.REFUSED)
        elif until is not Act.APPLY:
            stage.play(case, until, decision=Outcome.GRANTED)
    return played


def _asked(stage: Stagehand, record: Record, kind: CaseKind, ago: int, why: str) -> Case | None:
    """A case about a record, under the procedure of its place that is in force; None where there is none."""
    on = stage.today - timedelta(days=ago)
    ways = procedures_for(record, kind, stage.office.catalogue.procedures, on)
    way = next((one for one in ways if _is_open(one)), None)
    return stage.ask_for(record, way, on, why) if way is not None else None


def _is_open(procedure: Procedure) -> bool:
    """Whether the organisation begins it, before an authority that keeps the record: no credit bureau's own."""
    return procedure.stages[0].act is Act.APPLY and "credit-bureaus" not in procedure.path


def _records(stage: Stagehand, *, negative_for: int) -> Iterator[Record]:
    """Penalties, decided so many days ago or earlier, that no case is about.

    One of each organisation, of general seriousness, by the order in which they came.
    """
    before = stage.today - timedelta(days=negative_for)
    own = Case.objects.filter(Q(record=OuterRef("record")) | Q(grounds__record=OuterRef("record")))
    ended = Ending.objects.filter(record=OuterRef("record"))
    found = (
        Content.objects.filter(
            subject__division__startswith=PROVINCE,
            item__path__endswith="penalty",
            seriousness=2,
            decided_on__lt=before,
            decided_on__gte=before - timedelta(days=700),
        )
        .exclude(Exists(own))
        .exclude(Exists(ended))
        .order_by("record_id")[:_ENOUGH]
    )
    seen: set[int] = set()
    for one in found.select_related("record__content__subject"):
        if one.subject_id not in seen:
            seen.add(one.subject_id)
            yield one.record
