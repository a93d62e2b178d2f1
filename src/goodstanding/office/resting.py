"""The forms by which an office enters a suit or a plan, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goodstanding.core.clock import Clock
from goodstanding.measures.models import Pause, Shield
from goodstanding.measures.resting import (
    ENDS_A_PLAN,
    ENDS_A_SUIT,
    Over,
    Plan,
    Shown,
    Suit,
    pause,
    resume,
    shield,
)
from goodstanding.office.following import Follows
from goodstanding.office.forms import basis_in
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word
from goodstanding.procedures.models import Appointment, Case


def _day() -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


class RestForm(forms.Form):
    """A suit or a plan: what, since when, until when, by which law, at which court, shown by what."""

    stayed = forms.BooleanField(required=False)
    from_on = _day()
    to_on = _day()
    reference = forms.CharField(max_length=400)
    evidence = forms.CharField(max_length=400)
    instrument_1 = forms.CharField(max_length=200)
    article_1 = forms.CharField(max_length=100, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, lang: Language, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.use_required_attribute = False
        kinds = [(one.value, word(lang, f"rests.kind.{one.value}")) for one in (*Suit, *Plan)]
        self.fields["kind"] = forms.ChoiceField(choices=kinds, widget=forms.RadioSelect)
        self.order_fields(["kind"])

    def enter(self, follows: Follows, case: Case, by: Appointment, clock: Clock) -> Pause | Shield:
        """Enter it. Raises what `pause` and `shield` raise."""
        said = self.cleaned_data
        shown = Shown(basis_in(said), said["reference"], said["evidence"])
        days: dict[str, Any] = {"from_on": said["from_on"], "to_on": said["to_on"], "clock": clock}
        if said["kind"] in tuple(Plan):
            return shield(case.subject, by, Plan(said["kind"]), shown, **days)
        record = follows.step.record
        if record is None:
            raise AssertionError("what follows, follows from an entry")
        return pause(record, by, Suit(said["kind"]), shown, stayed=said["stayed"], **days)


class ResumeForm(forms.Form):
    """The end of a suit or a plan: how, since when, shown by what."""

    on = _day()
    evidence = forms.CharField(max_length=400)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        lang: Language,
        rest: Pause | Shield,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.use_required_attribute = False
        self.rest = rest
        known = ENDS_A_SUIT if isinstance(rest, Pause) else ENDS_A_PLAN
        ends = [(one.value, word(lang, f"rests.outcome.{one.value}")) for one in known]
        self.fields["outcome"] = forms.ChoiceField(choices=ends, widget=forms.RadioSelect)
        self.order_fields(["outcome"])

    def enter(self, by: Appointment, clock: Clock) -> None:
        """Enter it. Raises what `resume` raises."""
        said = self.cleaned_data
        resume(self.rest, by, Over(said["outcome"]), said["evidence"], on=said["on"], clock=clock)
