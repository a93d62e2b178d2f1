"""Taking a step: checked against the course, written with its deadlines and its effect, in one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Item
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.counting import count_by, leaving_time
from goodstanding.procedures.course import Course
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.departing import known_code
from goodstanding.procedures.effects import Desk, take_effect
from goodstanding.procedures.models import Case, Deadline, Ground, Step
from goodstanding.procedures.nobody import name_nobody
from goodstanding.procedures.promising import (
    Promised,
    admit_findings,
    admit_items,
    refuse_barred,
    write_findings,
    write_items,
)
from goodstanding.procedures.reasons import with_reasons
from goodstanding.procedures.successions import refuse_gone
from goodstanding.procedures.terms import Due, due
from goodstanding.procedures.versions import tell_days, version_of

MONTH = timedelta(days=31)
"""How long after its day a step may be written down."""


@dataclass(frozen=True)
class Said:
    """What a step says beside its act: reasons, the law as (instrument, article), the document, how it was served;
    with a commitment what is promised, and with its check what was found of each promise."""

    reasons: str = ""
    basis: tuple[tuple[str, str], ...] = ()
    text: str = ""
    served_how: str = ""
    promises: tuple[Promised, ...] = ()
    findings: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Office:
    """What every action needs: packs, home, clock, the pack's calendar."""

    catalogue: Catalogue
    home: Home
    clock: Clock
    calendar: Calendar
    procedures: dict[str, Procedure] = field(default_factory=dict)

    def procedure(self, digest: str) -> Procedure:
        """The version of a procedure that a case goes by.

        Raises:
            Refusal: GS-CASE-020 if no pack here has it.
        """
        for one in (*self.catalogue.procedures, *self.procedures.values()):
            if one.digest == digest:
                return one
        raise Refusal(
            "GS-CASE-020",
            "The version of the procedure that the case goes by is not here.",
            where=digest,
            why="A case goes on under the procedure under which it was opened.",
            remedy="Name the pack of then with --pack.",
        )


def course_of(case: Case, procedure: Procedure) -> Course:
    """The course of a case, from its steps and its deadline for statements."""
    return course_from(procedure, case.steps.order_by("number"), case.deadlines.filter(act=Act.STATE))


def course_from(procedure: Procedure, steps: Iterable[Step], deadlines: Iterable[Deadline]) -> Course:
    """The same from steps in their order and deadlines that were read already."""
    speak = (one.last for one in deadlines if one.act == Act.STATE)
    return Course(procedure, tuple(deed_of(one) for one in steps), max(speak, default=None))


def deed_of(step: Step) -> Deed:
    """A kept step in the words of a course."""
    return Deed(
        Act(step.act),
        step.on,
        Party(step.party),
        Outcome(step.outcome),
        step.served_on,
        step.open_until,
        step.effective_from,
        step.effective_to,
    )


def open_case(
    procedure: Procedure,
    subject: Subject,
    office: Office,
    *,
    first: Deed,
    by: Actor,
    said: Said = Said(),
    record: Record | None = None,
    grounds: Sequence[Record] = (),
    authority: str = "",
    division: str = "",
    proposed_by: dict[str, object] | None = None,
) -> Case:
    """Open a case with its first step.

    Args:
        authority: before which the case is; the procedure's own by default.
        division: where; the organisation's by default.
        grounds: records that a listing rests on.

    Raises:
        Refusal: GS-CASE-021 if the procedure is not in force on the day, or has another first stage;
            GS-CASE-001 to -012, -116, -117 for the step; -126 if a broken promise bars the organisation,
            -135 if it is there no more.
    """
    if not procedure.in_force(first.on):
        raise Refusal(
            "GS-CASE-021",
            f"{procedure.path} is not in force on {first.on}.",
            why=f"It holds from {procedure.valid_from} to {procedure.valid_to or 'now'}.",
            remedy="Open the case under the version of that day.",
        )
    _timely(first, procedure, office)
    with_reasons(first, said.reasons, said.basis)
    name_nobody(said.reasons, said.text, said.served_how, *(part for law in said.basis for part in law))
    admit_items(procedure, first, said.promises)
    refuse_barred(
        procedure.kind, subject, (*office.catalogue.procedures, *office.procedures.values()), first.on
    )
    refuse_gone(subject, first.act, first.on)
    course = Course(procedure).after(first)
    tell_days(office.clock)
    version = version_of(procedure, office.catalogue, office.clock)
    count_by(_pack_of(procedure), office.calendar, office.clock)
    with writing(Event.Kind.CASE, actor=by.name, clock=office.clock) as event:
        one_at_a_time()
        case = Case.objects.create(
            kind=procedure.kind.value,
            procedure=version,
            subject=subject,
            record=record,
            authority=authority or procedure.authority,
            division=division or subject.division,
            proposed_by=proposed_by,
            opened_on=first.on,
            event=event,
        )
        for one in grounds:
            Ground.objects.create(case=case, record=one, event=event)
        _write(case, course, first, by, said, office, event)
    return case


def take_step(case: Case, deed: Deed, by: Actor, office: Office, said: Said = Said()) -> Step:
    """Take one step of an open case, with all that follows from it.

    The term for statements, and the days from which and until which an entry stands, are worked out where the
    deed leaves them open.

    Raises:
        Refusal: GS-CASE-001 to -016, -020, -116 to -119; -110 without reasons or law where there must be some;
            -150 for a code of a departure that the pack has not.
    """
    procedure = office.procedure(case.procedure.digest)
    _timely(deed, procedure, office)
    with_reasons(deed, said.reasons, said.basis)
    known_code(said.reasons, office.catalogue.pack(case.procedure.path.split("/")[0]))
    name_nobody(said.reasons, said.text, said.served_how, *(part for law in said.basis for part in law))
    tell_days(office.clock)
    version_of(procedure, office.catalogue, office.clock)
    count_by(_pack_of(procedure), office.calendar, office.clock)
    with writing(Event.Kind.CASE, actor=by.name, clock=office.clock) as event:
        one_at_a_time()
        before = course_of(case, procedure)
        admit_items(procedure, deed, said.promises)
        admit_findings(case, deed, said.findings)
        deed = _completed(deed, before, case, office)
        return _write(case, before.after(deed), deed, by, said, office, event)


def _pack_of(procedure: Procedure) -> str:
    return procedure.path.split("/")[0]


def _timely(deed: Deed, procedure: Procedure, office: Office) -> None:
    """A step is written down on its day or in the month after it; what the clock does may be written down later."""
    today = office.clock.today(office.catalogue.pack(_pack_of(procedure)).zone)
    if deed.on > today or (deed.party is not Party.CLOCK and deed.on < today - MONTH):
        raise Refusal(
            "GS-CASE-011",
            f"A step of {deed.on} cannot be written down on {today}.",
            why="It is written down on its day or in the month after it: what is to come has not happened.",
            remedy="Give the day on which it was done.",
        )


def _completed(deed: Deed, course: Course, case: Case, office: Office) -> Deed:
    procedure = course.procedure
    stage = procedure.stage(deed.act)
    if stage is not None and stage.law_of_silence:
        newest = case.deadlines.filter(act=deed.act.value).order_by("-id").first()
        deed = replace(deed, due=newest.last if newest else None)
    deed = leaving_time(deed, procedure, office.calendar)
    decision = course.done(Act.DECIDE)
    listed = decision is not None and decision.outcome is Outcome.LISTED
    if deed.act is Act.SERVE_DECISION and listed and procedure.listing is not None and deed.served_on:
        begin = deed.effective_from or deed.served_on
        end = deed.effective_to or add_months(begin, procedure.listing.months)
        deed = replace(deed, effective_from=begin, effective_to=end)
    return deed


def _write(
    case: Case, course: Course, deed: Deed, by: Actor, said: Said, office: Office, event: Event
) -> Step:
    item = _item(course.procedure, office.catalogue)
    desk = Desk(case, course, event, office.catalogue, office.home, office.clock, item)
    step = Step.objects.create(
        case=case,
        number=len(course.deeds),
        act=deed.act.value,
        on=deed.on,
        party=deed.party.value,
        appointment=by.appointment,
        second=by.second,
        mandate=by.mandate,
        outcome=deed.outcome.value,
        reasons=said.reasons,
        basis=[list(one) for one in said.basis],
        text=said.text,
        served_on=deed.served_on,
        served_how=said.served_how,
        open_until=deed.open_until,
        effective_from=deed.effective_from,
        effective_to=deed.effective_to,
        closes=course.closed,
        record_id=desk.record_of(deed),
        event=event,
    )
    write_items(case, said.promises, event)
    write_findings(case, said.findings, event)
    _deadlines(case, course.procedure, deed, office.calendar, event)
    take_effect(desk, step, by)
    return step


def _item(procedure: Procedure, catalogue: Catalogue) -> Item | None:
    if procedure.kind is not CaseKind.LISTING or procedure.listing is None:
        return None
    return catalogue.item(procedure.listing.item)


def _deadlines(case: Case, procedure: Procedure, deed: Deed, calendar: Calendar, event: Event) -> None:
    """What is due from this step on."""
    start: date = deed.served_on or deed.on
    for stage in procedure.stages:
        if stage.within is not None and stage.within.starts is deed.act:
            write_deadline(case, stage.act, due(stage.within, start, calendar), event)


def write_deadline(case: Case, act: Act, found: Due, event: Event, because: str = "") -> Deadline:
    """Keep a deadline with its trail; it replaces an earlier one of the same act."""
    return Deadline.objects.create(
        case=case,
        act=act.value,
        starts=found.start,
        amount=found.amount,
        unit=found.unit.value,
        on_day=found.on_day,
        last=found.last,
        provisional=found.provisional,
        not_counted=[[one.day.isoformat(), one.why] for one in found.not_counted],
        calendar=found.calendar,
        calendar_version=found.calendar_version,
        because=because,
        event=event,
    )
