"""When the day is over by which promises were to be kept: the check is put into the authority's queue."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef

from goodstanding.catalogue.procedure import Act, CaseKind
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import writing
from goodstanding.procedures.counting import count_by
from goodstanding.procedures.models import Case, Deadline, Message, Step
from goodstanding.procedures.steps import Office, write_deadline
from goodstanding.procedures.telling import tell_parties
from goodstanding.procedures.terms import due


def check_promises(office: Office, today: date) -> int:
    """Make the check of each commitment due whose last promise has reached its day; returns how many.

    The authority's term counts from that day and stands in its queue; both parties are told, once.
    """
    pack = f"{office.calendar.name}/"  # a calendar bears the name of its pack
    step, kept = Step.objects.filter(case=OuterRef("pk")), Deadline.objects.filter(case=OuterRef("pk"))
    reached = (
        Case.objects.filter(kind=CaseKind.COMMITMENT.value, procedure__path__startswith=pack)
        .annotate(last=Max("promises__due_on"))
        .filter(Exists(step.filter(act=Act.ACCEPT)), last__lte=today)
        .exclude(Exists(step.filter(closes=True)))
        .exclude(Exists(step.filter(act=Act.KEEP)))
        .exclude(Exists(kept.filter(act=Act.KEEP)))
        .select_related("procedure")
        .order_by("pk")
    )
    found = [(one, pledge) for one in reached if (pledge := office.procedure(one.procedure.digest).pledge)]
    if not found:
        return 0
    count_by(office.calendar.name, office.calendar, office.clock)
    with writing(Event.Kind.CASE, actor="clock", clock=office.clock) as event:
        made = [
            write_deadline(case, Act.KEEP, due(pledge.check, vars(case)["last"], office.calendar), event)
            for case, pledge in found
        ]
        tell_parties([(one, Message.Kind.CHECK) for one in made], today, event)
    return len(made)
