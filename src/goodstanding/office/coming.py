"""What is coming for an organisation and those that an account also acts for, day by day, across all their cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act
from goodstanding.office.naming import subject_names
from goodstanding.office.queries import cases_of
from goodstanding.office.workplace import calendar_of, day_in, working_days
from goodstanding.portal.language import Language
from goodstanding.procedures.models import Case, Deadline
from goodstanding.procedures.queries import RIGHTS, Viewer, running

PER_PAGE = 25


@dataclass(frozen=True)
class Coming:
    """A last day. `yours`: a term of the organisation; else the authority owes it. `left`, `late`: working days."""

    day: date
    case: Case
    name: str
    title: Title
    yours: bool
    left: int
    late: int


def coming(
    viewer: Viewer, lang: Language, day: date, beyond: tuple[date, int] | None = None
) -> tuple[list[Coming], tuple[date, int] | None]:
    """A page of what is coming for a representative, the earliest first, and the place where the next one begins.

    What the authority owes stays until it is done; a term of the organisation goes when it is over.
    """
    due = running().filter(case__in=cases_of(viewer)).exclude(act__in=RIGHTS, last__lt=day)
    if beyond is not None:
        due = due.filter(Q(last__gt=beyond[0]) | Q(last=beyond[0], pk__gt=beyond[1]))
    found = list(
        due.select_related("case__procedure", "case__subject").order_by("last", "pk")[: PER_PAGE + 1]
    )
    rest = found[PER_PAGE - 1] if len(found) > PER_PAGE else None
    shown = found[:PER_PAGE]
    names = subject_names(lang, [one.case.subject_id for one in shown])
    return [_coming(one, names) for one in shown], (rest.last, rest.pk) if rest else None


def _coming(one: Deadline, names: dict[int, str]) -> Coming:
    pack = one.case.procedure.path.split("/")[0]
    calendar, today = calendar_of(pack), day_in(pack)
    yours = one.act in RIGHTS
    return Coming(
        one.last,
        one.case,
        names.get(one.case.subject_id, one.case.subject.identifier),
        TITLES[Act(one.act)],
        yours,
        left=working_days(calendar, today, one.last),
        late=0 if yours else working_days(calendar, one.last, today),
    )
