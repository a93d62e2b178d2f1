"""Objecting to a record, applying for its repair or for the end of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.catalogue.procedure import Act, Party, Procedure
from goodstanding.core.errors import Refusal
from goodstanding.office.filing import own_record, ways
from goodstanding.office.gate import Signed, representative
from goodstanding.office.page import page
from goodstanding.office.taking import refusals_of_the_database
from goodstanding.office.workplace import day_in, workplace
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.opening import open_about
from goodstanding.procedures.steps import Said

_UNFIT = 422
_LONGEST = 8000


class Application(forms.Form):
    """Why, and the evidence that the procedure asks for, each in words; files are handed in with the case."""

    def __init__(self, data: Mapping[str, Any] | None, *, procedure: Procedure, lang: Language) -> None:
        super().__init__(data)
        self.procedure = procedure
        self.use_required_attribute = False
        self.fields["reasons"] = self._text(None)
        for one in procedure.evidence:
            self.fields[f"evidence-{one.id}"] = self._text(lang.of(one.title))

    @staticmethod
    def _text(label: str | None) -> forms.CharField:
        return forms.CharField(label=label, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 5}))

    @property
    def text(self) -> str:
        """The application as the case keeps it."""
        lines = [f"# {self.procedure.title.zh} {self.procedure.title.en}"]
        for one in self.procedure.evidence:
            said = self.cleaned_data[f"evidence-{one.id}"].strip()
            lines += ["", f"## {one.title.zh} {one.title.en}", said]
        return "\n".join(lines) + "\n"


@representative
def apply(request: HttpRequest, lang: Language, signed: Signed, record: UUID, path: str) -> HttpResponse:
    """The form of an application under a procedure; the case that it opens."""
    pack = path.split("/")[0]
    day = day_in(pack)
    found = own_record(signed.viewer, record, day)
    if found is None or shelf.pack_named(pack) is None:
        raise Http404
    about, subject = found
    way = next((one for one in ways(about, day) if one.procedure.path == path), None)
    mandate = next(one for one in signed.viewer.mandates if one.subject_id == subject.pk)
    if way is None:
        raise Http404
    refusal: Refusal | None = None
    form = Application(request.POST if request.method == "POST" else None, procedure=way.procedure, lang=lang)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_of_the_database():
                case = open_about(
                    about,
                    way.procedure,
                    workplace(pack),
                    first=Deed(Act.APPLY, day, Party.SUBJECT),
                    by=Actor(Party.SUBJECT, mandate=mandate),
                    said=Said(reasons=form.cleaned_data["reasons"].strip(), text=form.text),
                )
            return redirect("desk:case", lang, case.public_id)
        except Refusal as refused:
            refusal = refused
    context = {"way": way, "form": form, "refusal": refusal, "subject": subject, "room": "desk"}
    return page(request, lang, "apply.html", context, status=_UNFIT if request.method == "POST" else 200)
