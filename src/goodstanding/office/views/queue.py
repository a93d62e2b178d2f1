"""The queue: what the official's office has open, by the day on which something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act, CaseKind
from goodstanding.office.ahead import Ahead, ahead_in
from goodstanding.office.alerts.reach import not_reached, told_in
from goodstanding.office.gate import Signed, official
from goodstanding.office.naming import subject_names
from goodstanding.office.page import page
from goodstanding.office.queries import Wanted, queue
from goodstanding.office.workplace import calendar_of, day_in, working_days
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.today import today
from goodstanding.procedures.models import Case
from goodstanding.procedures.queries import Viewer
from goodstanding.procedures.successions import registrars


@dataclass(frozen=True)
class Row:
    """A case in a queue. `late`: working days since its day was over; 0 while it is not.

    `ahead`: what comes next, None where the case is over. `missed`: the organisation was not reached by what it was
    to be told last.
    """

    case: Case
    name: str
    last: Title
    due: date | None
    late: int
    ahead: Ahead | None
    missed: bool


@official
def open_queue(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """A page of the queue, narrowed by kind and stage."""
    wanted = _wanted(request)
    found = queue(signed.viewer, wanted, today())
    keeps = registrars(shelf.catalogue())
    context = {
        "registers": any(one.authority in keeps for one in signed.viewer.appointments),
        "rows": rows_of(found.cases, lang, signed.viewer),
        "wanted": wanted,
        "kinds": [one.value for one in CaseKind],
        "acts": [(one.value, TITLES[one]) for one in Act],
        "more": _more(wanted, found.next) if found.next else "",
    }
    return page(request, lang, "queue.html", context)


def rows_of(cases: tuple[Case, ...], lang: Language, viewer: Viewer) -> list[Row]:
    """Cases as rows of a table, for whoever looks."""
    names = subject_names(lang, [one.subject_id for one in cases])
    told = told_in([one.pk for one in cases], today())
    ahead = ahead_in(cases, viewer)
    return [_row(one, names, ahead.get(one.pk), missed=not_reached(told.get(one.pk, ()))) for one in cases]


def _row(case: Case, names: dict[int, str], ahead: Ahead | None, *, missed: bool) -> Row:
    pack = case.procedure.path.split("/")[0]
    due: date | None = getattr(case, "due", None)
    late = working_days(calendar_of(pack), due, day_in(pack)) if due else 0
    name = names.get(case.subject_id, case.subject.identifier)
    last_act: str = getattr(case, "last_act", "")
    return Row(case, name, TITLES[Act(last_act)], due, late, ahead, missed)


def _wanted(request: HttpRequest) -> Wanted:
    kind, act = request.GET.get("kind", ""), request.GET.get("act", "")
    return Wanted(
        kind=kind if kind in tuple(CaseKind) else "",
        act=act if act in tuple(Act) else "",
        over=request.GET.get("over") == "1",
        beyond=place_in(request.GET.get("beyond", "")),
    )


def place_in(text: str) -> tuple[date, int] | None:
    """The place after which a page begins; the first page where the address was tampered with."""
    day, _, key = text.partition(".")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def _more(wanted: Wanted, place: tuple[date, int]) -> str:
    asked = {"kind": wanted.kind, "act": wanted.act, "over": "1" if wanted.over else ""}
    asked["beyond"] = f"{place[0].isoformat()}.{place[1]}"
    return urlencode({name: value for name, value in asked.items() if value})
