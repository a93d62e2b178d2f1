"""An organisation commits itself to an authority: what it promises, each by its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Subject
from goodstanding.office.gate import Signed, representative
from goodstanding.office.naming import authority_text, subject_names
from goodstanding.office.page import page
from goodstanding.office.promising import item_fields, items_in
from goodstanding.office.taking import refusals_of_the_database
from goodstanding.office.workplace import day_in, workplace
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.steps import Said, open_case

_UNFIT = 422


class CommitmentForm(forms.Form):
    """Before which authority, and what is promised."""

    def __init__(self, data: Mapping[str, Any] | None, *, pack: str, lang: Language) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        paths = [
            one.path for each in shelf.catalogue().packs if each.name == pack for one in each.authorities
        ]
        market = {one.path for each in shelf.catalogue().packs for one in each.authorities if one.market}
        self.fields["authority"] = forms.ChoiceField(
            label=word(lang, "commit.accepts"),
            choices=[(one, authority_text(one, lang)) for one in paths if one not in market],
        )
        self.fields |= item_fields(lang)


def commitments_open_to(subject: Subject, day: date) -> list[Procedure]:
    """The procedures under which an organisation can commit itself on a day, the most local first."""
    packs = shelf.packs_about(subject.scheme)
    found = [
        one
        for one in shelf.catalogue().procedures
        if one.kind is CaseKind.COMMITMENT
        and one.in_force(day)
        and subject.division.startswith(one.division)
        and (one.stages[0].act, one.stages[0].party) == (Act.APPLY, Party.SUBJECT)
        and one.path.partition("/")[0] in packs
    ]
    return sorted(found, key=lambda one: (-len(one.division), one.path))


@representative
def commit(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, path: str) -> HttpResponse:
    """The form of a commitment of an organisation of the account; the case that it opens."""
    mandate = next((one for one in signed.viewer.mandates if one.subject.public_id == public_id), None)
    pack = path.split("/")[0]
    if mandate is None or shelf.pack_named(pack) is None:
        raise Http404
    day = day_in(pack)
    procedure = next((one for one in commitments_open_to(mandate.subject, day) if one.path == path), None)
    if procedure is None:
        raise Http404
    form = CommitmentForm(request.POST if request.method == "POST" else None, pack=pack, lang=lang)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_of_the_database():
                case = open_case(
                    procedure,
                    mandate.subject,
                    workplace(pack),
                    first=Deed(Act.APPLY, day, Party.SUBJECT),
                    by=Actor(Party.SUBJECT, mandate=mandate),
                    said=Said(promises=items_in(form.cleaned_data)),
                    authority=form.cleaned_data["authority"],
                )
            return redirect("desk:case", lang, case.public_id)
        except Refusal as refused:
            refusal = refused
    name = subject_names(lang, [mandate.subject_id]).get(mandate.subject_id, mandate.subject.identifier)
    context = {"procedure": procedure, "form": form, "refusal": refusal, "name": name, "room": "desk"}
    return page(request, lang, "commit.html", context, status=_UNFIT if request.method == "POST" else 200)
