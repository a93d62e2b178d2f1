"""What the organisation says in a case: its views, a request for a hearing, whatever the procedure gives it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.catalogue.procedure import Party
from goodstanding.core.errors import Refusal
from goodstanding.office.capacity import actor_for
from goodstanding.office.forms import ActForm
from goodstanding.office.gate import Signed, representative
from goodstanding.office.page import page
from goodstanding.office.taking import take
from goodstanding.office.views.case import about, shown_case
from goodstanding.portal.language import Language

_UNFIT = 422


@representative
def act(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, act: str) -> HttpResponse:
    """The form of an act of the organisation."""
    shown = shown_case(signed, public_id, lang)
    stage = next((one for one in shown.next if one.act == act and one.party is Party.SUBJECT), None)
    if stage is None:
        return page(request, lang, "not_now.html", {**about(shown, lang), "room": "desk"}, status=409)
    by = actor_for(stage, shown.case, shown.procedure, signed.viewer)
    if by is None:
        raise Http404
    refusal: Refusal | None = None
    form = ActForm(
        request.POST if request.method == "POST" else None, stage=stage, procedure=shown.procedure, lang=lang
    )
    if request.method == "POST" and form.is_valid():
        try:
            take(shown, stage, form.cleaned_data, by)
            return redirect("desk:case", lang, public_id)
        except Refusal as refused:
            refusal = refused
    context = {**about(shown, lang), "room": "desk", "stage": stage, "form": form, "refusal": refusal}
    return page(request, lang, "act.html", context, status=_UNFIT if request.method == "POST" else 200)
