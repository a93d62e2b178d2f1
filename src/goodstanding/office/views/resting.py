"""An office enters that measures rest, for a suit or under a plan, and that they apply again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.core.errors import Refusal
from goodstanding.measures.models import Pause, Shield
from goodstanding.office.capacity import keeper_of
from goodstanding.office.casepage import CasePage
from goodstanding.office.following import Follows, follows_from
from goodstanding.office.gate import Signed, official
from goodstanding.office.page import page
from goodstanding.office.resting import RestForm, ResumeForm
from goodstanding.office.views.case import about, shown_case
from goodstanding.office.workplace import workplace
from goodstanding.portal.language import Language
from goodstanding.procedures.models import Appointment

_UNFIT = 422


@official
def rest(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """The form of a suit or a plan."""
    shown, follows, by = _standing(signed, lang, public_id)
    initial = {"from_on": shown.today, "to_on": follows.step.effective_to}
    form = RestForm(request.POST if request.method == "POST" else None, lang=lang, initial=initial)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            form.enter(follows, shown.case, by, workplace(shown.procedure.path.split("/")[0]).clock)
            return redirect("office:case", lang, public_id)
        except Refusal as refused:
            refusal = refused
    return _show(request, lang, shown, {"form": form, "refusal": refusal, "heading": "rests.enter"})


@official
def over(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, rest: UUID) -> HttpResponse:
    """The form of the end of a suit or a plan."""
    shown, follows, by = _standing(signed, lang, public_id)
    found: Pause | Shield | None = next(
        (one.line.rest for one in follows.rests if one.line.rest.public_id == rest), None
    )
    if found is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ResumeForm(data, lang=lang, rest=found, initial={"on": shown.today})
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            form.enter(by, workplace(shown.procedure.path.split("/")[0]).clock)
            return redirect("office:case", lang, public_id)
        except Refusal as refused:
            refusal = refused
    return _show(request, lang, shown, {"form": form, "refusal": refusal, "heading": "rests.end"})


def _standing(signed: Signed, lang: Language, public_id: UUID) -> tuple[CasePage, Follows, Appointment]:
    """The case with its entry, and as what the account keeps its list; to anyone else the page is not there."""
    shown = shown_case(signed, public_id, lang)
    follows = follows_from(shown)
    by = keeper_of(shown.case, shown.procedure, signed.viewer)
    if follows is None or not follows.stands or by is None:
        raise Http404
    return shown, follows, by


def _show(request: HttpRequest, lang: Language, shown: CasePage, more: dict[str, Any]) -> HttpResponse:
    context = {**about(shown, lang), "room": "office", **more}
    return page(request, lang, "rest.html", context, status=_UNFIT if request.method == "POST" else 200)
