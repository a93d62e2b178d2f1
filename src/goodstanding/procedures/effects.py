"""What a step does beyond the case: it writes an entry, or ends a record. Inside the step's own event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Item
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.ledger.ending import counts_until, write_ending
from goodstanding.ledger.models import Ending, Event, Record
from goodstanding.ledger.node import node_secret
from goodstanding.ledger.recording import Entry, Instrument, record_entry, record_id
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.course import Course
from goodstanding.procedures.deed import ADVERSE, Deed, Outcome
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.signals import entered, lifted

_GROUND = {
    CaseKind.REPAIR: Ending.Ground.REPAIRED,
    CaseKind.DELISTING: Ending.Ground.REPAIRED,
    CaseKind.OBJECTION: Ending.Ground.WITHDRAWN,
    CaseKind.LISTING: Ending.Ground.EXPIRED,
}


@dataclass(frozen=True)
class Desk:
    """Where a step takes effect. `course` holds the step already; `item` is what a decision to list records."""

    case: Case
    course: Course
    event: Event
    catalogue: Catalogue
    home: Home
    clock: Clock
    item: Item | None

    @property
    def _lists(self) -> bool:
        decision = self.course.done(Act.DECIDE)
        return decision is not None and decision.outcome is Outcome.LISTED

    def record_of(self, deed: Deed) -> int | None:
        """The record that a step writes or ends."""
        if deed.act is Act.SERVE_DECISION and self._lists:
            return record_id(self.event, 1)
        if deed.act is Act.LIFT:
            return self.entry() if self.case.kind == CaseKind.LISTING else self.case.record_id
        if self.case.kind == CaseKind.OBJECTION and self.ends_at_once(deed):
            return self.case.record_id
        return None

    def ends_at_once(self, deed: Deed) -> bool:
        """Whether an objection is granted with this step, under a procedure that lifts with the decision itself."""
        course = self.course
        return (
            course.procedure.stage(Act.LIFT) is None and deed.act is course.takes_effect and _granted(course)
        )

    def entry(self) -> int | None:
        """The record that this case's decision wrote."""
        made = self.case.steps.filter(act=Act.SERVE_DECISION, record__isnull=False).first()
        return made.record_id if made else None


def take_effect(desk: Desk, step: Step, by: Actor) -> None:
    """Do what the step brings about.

    An entry is written when the decision is served; a record ends when an objection to it is granted, and when it
    is lifted. Ending an entry of ours takes a last step in the case that made it.
    """
    deed = desk.course.deeds[-1]
    kind = CaseKind(desk.case.kind)
    if deed.act is Act.SERVE_DECISION and kind is CaseKind.LISTING and step.record_id is not None:
        _enter(desk, deed)
    elif (deed.act is Act.LIFT and step.record_id is not None) or (
        kind is CaseKind.OBJECTION and step.record_id is not None and desk.ends_at_once(deed)
    ):
        _end(desk, step.record_id, ground_of(desk.course.procedure), deed.on, step, by)


def ground_of(procedure: Procedure) -> Ending.Ground:
    """Why a record ends that this procedure lifts."""
    said = procedure.ends_as
    return Ending.Ground(said.value) if said is not None else _GROUND[procedure.kind]


def _granted(course: Course) -> bool:
    decision = course.done(Act.DECIDE)
    return decision is not None and decision.outcome not in ADVERSE


def _enter(desk: Desk, deed: Deed) -> None:
    decision = desk.course.done(Act.DECIDE)
    if desk.item is None or decision is None or deed.effective_from is None or deed.effective_to is None:
        raise AssertionError("the course admits no entry without its item, decision and days")
    record = record_entry(
        desk.event,
        Entry(
            item=desk.item,
            subject=desk.case.subject,
            instrument=Instrument(_title_of(desk), reference(desk.case), decision.on),
            decided_on=decision.on,
            effective_from=deed.effective_from,
            effective_to=deed.effective_to,
            seriousness=None
            if desk.course.procedure.listing and desk.course.procedure.listing.benefit
            else 3,
        ),
        number=1,
        source=f"{desk.course.procedure.path.split('/')[0]}/decisions",
        key=str(desk.case.public_id),
        home=desk.home,
        secret=node_secret(desk.home, desk.clock),
    )
    entered.send(
        sender=Case,
        event=desk.event,
        case=desk.case,
        record=record.pk,
        begin=deed.effective_from,
        end=deed.effective_to,
        procedure=desk.course.procedure,
        catalogue=desk.catalogue,
    )


def _title_of(desk: Desk) -> str:
    """The authority as its own language calls it."""
    try:
        return desk.catalogue.authority(desk.case.authority).title.zh
    except KeyError:
        return desk.case.authority


def reference(case: Case) -> str:
    """The number under which a decision can be cited."""
    return f"{case.procedure.path.rsplit('/', 1)[1]}-{case.opened_on.year}-{case.pk}"


def _end(desk: Desk, record: int, ground: Ending.Ground, on: date, step: Step, by: Actor) -> None:
    made = Step.objects.filter(record_id=record, act=Act.SERVE_DECISION).first()
    if made is not None and made.case_id != desk.case.pk:
        _close(made.case, record, on, by, step, desk.event)
    until = counts_until(ground, on)
    write_ending(
        desk.event,
        Record.objects.get(pk=record),
        ground,
        until=until,
        # Never the reasons themselves: they lie in the case alone, from which they can go.
        reason=f"Case {reference(desk.case)}: {step.act}",
        home=desk.home,
    )
    lifted.send(sender=Step, event=desk.event, ended=[(record, until)])


def _close(case: Case, record: int, on: date, by: Actor, because: Step, event: Event) -> None:
    """The last step of the case that made the entry."""
    last = case.steps.order_by("-number")[0]
    if last.closes:
        return
    Step.objects.create(
        case=case,
        number=last.number + 1,
        act=Act.LIFT.value,
        on=on,
        party=Party.CLOCK.value if by.appointment is None else Party.OFFICIAL.value,
        appointment=by.appointment,
        reasons=f"Case {reference(because.case)}",
        closes=True,
        record_id=record,
        event=event,
    )
