"""What follows by law when an authority was silent: an application counts as granted, a proposed listing lapses.

In sets, one event a day. What the law says it decides itself: nobody signs, nothing is weighed, and the step names the
term that passed and its law. From the day after the term on the authority's own act comes too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.ledger.ending import counts_until
from goodstanding.ledger.models import Ending, Event
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.effects import ground_of, reference
from goodstanding.procedures.ending_together import Ends, end_together
from goodstanding.procedures.models import Deadline, Message, Silence, Step
from goodstanding.procedures.queries import running
from goodstanding.procedures.steps import MONTH, Office
from goodstanding.procedures.telling import tell_parties

_AT_ONCE = 2000


def follow_law(office: Office, today: date) -> int:
    """Let follow what the law says of terms that an authority let pass; returns in how many cases it did.

    A step bears the first day after the term, or that of the last step if it is later; where days were not brought for
    more than a month, the earliest day on which a step may be written down. The record ends on the day of the law.
    """
    late = _late(office, today)
    if not late:
        return 0
    with writing(Event.Kind.CASE, actor="law", clock=office.clock) as event:
        one_at_a_time()
        laws = {(one.procedure_id, one.act): one for one in Silence.objects.all()}
        taken = [_step(one, laws[one.case.procedure_id, one.act], event) for one in late]
        Step.objects.bulk_create(taken, batch_size=_AT_ONCE)
        granted = [
            (one, step) for one, step in zip(late, taken, strict=True) if step.outcome == Outcome.GRANTED
        ]
        lifted = [_lift(step, one.case.record_id, step.number + 1, event) for one, step in granted]
        Step.objects.bulk_create(lifted, batch_size=_AT_ONCE)
        Step.objects.bulk_create(_closing(granted, event), batch_size=_AT_ONCE)
        end_together(event, _ends(granted, office), office.home)
        tell_parties([(one, Message.Kind.BY_LAW) for one in late], today, event)
    return len(late)


def _late(office: Office, today: date) -> list[Deadline]:
    """The first term of each case that passed and after which the law says what follows; with the case's last step."""
    stated = Silence.objects.filter(procedure=OuterRef("case__procedure"), act=OuterRef("act"))
    passed = (
        running()
        .filter(Exists(stated), calendar=office.calendar.name, last__lt=today)
        .annotate(number=Max("case__steps__number"), last_on=Max("case__steps__on"))
        .select_related("case__procedure")
        .order_by("last", "pk")
    )
    first: dict[int, Deadline] = {}
    for one in passed:
        first.setdefault(one.case_id, one)
    return sorted(first.values(), key=lambda one: one.case_id)


def _since(deadline: Deadline) -> date:
    """The first day after the term."""
    return deadline.last + timedelta(days=1)


def _step(deadline: Deadline, says: Silence, event: Event) -> Step:
    found = vars(deadline)
    return Step(
        case_id=deadline.case_id,
        number=found["number"] + 1,
        act=deadline.act,
        on=max(_since(deadline), found["last_on"], event.day - MONTH),
        party=Party.LAW,
        outcome=says.follows,
        reasons=f"The authority did not act by {deadline.last}. 至 {deadline.last} 未作出决定。",
        basis=says.law,
        closes=says.follows == Outcome.LAPSED,
        event=event,
    )


def _lift(because: Step, record: int | None, number: int, event: Event, *, case: int | None = None) -> Step:
    return Step(
        case_id=case or because.case_id,
        number=number,
        act=Act.LIFT,
        on=because.on,
        party=Party.LAW,
        reasons=because.reasons if case is None else f"Case {reference(because.case)}",
        closes=True,
        record_id=record,
        event=event,
    )


def _closing(granted: Iterable[tuple[Deadline, Step]], event: Event) -> list[Step]:
    """The last step of each case that made an entry which ends now, where it is not over already."""
    by_record = {one.case.record_id: step for one, step in granted}
    made = (
        Step.objects.filter(act=Act.SERVE_DECISION, record__in=by_record, effective_to__isnull=False)
        .exclude(Exists(Step.objects.filter(case=OuterRef("case"), closes=True)))
        .annotate(last=Max("case__steps__number"), last_on=Max("case__steps__on"))
        .values_list("case_id", "record_id", "last", "last_on")
        .order_by("case_id")
    )
    steps = []
    for case, record, last, last_on in made:
        step = _lift(by_record[record], record, last + 1, event, case=case)
        step.on = max(step.on, last_on)
        steps.append(step)
    return steps


def _ends(granted: Iterable[tuple[Deadline, Step]], office: Office) -> list[Ends]:
    """Each record once on each ground, where it did not end on it before."""
    found: dict[tuple[int, Ending.Ground], Ends] = {}
    for one, step in granted:
        ground = ground_of(office.procedure(one.case.procedure.digest))
        record = one.case.record_id
        if record is not None:
            until = counts_until(ground, max(_since(one), one.case.opened_on))
            found.setdefault(
                (record, ground), Ends(record, ground, until, f"Case {reference(one.case)}: {step.reasons}")
            )
    records = {record for record, _ in found}
    before = set(Ending.objects.filter(record__in=records).values_list("record_id", F("ground")))
    return [one for key, one in sorted(found.items()) if (key[0], key[1].value) not in before]
