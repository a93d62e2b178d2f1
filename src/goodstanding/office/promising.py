"""The fields of a form in which an organisation promises, and those in which an official says what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from goodstanding.portal.language import Language
from goodstanding.portal.wording import named, word
from goodstanding.portal.written import day
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Promise
from goodstanding.procedures.promising import Promised, whole
from goodstanding.procedures.writable import LINE, PASSAGE

ITEMS = 3
"""Rows of a form: whoever promises more gives another commitment."""
_FOUND = (Outcome.KEPT, Outcome.PARTLY, Outcome.BROKEN)
_PARTS = ("zh", "en", "due", "how", "instrument", "article")


def item_fields(lang: Language) -> dict[str, forms.Field]:
    """Fields for what is promised; of the first row all that an item needs is asked for."""
    found: dict[str, forms.Field] = {}
    for row in range(1, ITEMS + 1):
        for part in _PARTS:
            label = word(lang, f"promise-field.{part}", n=row)
            found[f"promise_{row}_{part}"] = _field(part, label)
    return found


def _field(part: str, label: str) -> forms.Field:
    if part == "due":
        return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))
    if part in ("instrument", "article"):
        return forms.CharField(label=label, required=False, max_length=LINE)
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=PASSAGE, widget=area)


def items_in(values: Mapping[str, Any]) -> tuple[Promised, ...]:
    """What the fields of a form promise: rows in which nothing is written are none.

    A row without a day is given the earliest day of all, which no commitment admits: the refusal says what is missing.
    """
    found = []
    for row in range(1, ITEMS + 1):
        said = {part: values.get(f"promise_{row}_{part}") or "" for part in _PARTS}
        if not any(said.values()):
            continue
        due = said["due"] or date.min
        law = (((said["instrument"].strip(), said["article"].strip())),) if said["instrument"].strip() else ()
        found.append(
            Promised(
                date.fromisoformat(due) if isinstance(due, str) else due,
                said["how"].strip(),
                en=said["en"].strip(),
                zh=said["zh"].strip(),
                law=law,
            )
        )
    return tuple(found)


def finding_fields(promises: Iterable[Promise], lang: Language) -> dict[str, forms.Field]:
    """A choice for each promise: kept, in part, or not."""
    return {
        f"finding_{one.number}": forms.ChoiceField(
            label=_said(one, lang),
            choices=[(each.value, named(lang, "work.outcome.", each.value)) for each in _FOUND],
            widget=forms.RadioSelect,
        )
        for one in promises
    }


def _said(one: Promise, lang: Language) -> str:
    text = (one.zh or one.en) if lang is Language.ZH else (one.en or one.zh)
    return f"{word(lang, 'work-field.finding', n=one.number, day=day(one.due_on, lang))} {text}".strip()


def findings_in(values: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """What a form says of each promise, in their order; empty where it is no form of a check."""
    rows = sorted(
        (int(name.removeprefix("finding_")), name) for name in values if name.startswith("finding_")
    )
    return tuple(Outcome(values[name]) for _, name in rows if values[name])


def outcome_in(values: Mapping[str, Any]) -> str:
    """What all findings come to; empty where there are none."""
    found = findings_in(values)
    return whole(found).value if found else ""
