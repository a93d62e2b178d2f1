"""All reads of cases, each filtered by who reads from the first query on.

An open case is known to its parties alone: officials of its authority whose office covers the place, those of the
level above, and representatives of the organisation. A candidate is no matter of the organisation yet: it sees a case
of listing from the service of the notice on, and one that was dismissed before never. The public sees such a case from
its publication on until the entry has ended, without the names of those who acted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from goodstanding.catalogue.procedure import Act
from goodstanding.procedures.marks import Marks
from goodstanding.procedures.models import Appointment, Case, Deadline, Mandate, Step


@dataclass(frozen=True)
class Viewer:
    """Who reads cases on a day: an account with its appointments and mandates of that day; nobody for the public."""

    appointments: tuple[Appointment, ...] = ()
    mandates: tuple[Mandate, ...] = ()

    @classmethod
    def of(cls, account: str, day: date) -> Viewer:
        """An account, with all that it may act as on a day."""
        return cls(tuple(appointments_of(account, day)), tuple(mandates_of(account, day)))


PUBLIC = Viewer()
RIGHTS = (Act.STATE, Act.ASK_HEARING)
"""Terms of the organisation, not duties of the authority: nobody is late when they pass unused."""


def appointments_of(account: str, day: date) -> QuerySet[Appointment]:
    """The appointments of an account that hold on a day."""
    return Appointment.objects.filter(account=account, from_on__lte=day, to_on__gt=day).exclude(
        withdrawn__on__lte=day
    )


def mandates_of(account: str, day: date) -> QuerySet[Mandate]:
    """The mandates of an account that hold on a day."""
    return Mandate.objects.filter(account=account, from_on__lte=day, to_on__gt=day).exclude(
        withdrawn__on__lte=day
    )


def cases_visible_to(viewer: Viewer) -> QuerySet[Case]:
    """The cases of which a viewer may know."""
    published = Step.objects.filter(case=OuterRef("pk"), act=Act.PUBLISH)
    closed = Step.objects.filter(case=OuterRef("pk"), closes=True)
    known = Q(kind="listing") & Q(Exists(published)) & ~Q(Exists(closed))
    for one in viewer.appointments:
        known |= Q(authority=one.authority, division__startswith=one.division)
    subjects = {one.subject_id for one in viewer.mandates}
    if subjects:
        known |= Q(subject__in=subjects) & told_to_the_organisation()
    return Case.objects.filter(known)


def told_to_the_organisation(case: str = "pk") -> Q:
    """The cases of which their organisation may know: those that are about a record of it, and candidacies with a
    notice that was served.

    Args:
        case: the path to the case's key in the query that is filtered.
    """
    served = Step.objects.filter(case=OuterRef(case), act=Act.SERVE_NOTICE)
    kind = "kind" if case == "pk" else f"{case}__kind"
    return ~Q(**{kind: "listing"}) | Q(Exists(served))


def is_party(case: Case, viewer: Viewer) -> bool:
    """Whether a viewer is a party, and so sees every step with its document and who acted."""
    official = any(
        one.authority == case.authority and case.division.startswith(one.division)
        for one in viewer.appointments
    )
    if official or not any(one.subject_id == case.subject_id for one in viewer.mandates):
        return official
    return Case.objects.filter(told_to_the_organisation(), pk=case.pk).exists()


def open_cases(viewer: Viewer, day: date | None = None) -> QuerySet[Case]:
    """The cases that go on, of those that a viewer may know of, each with the next day on which something is due.

    `due` is the earliest last day of an act that the authority owes; None where nothing is due.

    Args:
        day: count a right of the organisation too, while it can be used on this day.
    """
    return _going_on(cases_visible_to(viewer), day)


def going_on() -> QuerySet[Case]:
    """All cases that go on, with `due`: for whoever runs the installation."""
    return _going_on(Case.objects.all())


def _going_on(cases: QuerySet[Case], day: date | None = None) -> QuerySet[Case]:
    over = Exists(Step.objects.filter(case=OuterRef("pk"), closes=True))
    return cases.exclude(over).annotate(due=Subquery(_due(day).values("last")[:1]))


def _due(day: date | None) -> QuerySet[Deadline]:
    later = Deadline.objects.filter(case=OuterRef("case"), act=OuterRef("act"), pk__gt=OuterRef("pk"))
    taken = Step.objects.filter(case=OuterRef("case"), act=OuterRef("act"))
    return (
        Deadline.objects.filter(case=OuterRef("pk"))
        .filter(_not_over(day))
        .exclude(Exists(later))
        .exclude(Exists(taken))
        .order_by("last")
    )


def _not_over(day: date | None) -> Q:
    """What the authority owes; and with a day, the rights that can still be used on it, which a decision ends."""
    owed = ~Q(act__in=RIGHTS)
    if day is None:
        return owed
    decided = Step.objects.filter(case=OuterRef("case"), act=Act.DECIDE)
    return owed | Q(last__gte=day) & ~Q(Exists(decided))


def running() -> QuerySet[Deadline]:
    """The newest deadline of each act that has not been taken, in open cases."""
    later = Deadline.objects.filter(case=OuterRef("case"), act=OuterRef("act"), pk__gt=OuterRef("pk"))
    ended = Step.objects.filter(case=OuterRef("case"), closes=True)
    taken = Step.objects.filter(case=OuterRef("case"), act=OuterRef("act"))
    decided = Step.objects.filter(case=OuterRef("case"), act=Act.DECIDE)
    running = Deadline.objects.exclude(Exists(later)).exclude(Exists(ended)).exclude(Exists(taken))
    return running.exclude(Exists(decided), act__in=RIGHTS)


def deadlines_of(case: Case) -> list[Deadline]:
    """The deadlines of a case that hold: the newest of each act, the earliest first."""
    return newest_of(case.deadlines.order_by("id"))


def newest_of(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The newest of each act, the earliest first, of deadlines in the order in which they were set."""
    newest = {one.act: one for one in deadlines}
    return sorted(newest.values(), key=lambda one: (one.last, one.pk))


def disputed(records: Iterable[int]) -> set[int]:
    """Those of some records to which an objection was made and is not decided: everyone may know it, at once.

    Whether an official has marked it yet makes no difference: that is a duty, and no condition.
    """
    marked = Case.objects.filter(kind="objection", record__in=set(records))
    over = Step.objects.filter(case=OuterRef("pk")).filter(Q(closes=True) | Q(act=Act.DECIDE))
    return {one for one in marked.exclude(Exists(over)).values_list("record_id", flat=True) if one}


def unpublished(records: Iterable[int]) -> frozenset[int]:
    """Those of some records that are entries of ours, served and not published yet."""
    published = Step.objects.filter(case=OuterRef("case"), act=Act.PUBLISH)
    made = Step.objects.filter(act=Act.SERVE_DECISION, record__in=set(records), effective_to__isnull=False)
    return frozenset(
        one for one in made.exclude(Exists(published)).values_list("record_id", flat=True) if one
    )


def marks_of(records: Iterable[int]) -> Marks:
    """What the public is told of some records by the cases about them."""
    wanted = set(records)
    made = Step.objects.filter(act=Act.SERVE_DECISION, record__in=wanted, effective_to__isnull=False)
    published = Step.objects.filter(case=OuterRef("case"), act=Act.PUBLISH)
    rows = made.annotate(shown=Exists(published)).values_list("record_id", "case__public_id", "shown")
    cases = {record: case for record, case, shown in rows if record is not None and shown}
    hidden = {record for record, _, shown in rows if record is not None and not shown}
    return Marks(frozenset(disputed(wanted)), frozenset(hidden), cases)
