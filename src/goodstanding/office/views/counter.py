"""The counter: an official asks what applies to an organisation in one piece of business, and says what followed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.catalogue.measure import Process
from goodstanding.catalogue.model import Title
from goodstanding.core.errors import Refusal
from goodstanding.ledger.queries import find_subject
from goodstanding.measures.counter import ask as ask_at_counter
from goodstanding.measures.counter import commitments_told, use
from goodstanding.measures.log import questions_visible_to
from goodstanding.measures.models import Business, Order, Question
from goodstanding.measures.offices import acting_for
from goodstanding.office.gate import Signed, official
from goodstanding.office.naming import INSIDE, authority_text, subject_names
from goodstanding.office.page import page
from goodstanding.office.taking import refusals_of_the_database
from goodstanding.office.workplace import day_in, workplace
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept
from goodstanding.portal.language import Language
from goodstanding.portal.promises import commitment_rows
from goodstanding.portal.wording import named, word

_UNFIT = 422


class AskForm(forms.Form):
    """Which business, about whom, and what for."""

    business = forms.ChoiceField()  # replaced by one with the choices of the account's own offices
    organisation = forms.CharField(max_length=64)
    purpose = forms.CharField(max_length=400)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["business"] = forms.ChoiceField(choices=choices)

    def clean_organisation(self) -> Any:
        """The organisation, as offices may know of it."""
        found = find_subject(self.cleaned_data["organisation"].strip(), INSIDE)
        if found is None:
            raise forms.ValidationError("", code="no-organisation")
        return found


@official
def ask(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The form of a question; a question is logged with its answer, and the organisation sees it."""
    choices = _choices(signed, lang)
    form = AskForm(request.POST if request.method == "POST" else None, choices=choices)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        authority, _, process = form.cleaned_data["business"].partition(" ")
        office, day = workplace(_pack(authority)), day_in(_pack(authority))
        try:
            with refusals_of_the_database():
                answer = ask_at_counter(
                    authority,
                    acting_for(signed.account.key, authority, day),
                    form.cleaned_data["organisation"],
                    Process(process),
                    form.cleaned_data["purpose"],
                    day=day,
                    clock=office.clock,
                )
            return redirect("office:answer", lang, answer.question.public_id)
        except Refusal as refused:
            refusal = refused
    context = {"form": form, "refusal": refusal, "choices": choices, "room": "office", "section": "counter"}
    return page(request, lang, "counter.html", context, status=_UNFIT if request.method == "POST" else 200)


@official
def answer(request: HttpRequest, lang: Language, signed: Signed, question: UUID) -> HttpResponse:
    """What applies, each measure with its law; and a form to say of each whether it was applied, or why not."""
    asked = (
        questions_visible_to(signed.viewer)
        .select_related("appointment", "subject")
        .filter(public_id=question)
        .first()
    )
    if asked is None:
        raise Http404
    refusal = _followed(request, signed, asked) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return redirect("office:answer", lang, question)
    context = {
        "asked": asked,
        "name": subject_names(lang, [asked.subject_id]).get(asked.subject_id, asked.subject.identifier),
        "authority": authority_text(asked.appointment.authority, lang),
        "lines": _lines(asked),
        "commitments": commitment_rows(
            commitments_told(asked.subject, asked.on, shelf.procedure_by_digest), lang
        ),
        "refusal": refusal,
        "room": "office",
        "section": "counter",
    }
    return page(request, lang, "answer.html", context, status=_UNFIT if refusal else 200)


def _choices(signed: Signed, lang: Language) -> list[tuple[str, str]]:
    """The business of the account's offices today."""
    found = []
    for authority in dict.fromkeys(one.authority for one in signed.viewer.appointments):
        day = day_in(_pack(authority))
        own = Business.objects.filter(authority=authority, from_on__lte=day, to_on__gt=day)
        for process in sorted(set(own.values_list("process", flat=True))):
            text = word(lang, "colon").join(
                (authority_text(authority, lang), named(lang, "process.", process))
            )
            found.append((f"{authority} {process}", text))
    return found


def _lines(asked: Question) -> list[dict[str, Any]]:
    """What was answered, in its order, with what followed from each measure: the first prevails over what yields."""
    said = json.loads(asked.answer)
    orders = {
        str(one.public_id): one
        for one in Order.objects.select_related("measure").filter(
            public_id__in=[one["order"] for one in said]
        )
    }
    uses = list(asked.uses.order_by("pk"))
    lead = Title(**orders[said[0]["order"]].measure.title) if said else None
    yielding = [Title(**orders[one["order"]].measure.title) for one in said if not one["stands"]]
    return [
        {
            "order": orders[one["order"]],
            "title": Title(**orders[one["order"]].measure.title),
            "law": laws_kept(orders[one["order"]].law),
            "stands": one["stands"],
            "yields_to": None if one["stands"] else lead,
            "over": yielding if one is said[0] else [],
            "uses": [each for each in uses if each.order_id == orders[one["order"]].pk],
        }
        for one in said
    ]


def _followed(request: HttpRequest, signed: Signed, asked: Question) -> Refusal | None:
    """Log what followed; the refusal, where it cannot be so."""
    authority = asked.appointment.authority
    order = next(
        (one["order"] for one in _lines(asked) if str(one["order"].public_id) == request.POST.get("order")),
        None,
    )
    try:
        with refusals_of_the_database():
            use(
                asked,
                acting_for(signed.account.key, authority, day_in(_pack(authority))),
                order=order,
                applied=order is not None and "applied" in request.POST,
                why="" if "applied" in request.POST else request.POST.get("why", ""),
                on=day_in(_pack(authority)),
                clock=workplace(_pack(authority)).clock,
            )
    except Refusal as refusal:
        return refusal
    return None


def _pack(authority: str) -> str:
    return authority.split("/")[0]
