"""What became of organisations: registered by one official, confirmed by another, with the cases that go on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.core.errors import Refusal
from goodstanding.office.gate import Signed, official
from goodstanding.office.naming import subject_names
from goodstanding.office.page import page
from goodstanding.office.successions import SuccessionForm
from goodstanding.office.taking import refusals_of_the_database
from goodstanding.office.workplace import workplace
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept
from goodstanding.portal.language import Language
from goodstanding.procedures.models import Appointment, Succession
from goodstanding.procedures.successions import (
    awaiting,
    confirm_succession,
    left_open,
    register_succession,
    registrars,
    successors_of,
)

_UNFIT = 422


@official
def successions(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The form, and what awaits a second official. To an office that registers nobody the page is not there."""
    by = _registrar(signed)
    refusal: Refusal | None = None
    form = SuccessionForm(request.POST if request.method == "POST" else None, lang=lang)
    if request.method == "POST" and form.is_valid():
        office = workplace(by.authority.split("/")[0])
        try:
            with refusals_of_the_database():
                made = register_succession(
                    form.cleaned_data["organisation"],
                    form.known,
                    by,
                    catalogue=office.catalogue,
                    clock=office.clock,
                )
            return redirect("office:succession", lang, made.public_id)
        except Refusal as refused:
            refusal = refused
    found = list(awaiting(signed.viewer))
    names = subject_names(lang, [one.subject_id for one in found])
    rows = [(one, names.get(one.subject_id, one.subject.identifier)) for one in found]
    context = {"form": form, "refusal": refusal, "rows": rows, "room": "office"}
    return page(
        request, lang, "successions.html", context, status=_UNFIT if request.method == "POST" else 200
    )


@official
def succession(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """One change, with the button of a second official, and the cases that go on about the organisation."""
    by = _registrar(signed)
    one = (
        Succession.objects.select_related("subject", "appointment", "confirmation")
        .filter(public_id=public_id, subject__division__startswith=by.division)
        .first()
    )
    if one is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        office = workplace(by.authority.split("/")[0])
        try:
            with refusals_of_the_database():
                confirm_succession(one, by, catalogue=office.catalogue, clock=office.clock)
            return redirect("office:succession", lang, public_id)
        except Refusal as refused:
            refusal = refused
    others = successors_of(one)
    names = subject_names(lang, [one.subject_id, *(each.pk for each in others)])
    context = {
        "one": one,
        "name": names.get(one.subject_id, one.subject.identifier),
        "others": [(each, names.get(each.pk, each.identifier)) for each in others],
        "law": laws_kept(one.law),
        "authority": shelf.authority_title(one.appointment.authority),
        "confirmed": getattr(one, "confirmation", None),
        "own": one.appointment.account == signed.account.key,
        "cases": left_open(one.subject, signed.viewer),
        "refusal": refusal,
        "room": "office",
    }
    return page(request, lang, "succession.html", context, status=_UNFIT if refusal else 200)


def _registrar(signed: Signed) -> Appointment:
    known = registrars(shelf.catalogue())
    by = next((one for one in signed.viewer.appointments if one.authority in known), None)
    if by is None:
        raise Http404
    return by
