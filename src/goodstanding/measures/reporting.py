"""What authorities say of the orders that they owe."""

from __future__ import annotations

from datetime import date

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import writing
from goodstanding.measures.models import Lifting, Order, Report
from goodstanding.measures.offices import office_of
from goodstanding.measures.refusing import guards_told
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.nobody import name_nobody


def report(
    order: Order,
    about: Report.About,
    by: Appointment,
    *,
    on: date,
    clock: Clock,
    what: str = "",
    why_not: str = "",
) -> Report:
    """Say what was done about an order or its lifting, or why it was not.

    Raises:
        Refusal: GS-CASE-012 with a person's number;
            GS-ORDER-011 with neither or both; -012 by another authority's official, or before the order began;
            -013 about a lifting that is not due; -062, -063 by an office of another place, or by who acts for the
            organisation.
    """
    name_nobody(what, why_not)
    if says_something(what) == says_something(why_not):
        raise Refusal(
            "GS-ORDER-011",
            "A report says what was done, or why it was not.",
            remedy="Give one of the two.",
        )
    if by.authority != order.authority.path or on < order.from_on:
        raise Refusal(
            "GS-ORDER-012",
            f"{order.authority.path} reports about this order, from {order.from_on} on.",
            where=str(order.public_id),
            why="Each authority answers for its own orders.",
            remedy="Let an official of that authority report.",
        )
    if about == Report.About.LIFTED and not Lifting.objects.filter(order=order, on__lte=on).exists():
        raise Refusal(
            "GS-ORDER-013",
            "The order is not lifted.",
            where=str(order.public_id),
            why="Its entry and its memorandum are in force; the end of either lifts it.",
            remedy="Report what was done about the order itself.",
        )
    with guards_told(), writing(Event.Kind.CASE, actor=office_of(by), clock=clock) as event:
        return Report.objects.create(
            order=order,
            about=about,
            done=says_something(what),
            on=on,
            what=what.strip(),
            why=why_not.strip(),
            appointment=by,
            event=event,
        )
