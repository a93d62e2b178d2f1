"""The form in which an official registers what became of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goodstanding.ledger.models import Subject
from goodstanding.ledger.queries import find_subject
from goodstanding.office.naming import INSIDE
from goodstanding.portal.language import Language
from goodstanding.portal.wording import named
from goodstanding.procedures.models import Succession
from goodstanding.procedures.successions import Known


class SuccessionForm(forms.Form):
    """What became of which organisation, on which day, under which law, known from which document, and why."""

    organisation = forms.CharField(max_length=64)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    successors = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    instrument = forms.CharField(max_length=200)
    article = forms.CharField(max_length=100, required=False)
    evidence = forms.CharField(max_length=400)
    reason = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Mapping[str, Any] | None, *, lang: Language) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["kind"] = forms.ChoiceField(
            widget=forms.RadioSelect,
            choices=[(one.value, named(lang, "succession-kind.", one.value)) for one in Succession.Kind],
        )

    def clean_organisation(self) -> Subject:
        """The organisation, as offices may know of it."""
        return _found(self.cleaned_data["organisation"])

    def clean_successors(self) -> tuple[Subject, ...]:
        """Those named, one a line or parted by blanks."""
        return tuple(_found(one) for one in self.cleaned_data["successors"].split())

    @property
    def known(self) -> Known:
        """What the form says."""
        said = self.cleaned_data
        return Known(
            Succession.Kind(said["kind"]),
            said["on"],
            ((said["instrument"].strip(), said["article"].strip()),),
            said["evidence"],
            said["reason"],
            said["successors"],
        )


def _found(text: str) -> Subject:
    found = find_subject(text.strip(), INSIDE)
    if found is None:
        raise forms.ValidationError("", code="no-organisation")
    return found
