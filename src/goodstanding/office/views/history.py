"""The history of an office, for its head; and of an organisation, for its representatives."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.office.acting import WORDS
from goodstanding.office.gate import Signed, official, representative
from goodstanding.office.history import SHOWN, Line, Wanted, heads, of_office, of_organisation
from goodstanding.office.models import Change
from goodstanding.office.page import page
from goodstanding.portal.language import Language


@official
def office(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """Who changed what in the offices that this account heads; to others the page is not there."""
    if not heads(signed.viewer):
        raise Http404
    wanted = _wanted(request)
    return _show(request, lang, of_office(signed.viewer, wanted), wanted, "office")


@representative
def organisation(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """Who changed what about the organisations of this account."""
    wanted = _wanted(request)
    return _show(request, lang, of_organisation(signed.viewer, wanted), wanted, "desk")


def _wanted(request: HttpRequest) -> Wanted:
    what = request.GET.get("what", "")
    return Wanted(what if what in tuple(Change.What) else "", _day(request, "since"), _day(request, "until"))


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _show(
    request: HttpRequest, lang: Language, lines: tuple[Line, ...], wanted: Wanted, room: str
) -> HttpResponse:
    kinds = [one.value for one in Change.What if room == "office" or one != Change.What.DRAFT]
    context = {
        "lines": lines,
        "wanted": wanted,
        "kinds": kinds,
        "words": WORDS,
        "shown_at_most": SHOWN,
        "room": room,
    }
    return page(request, lang, "history.html", context)
