"""What the passing of days does: entries expire, deadlines come near and pass, and follow a calendar that changes.

Each works on sets, in one event, and changes nothing when it is run again on the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa
from django.db.models import Exists, Max, OuterRef, QuerySet

from goodstanding.catalogue.procedure import Act, Party, Unit
from goodstanding.core.calendars import Calendar
from goodstanding.ledger.models import Ending, Event, Part
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.procedures.models import Deadline, Message, Step
from goodstanding.procedures.queries import RIGHTS, told_to_the_organisation
from goodstanding.procedures.signals import lifted
from goodstanding.procedures.steps import Office, write_deadline
from goodstanding.procedures.terms import due_of

NEAR = timedelta(days=3)
"""How long before its last day a deadline is near."""


@dataclass(frozen=True)
class Passed:
    """What a day brought."""

    expired: int
    moved: int
    told: int


def pass_day(office: Office, today: date) -> Passed:
    """Do all that a day brings: entries whose term is over, deadlines that moved, came near or passed."""
    return Passed(expire(office, today), follow_calendar(office, today), tell(office, today))


def expire(office: Office, today: date) -> int:
    """Lift the entries whose term is over; returns how many."""
    over = (
        Step.objects.filter(act=Act.SERVE_DECISION, effective_to__lte=today)
        .exclude(Exists(Step.objects.filter(case=OuterRef("case"), closes=True)))
        .annotate(last=Max("case__steps__number"), last_on=Max("case__steps__on"))
        .order_by("record_id")
    )
    rows = over.values_list("case_id", "record_id", "effective_to", "last", "last_on")
    found = [(case, record, until, last, on) for case, record, until, last, on in rows if record and until]
    if not found:
        return 0
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        one_at_a_time()
        steps = [
            Step(
                case_id=case,
                number=last + 1,
                act=Act.LIFT,
                on=max(until, last_on),
                party=Party.CLOCK,
                reasons="The term is over.",
                closes=True,
                record_id=record,
                event=event,
            )
            for case, record, until, last, last_on in found
        ]
        Step.objects.bulk_create(steps, batch_size=2000)
        Ending.objects.bulk_create(
            [
                Ending(
                    record_id=record,
                    ground=Ending.Ground.EXPIRED,
                    counts_until=until,
                    reason="The term is over.",
                    event=event,
                )
                for _, record, until, _, _ in found
            ],
            batch_size=2000,
        )
        records, days = [one[1] for one in found], [one[2] for one in found]
        with duckdb.connect() as con:
            con.register(
                "expired", pa.table({"record_id": records, "counts_until": pa.array(days, pa.date32())})
            )
            part = write_part(
                con,
                office.home,
                "SELECT record_id, counts_until FROM expired ORDER BY record_id",
                event_id=event.pk,
                name="endings",
                kind=Part.Kind.ENDINGS,
            )
        register_part(part, event)
        lifted.send(sender=Step, event=event, ended=list(zip(records, days, strict=True)))
    return len(found)


def running() -> QuerySet[Deadline]:
    """The newest deadline of each act that has not been taken, in open cases."""
    later = Deadline.objects.filter(case=OuterRef("case"), act=OuterRef("act"), pk__gt=OuterRef("pk"))
    ended = Step.objects.filter(case=OuterRef("case"), closes=True)
    taken = Step.objects.filter(case=OuterRef("case"), act=OuterRef("act"))
    decided = Step.objects.filter(case=OuterRef("case"), act=Act.DECIDE)
    open_ones = Deadline.objects.exclude(Exists(later)).exclude(Exists(ended)).exclude(Exists(taken))
    return open_ones.exclude(Exists(decided), act__in=RIGHTS)


def follow_calendar(office: Office, today: date) -> int:
    """Work out again what runs under another version of the calendar; returns how many deadlines moved.

    A deadline that stays where it is, and one that has passed, keeps its trail. Both parties are told of a move.
    """
    calendar: Calendar = office.calendar
    stale = (
        running().filter(calendar=calendar.name, last__gte=today).exclude(calendar_version=calendar.version)
    )
    moved = []
    for one in stale.select_related("case"):
        found = due_of(one.amount, Unit(one.unit), one.starts, calendar, on_day=one.on_day)
        if (found.last, found.provisional) != (one.last, one.provisional):
            moved.append((one, found))
    if not moved:
        return 0
    knowing = _known_to_the_organisation([one for one, _ in moved])
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        for one, found in moved:
            because = f"{calendar.name} {one.calendar_version} → {calendar.version}"
            fresh = write_deadline(one.case, Act(one.act), found, event, because)
            _message(fresh, Message.Kind.MOVED, today, event, one.pk in knowing)
    return len(moved)


def tell(office: Office, today: date) -> int:
    """Tell the parties of deadlines that are near or have passed, once each; returns how many messages.

    An organisation is told nothing of a candidacy before the notice: it does not know of it.
    """
    near = running().filter(last__gte=today, last__lte=today + NEAR)
    late = running().filter(last__lt=today).exclude(act__in=RIGHTS)
    fresh = []
    for kind, found in ((Message.Kind.NEAR, near), (Message.Kind.LATE, late)):
        told = Message.objects.filter(deadline=OuterRef("pk"), kind=kind)
        fresh += [(one, kind) for one in found.exclude(Exists(told)).order_by("pk")]
    if not fresh:
        return 0
    knowing = _known_to_the_organisation([one for one, _ in fresh])
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        return sum(_message(one, kind, today, event, one.pk in knowing) for one, kind in fresh)


def _known_to_the_organisation(deadlines: list[Deadline]) -> set[int]:
    """Those of some deadlines that are of cases of which the organisation knows."""
    known = Deadline.objects.filter(told_to_the_organisation("case"), pk__in=[one.pk for one in deadlines])
    return set(known.values_list("pk", flat=True))


def _message(
    deadline: Deadline, kind: Message.Kind, today: date, event: Event, organisation_knows: bool
) -> int:
    made = [
        Message(case_id=deadline.case_id, deadline=deadline, kind=kind, to=to, on=today, event=event)
        for to in Message.To
        if organisation_knows or to is not Message.To.SUBJECT
    ]
    return len(Message.objects.bulk_create(made))
