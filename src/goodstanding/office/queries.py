"""All reads of the office's pages. Lists and single pages go through the same filter: what is in no list of an account
cannot be opened by it either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from goodstanding.office.models import Draft
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.queries import Viewer, cases_visible_to, open_cases

PER_PAGE = 25
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Wanted:
    """Which cases of a queue: of a kind, after an act, over or still open; beyond a place (day due, key)."""

    kind: str = ""
    act: str = ""
    over: bool = False
    beyond: tuple[date, int] | None = None


@dataclass(frozen=True)
class Queue:
    """A page of a queue, and the place from which the next one goes on."""

    cases: tuple[Case, ...]
    next: tuple[date, int] | None


def _party(viewer: Viewer) -> Q:
    own = Q(pk__in=[])
    for one in viewer.appointments:
        own |= Q(authority=one.authority, division__startswith=one.division)
    return own | Q(subject__in={one.subject_id for one in viewer.mandates})


def cases_of(viewer: Viewer) -> QuerySet[Case]:
    """The cases to which a viewer is a party, open and over: narrower than what it may know of as anyone may."""
    return cases_visible_to(viewer).filter(_party(viewer))


def case_of(viewer: Viewer, public_id: UUID) -> Case | None:
    """One of them."""
    return cases_of(viewer).select_related("procedure", "subject").filter(public_id=public_id).first()


def queue(viewer: Viewer, wanted: Wanted, day: date) -> Queue:
    """Cases by the day on which something is due, the earliest first; then those with nothing due, oldest first.

    Args:
        day: today, on which rights of the organisation are due that can still be used.
    """
    last = Step.objects.filter(case=OuterRef("pk")).order_by("-number").values("act")[:1]
    if wanted.over:
        over = Exists(Step.objects.filter(case=OuterRef("pk"), closes=True))
        cases = cases_of(viewer).filter(over).annotate(by=Value(_NEVER, output_field=DateField()))
    else:
        cases = open_cases(viewer, day).filter(_party(viewer)).annotate(by=Coalesce("due", _NEVER))
    cases = cases.annotate(last_act=Subquery(last))
    if wanted.kind:
        cases = cases.filter(kind=wanted.kind)
    if wanted.act:
        cases = cases.filter(last_act=wanted.act)
    if wanted.beyond:
        day, key = wanted.beyond
        cases = cases.filter(Q(by__gt=day) | Q(by=day, pk__gt=key))
    found = list(cases.select_related("procedure", "subject").order_by("by", "pk")[: PER_PAGE + 1])
    rest = found[PER_PAGE - 1] if len(found) > PER_PAGE else None
    return Queue(tuple(found[:PER_PAGE]), (rest.by, rest.pk) if rest else None)


def drafts_of(case: Case, viewer: Viewer) -> QuerySet[Draft]:
    """Drafts about a case: the officials of its authority see them, and nobody else."""
    official = Viewer(appointments=viewer.appointments)
    return Draft.objects.filter(case__in=cases_of(official).filter(pk=case.pk)).select_related(
        "account", "appointment"
    )
