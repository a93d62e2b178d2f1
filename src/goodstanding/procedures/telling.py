"""Messages about deadlines, to the parties that know of the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goodstanding.ledger.models import Event
from goodstanding.procedures.models import Deadline, Message
from goodstanding.procedures.queries import told_to_the_organisation


def tell_parties(about: Iterable[tuple[Deadline, Message.Kind]], today: date, event: Event) -> int:
    """Write a message about each deadline to the office, and to the organisation if it knows of the case.

    An organisation is told nothing of a candidacy before the notice: it does not know of it. Returns how many.
    """
    wanted = list(about)
    known = Deadline.objects.filter(
        told_to_the_organisation("case"), pk__in=[one.pk for one, _ in wanted]
    ).values_list("pk", flat=True)
    knowing = set(known)
    made = [
        Message(case_id=one.case_id, deadline=one, kind=kind, to=to, on=today, event=event)
        for one, kind in wanted
        for to in Message.To
        if one.pk in knowing or to is not Message.To.SUBJECT
    ]
    return len(Message.objects.bulk_create(made, batch_size=2000))
