"""What the passing of days does: entries expire, deadlines come near and pass, and follow a calendar that changes;
what the law says of an authority's silence follows (`silence`), and promises are due to be checked (`checks`).

Each works on sets, in one event, and changes nothing when it is run again on the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef

from goodstanding.catalogue.procedure import Act, Party, Unit
from goodstanding.core.calendars import Calendar
from goodstanding.ledger.models import Ending, Event
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.procedures.checks import check_promises
from goodstanding.procedures.counting import count_by
from goodstanding.procedures.ending_together import Ends, end_together
from goodstanding.procedures.models import Message, Step
from goodstanding.procedures.queries import RIGHTS, running
from goodstanding.procedures.silence import follow_law
from goodstanding.procedures.steps import Office, write_deadline
from goodstanding.procedures.telling import tell_parties
from goodstanding.procedures.terms import due_of
from goodstanding.procedures.versions import register

NEAR = timedelta(days=3)
"""How long before its last day a deadline is near."""


@dataclass(frozen=True)
class Passed:
    """What a day brought."""

    expired: int
    moved: int
    told: int
    by_law: int
    checks: int


def pass_day(office: Office, today: date) -> Passed:
    """Do all that a day brings: entries whose term is over, deadlines that moved, what follows by law from those that
    an authority let pass, checks of promises, and word of what is near or over."""
    register(office.catalogue.procedures, office.catalogue, office.clock)
    expired, moved = expire(office, today), follow_calendar(office, today)
    by_law, checks = follow_law(office, today), check_promises(office, today)
    return Passed(expired, moved, tell(office, today), by_law, checks)


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
        ends = [
            Ends(record, Ending.Ground.EXPIRED, until, "The term is over.")
            for _, record, until, _, _ in found
        ]
        end_together(event, ends, office.home)
    return len(found)


def follow_calendar(office: Office, today: date) -> int:
    """Work out again what runs under another version of the calendar; returns how many deadlines moved.

    A deadline that stays where it is, and one that has passed, keeps its trail. Both parties are told of a move.
    """
    calendar: Calendar = office.calendar
    stale = (
        running().filter(calendar=calendar.name, last__gte=today).exclude(calendar_version=calendar.version)
    )
    moved = []
    for one in stale.select_related("case__procedure"):
        found = due_of(one.amount, Unit(one.unit), one.starts, calendar, on_day=one.on_day)
        if (found.last, found.provisional) != (one.last, one.provisional):
            moved.append((one, found))
    if not moved:
        return 0
    for pack in sorted({one.case.procedure.path.split("/")[0] for one, _ in moved}):
        count_by(pack, calendar, office.clock)
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        fresh = [
            write_deadline(
                one.case,
                Act(one.act),
                found,
                event,
                f"{calendar.name} {one.calendar_version} → {calendar.version}",
            )
            for one, found in moved
        ]
        tell_parties([(one, Message.Kind.MOVED) for one in fresh], today, event)
    return len(moved)


def tell(office: Office, today: date) -> int:
    """Tell the parties of deadlines that are near or have passed, once each; returns how many messages."""
    near = running().filter(last__gte=today, last__lte=today + NEAR)
    late = running().filter(last__lt=today).exclude(act__in=RIGHTS)
    fresh = []
    for kind, due in ((Message.Kind.NEAR, near), (Message.Kind.LATE, late)):
        told = Message.objects.filter(deadline=OuterRef("pk"), kind=kind)
        fresh += [(one, kind) for one in due.exclude(Exists(told)).order_by("pk")]
    if not fresh:
        return 0
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        return tell_parties(fresh, today, event)
