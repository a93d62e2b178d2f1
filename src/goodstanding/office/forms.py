"""The form of one act: the fields that its stage asks for, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stage, Stated
from goodstanding.core.words import says_something
from goodstanding.office.drafting import WRITTEN
from goodstanding.office.promising import finding_fields, item_fields, outcome_in
from goodstanding.office.prompts import left_in
from goodstanding.office.service import HOW
from goodstanding.portal.citing import cited, marks, places_of
from goodstanding.portal.language import Language
from goodstanding.portal.wording import named, word
from goodstanding.procedures.deed import ADVERSE, ENDING, Deed, Outcome, outcomes_under
from goodstanding.procedures.departing import DEPARTS
from goodstanding.procedures.models import Promise

LAWS = 3
"""Rows for instruments: a decision that rests on more names them in its reasons."""
SERVES = (Act.SERVE_NOTICE, Act.SERVE_DECISION)
_SAID = (Act.DECIDE, Act.CONFIRM, Act.STATE, Act.ASK_HEARING, Act.KEEP, Act.FOLLOW)
_LONGEST = 8000
_SHOWN_AS = {"instrument": "law", "article": "law", "finding": "found"}
_COLUMNS, _LATIN = 84, 0x2E7F
_FEWEST, _MOST = 4, 40


@dataclass(frozen=True)
class LawRow:
    """A law in a form: its instrument, its article, and the marks that the pack holds of it."""

    instrument: BoundField
    article: BoundField
    marks: tuple[str, ...]


class ActForm(forms.Form):
    """What an official or a representative fills in to take a stage.

    `departures`: codes with their titles, where the stage can end otherwise than a rulebook proposed. `known`: the laws
    that the form proposed, with the marks of the places that name them.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        stage: Stage,
        procedure: Procedure,
        lang: Language,
        initial: Mapping[str, Any] | None = None,
        promises: Iterable[Promise] = (),
        departures: Iterable[tuple[str, str]] = (),
        known: Iterable[Basis] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.stage, self.procedure = stage, procedure
        self.use_required_attribute = False
        if procedure.kind is CaseKind.COMMITMENT and stage.act is Act.APPLY:
            self.fields |= item_fields(lang)
        findings = finding_fields(promises, lang) if stage.act is Act.KEEP else {}
        self.fields |= findings
        outcomes = outcomes_under(procedure, stage.act) - {Outcome.NONE}
        if outcomes and not findings:
            self.fields["outcome"] = forms.ChoiceField(
                choices=[(one.value, named(lang, "work.outcome.", one.value)) for one in sorted(outcomes)],
                widget=forms.RadioSelect,
            )
        if departures:
            choices = [("", word(lang, "work.departure-none")), *departures]
            self.fields["departure"] = forms.ChoiceField(choices=choices, required=False)
        for stated in self.sections:
            self.fields[stated.value] = _text(required=False)
        said = stage.act in _SAID or Stated.REASONS in stage.states
        self.fields["reasons"] = _text(required=said)
        if stage.party is not Party.SUBJECT:
            for row in range(1, LAWS + 1):
                self.fields[f"instrument_{row}"] = forms.CharField(max_length=200, required=False)
                self.fields[f"article_{row}"] = forms.CharField(max_length=100, required=False)
        if stage.act in SERVES:
            self.fields["served_on"] = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
            self.fields["served_how"] = forms.ChoiceField(
                choices=[(one, word(lang, f"served.{one}")) for one in HOW]
            )
        written = self.initial if data is None else data
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = rows_for(str(written.get(name) or ""))
        self._lang, self._known = lang, (*known, *places_of(procedure, stage.act))

    @property
    def laws(self) -> list[LawRow]:
        """The rows for the law, each with what must be read beside what stands there."""
        rows = []
        for number in range(1, LAWS + 1):
            if (name := f"instrument_{number}") in self.fields:
                instrument, article = self[name], self[f"article_{number}"]
                law = cited(str(instrument.value() or ""), str(article.value() or ""), self._known)
                rows.append(LawRow(instrument, article, marks(law, self._lang)))
        return rows

    @property
    def parts(self) -> list[tuple[str, BoundField]]:
        """The fields in their order, each with how it is shown; the rows for the law stand at their first one."""
        shown = []
        for one in self:
            kind = _SHOWN_AS.get(one.name.rpartition("_")[0], "field")
            if one.name == "outcome":
                kind = "outcome"
            if kind != "law" or one.name == "instrument_1":
                shown.append((kind, one))
        return shown

    @property
    def sections(self) -> tuple[Stated, ...]:
        """The sections of the document that this stage draws up."""
        return tuple(one for one in WRITTEN if one in self.stage.states)

    def clean(self) -> dict[str, Any]:
        """Reasons where something ends or is decided; every section of a document, unless nothing follows from it."""
        values = super().clean() or {}
        values |= {"outcome": together} if (together := outcome_in(values)) else {}
        outcome = Outcome(values.get("outcome") or "")
        if outcome in ENDING and not says_something(values.get("reasons") or ""):
            self.add_error("reasons", forms.ValidationError("", code="required"))
        if "departure" in self.fields:
            values["departure"] = (values.get("departure") or "") if outcome in DEPARTS else ""
            if outcome in DEPARTS and not values["departure"]:
                self.add_error("departure", forms.ValidationError("", code="departure"))
        needed = (Stated.FACTS,) if outcome in ADVERSE else self.sections
        for one in needed:
            if one in self.sections and not says_something(values.get(one.value, "")):
                self.add_error(one.value, forms.ValidationError("", code="section"))
        for name in (*(one.value for one in self.sections), Stated.REASONS.value):
            if found := left_in(values.get(name) or ""):
                said = {"section": word(self._lang, f"stated.{name}"), "found": " ".join(found)}
                self.add_error(name, forms.ValidationError("", code="prompt", params=said))
        decides = (
            self.stage.act in (Act.DECIDE, Act.CONFIRM, Act.KEEP, Act.FOLLOW)
            or Stated.BASIS in self.stage.states
        )
        if decides and not self.basis:
            self.add_error("instrument_1", forms.ValidationError("", code="law"))
        return values

    @property
    def basis(self) -> tuple[tuple[str, str], ...]:
        """The law, as (instrument, article)."""
        return basis_in(self.cleaned_data)


def _text(*, required: bool) -> forms.CharField:
    return forms.CharField(required=required, max_length=_LONGEST, widget=forms.Textarea())


def rows_for(text: str) -> int:
    """How many rows a text needs to be read as a whole, with one to write on; a Chinese character is two wide."""
    wide = (sum(1 + (ord(one) > _LATIN) for one in line) for line in text.splitlines())
    return min(max(sum(1 + width // _COLUMNS for width in wide) + 1, _FEWEST), _MOST)


def basis_in(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The law in the fields of a form."""
    rows = (
        (values.get(f"instrument_{n}") or "", values.get(f"article_{n}") or "") for n in range(1, LAWS + 1)
    )
    return tuple(
        (instrument.strip(), article.strip()) for instrument, article in rows if says_something(instrument)
    )


def kept(values: Mapping[str, Any]) -> dict[str, str]:
    """The fields as a draft keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value or "")
        for name, value in values.items()
    }


def deed_in(values: Mapping[str, Any], stage: Stage, on: date) -> Deed:
    """What the fields of a form come to, done on a day."""
    served = values.get("served_on") or None
    return Deed(
        stage.act,
        on,
        stage.party,
        Outcome(values.get("outcome") or ""),
        served_on=date.fromisoformat(served) if isinstance(served, str) else served,
    )
