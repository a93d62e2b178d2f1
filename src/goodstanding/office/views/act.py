"""Taking what comes next in a case: a form, kept as a draft, proposed to a second official, or done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import CaseKind, Stage, Stated
from goodstanding.core.errors import Refusal
from goodstanding.office.capacity import actor_for, may_prepare, needs_two
from goodstanding.office.casepage import CasePage
from goodstanding.office.criteria import laws_for
from goodstanding.office.drafting import asked, doubtful, proposed, read
from goodstanding.office.forms import LAWS, ActForm, deed_in, kept
from goodstanding.office.gate import Signed, official
from goodstanding.office.models import Draft
from goodstanding.office.page import page
from goodstanding.office.queries import drafts_of
from goodstanding.office.taking import sign, take, text_in
from goodstanding.office.views.case import about, shown_case
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.procedures.deed import outcomes_of
from goodstanding.procedures.departing import DEPARTS
from goodstanding.procedures.models import Appointment

_UNFIT = 422
_CHANGED = "GS-OFFICE-011"


@official
def act(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, act: str) -> HttpResponse:
    """The form of an act. What was filled in stays there whatever comes of it."""
    shown = shown_case(signed, public_id, lang)
    stage = next((one for one in shown.next if one.act == act), None)
    if stage is None:
        return page(request, lang, "not_now.html", {**about(shown, lang), "room": "office"}, status=409)
    appointment = may_prepare(stage, shown.case, shown.procedure, signed.viewer)
    if appointment is None:
        raise Http404
    draft = drafts_of(shown.case, signed.viewer).filter(act=act).first()
    if request.method == "POST" and draft is not None and "sign" in request.POST:
        return _sign(request, lang, shown, stage, draft, appointment)
    if request.method == "POST" and draft is not None and "discard" in request.POST:
        draft.delete()
        return redirect("office:case", lang, public_id)
    if request.method == "POST":
        return _send(request, lang, signed, shown, stage, appointment, draft)
    form = ActForm(
        stage=stage,
        procedure=shown.procedure,
        lang=lang,
        initial=draft.values if draft else _first(shown, stage),
        promises=shown.promises,
        departures=_departures(shown, stage, lang),
        known=_laws(shown, stage),
    )
    return _show(request, lang, shown, stage, form, draft, signed=signed)


def _laws(shown: CasePage, stage: Stage) -> tuple[Basis, ...]:
    return laws_for(shown.case, stage, shown.procedure, (one.item for one in shown.grounds))


def _departures(shown: CasePage, stage: Stage, lang: Language) -> list[tuple[str, str]]:
    """The codes of the pack, where a rulebook proposed the case and this stage can depart from it."""
    if shown.procedure.kind is not CaseKind.LISTING or not DEPARTS & outcomes_of(CaseKind.LISTING, stage.act):
        return []
    pack = shelf.pack_named(shown.procedure.path.split("/")[0])
    if pack is None or shown.case.proposed_by is None:
        return []
    return [(one.code, lang.of(one.title)) for one in pack.departures]


def _first(shown: CasePage, stage: Stage) -> dict[str, Any]:
    """What a form proposes: the document's sections from the case, the law from the procedure."""
    values: dict[str, Any] = {
        one.value: f"{_said(one, shown)}\n{asked(one)}".strip()
        for one in stage.states
        if one not in (Stated.REASONS, Stated.BASIS)
    }
    laws = _laws(shown, stage)[:LAWS]
    for row, one in enumerate(laws, 1):
        values |= {f"instrument_{row}": one.instrument, f"article_{row}": one.article}
    return values


def _said(stated: Stated, shown: CasePage) -> str:
    return proposed(stated, shown.procedure, shown.grounds, division=shown.case.division, on=shown.today)


def _send(
    request: HttpRequest,
    lang: Language,
    signed: Signed,
    shown: CasePage,
    stage: Stage,
    appointment: Appointment,
    draft: Draft | None,
) -> HttpResponse:
    departures = _departures(shown, stage, lang)
    form = ActForm(
        request.POST,
        stage=stage,
        procedure=shown.procedure,
        lang=lang,
        promises=shown.promises,
        departures=departures,
        known=_laws(shown, stage),
    )
    if draft is not None and request.POST.get("read", "") != draft.digest:
        return _show(
            request, lang, shown, stage, form, draft, signed=signed, refusal=_changed(), status=_UNFIT
        )
    if "keep" in request.POST:
        raw = {name: form.data.get(name, "") for name in form.fields}
        _keep(shown, stage, signed, appointment, raw, proposed=False)
        return redirect("office:case", lang, shown.case.public_id)
    if not form.is_valid():
        return _show(request, lang, shown, stage, form, draft, signed=signed, status=_UNFIT)
    try:
        if needs_two(stage, shown.procedure):
            shown.course.after(deed_in(form.cleaned_data, stage, shown.today))
            _keep(shown, stage, signed, appointment, kept(form.cleaned_data), proposed=True)
        else:
            by = actor_for(stage, shown.case, shown.procedure, signed.viewer)
            if by is None:
                raise Http404
            take(shown, stage, form.cleaned_data, by)
    except Refusal as refusal:
        return _show(request, lang, shown, stage, form, draft, signed=signed, refusal=refusal, status=_UNFIT)
    return redirect("office:case", lang, shown.case.public_id)


def _keep(
    shown: CasePage,
    stage: Stage,
    signed: Signed,
    appointment: Appointment,
    values: dict[str, str],
    *,
    proposed: bool,
) -> None:
    Draft.objects.update_or_create(
        case=shown.case,
        act=stage.act.value,
        defaults={
            "account": signed.account,
            "appointment": appointment,
            "values": values,
            "proposed": proposed,
            "changed_at": timezone.now(),
        },
    )


def _changed() -> Refusal:
    return Refusal(
        _CHANGED,
        "The draft was changed since you read it.",
        why="Nobody signs what they have not read, or writes over what another has written.",
        remedy="Read it as it is now. What you wrote stands in the form below.",
    )


def _sign(
    request: HttpRequest, lang: Language, shown: CasePage, stage: Stage, draft: Draft, second: Appointment
) -> HttpResponse:
    try:
        if not draft.proposed or request.POST.get("digest") != draft.digest:
            raise _changed()
        sign(shown, stage, draft, second)
    except Refusal as refusal:
        form = ActForm(
            stage=stage,
            procedure=shown.procedure,
            lang=lang,
            initial=draft.values,
            promises=shown.promises,
            departures=_departures(shown, stage, lang),
            known=_laws(shown, stage),
        )
        return _show(request, lang, shown, stage, form, draft, refusal=refusal, status=_UNFIT)
    return redirect("office:case", lang, shown.case.public_id)


def _show(
    request: HttpRequest,
    lang: Language,
    shown: CasePage,
    stage: Stage,
    form: ActForm,
    draft: Draft | None,
    *,
    signed: Signed | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    awaits = draft is not None and draft.proposed and draft.account_id != request.user.pk
    written = read(text_in(draft.values, shown, stage)) if draft is not None else None
    context = {
        **about(shown, lang),
        "room": "office",
        "stage": stage,
        "form": form,
        "draft": draft,
        "refusal": refusal,
        "doubtful": [one.value for one in form.sections if doubtful(one, shown.procedure)],
        "two": needs_two(stage, shown.procedure),
        "drafts_kept": True,
        "to_sign": written if awaits else None,
        "meanwhile": written if refusal is not None and refusal.code == _CHANGED and not awaits else None,
    }
    return page(request, lang, "act.html", context, status=status)
