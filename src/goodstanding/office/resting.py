"""The forms by which an office enters a suit or a plan, and its end; and what a case's page says of its measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from goodstanding.core.clock import Clock
from goodstanding.measures.lines import lines_of
from goodstanding.measures.models import Order, Pause, Shield
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
from goodstanding.measures.rests import rests_of
from goodstanding.office.casepage import CasePage
from goodstanding.office.forms import basis_in
from goodstanding.portal.following import OrderRow, RestRow, order_rows, rest_rows
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word
from goodstanding.procedures.models import Appointment, Case, Step


@dataclass(frozen=True)
class Follows:
    """What follows from a case's entry: its orders, the suits and plans; `stands` while it has not ended."""

    step: Step
    orders: list[OrderRow]
    rests: list[RestRow]
    stands: bool


def follows_from(shown: CasePage) -> Follows | None:
    """What follows from the entry of a case, for its parties; None where it made none."""
    if not any(one.step.effective_to for one in shown.steps):
        return None
    case, day = shown.case, shown.today
    made = case.steps.filter(record__isnull=False, effective_to__isnull=False).first()
    if made is None or made.record_id is None:
        return None
    orders = order_rows(lines_of(Order.objects.filter(record=made.record_id), day))
    rests = rest_rows(rests_of([made.record_id], case.subject, day))
    return Follows(made, orders, rests, not case.steps.filter(closes=True).exists())


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
