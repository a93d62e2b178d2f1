"""The page of a credit file, as anyone may read it: today's, or of another day and position (`asked`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, TieEntry, find_subject, subject_file
from goodstanding.measures.rests import rests_of
from goodstanding.portal import shelf
from goodstanding.portal.asked import asked_of
from goodstanding.portal.filepage import (
    PER_PAGE,
    Entries,
    Then,
    only_what_today_shows,
    read_entries,
    read_grades,
    results_of,
    verdict,
)
from goodstanding.portal.following import RestRow, rest_rows
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.promises import promises_on
from goodstanding.portal.queries import names_in, position_now
from goodstanding.portal.successions import became, before
from goodstanding.portal.today import today
from goodstanding.procedures.queries import marks_of
from goodstanding.rules import Rulebook
from goodstanding.rules.model import Kind
from goodstanding.standing.queries import assessments_of, assessments_then
from goodstanding.standing.showing import AssessmentView
from goodstanding.standing.universe import schemes_of

_FEW = 3
"""So few entries need not be folded."""


def file(request: HttpRequest, lang: Language, public_id: UUID) -> HttpResponse:
    """A subject's file; of one that was merged, the way to the file that it was merged into."""
    reader = Reader.public()
    subject = find_subject(str(public_id), reader)
    if subject is None:
        raise Http404
    day, position = today(shelf.zone_of(subject.scheme)), position_now()
    publicity = Publicity(shelf.catalogue(), day)
    try:
        asked = asked_of(request, today=day, newest=position)
        found = subject_file(
            subject, day=asked.day, position=asked.position, reader=reader, publicity=publicity
        )
    except Refusal as refusal:
        return _no_such_file(request, lang, subject, refusal)
    if found.subject.pk != subject.pk:
        address = reverse("portal:file", kwargs={"lang": lang, "public_id": found.subject.public_id})
        return redirect(f"{address}?{asked.own}" if asked.then else address)
    then = Then(_entries(found, asked.day, lang), ())
    if asked.then:
        now = subject_file(subject, day=day, position=position, reader=reader, publicity=publicity)
        then = only_what_today_shows(then.entries, _entries(now, day, lang))
        found = replace(found, roles=())  # a person is named while in office, and that is today
        assessments = assessments_then(
            found.subject,
            _rulebooks(found.subject, asked.day),
            reader,
            publicity,
            on=asked.day,
            position=asked.position,
            items=shelf.items(),
            shelf=shelf.rule_shelf(),
        )
    else:
        assessments = _assessments(found.subject, position, reader, publicity)
    entries = then.entries
    grades = read_grades(assessments, entries, lang, then=asked.then)
    pages = Paginator(entries.shown, PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    return page(
        request,
        lang,
        "file.html",
        {
            "file": found,
            "asked": asked,
            "since": then.since,
            "name": _name(found, lang),
            "other_names": _other_names(found, lang),
            "identifiers": _identifiers(found),
            "verdict": verdict(entries),
            "results": results_of(grades),
            "entries": entries,
            "shown": shown,
            "few": len(entries.shown) <= _FEW,
            "ties": _ties(found, lang, reader),
            "rests": () if asked.then else _rests(found, day),
            "became": None if asked.then else became(found, lang, reader),
            "before": () if asked.then else before(found, lang, reader),
            "commitments": () if asked.then else promises_on(found, day, lang),
        },
        section="search",
    )


def _entries(file: File, day: date, lang: Language) -> Entries:
    marks = marks_of(one.record_id for one in file.entries)
    return read_entries(file.entries, today=day, lang=lang, marks=marks)


def _rests(found: File, day: date) -> list[RestRow]:
    """The suits and plans that hold today, of entries of ours that are published."""
    published = marks_of(one.record_id for one in found.entries if one.counts).cases
    if not published:
        return []
    return rest_rows(one for one in rests_of(published, found.subject, day) if one.holds)


def _no_such_file(request: HttpRequest, lang: Language, subject: Subject, refusal: Refusal) -> HttpResponse:
    """The address names a day or a position of which there is no file."""
    context = {"code": refusal.code, "subject": subject}
    return page(request, lang, "no_such_file.html", context, section="search", status=400)


def _rulebooks(subject: Subject, day: date) -> list[Rulebook]:
    """The grades of the packs that this subject belongs to, in the versions of that day."""
    packs = {one.name for one in shelf.catalogue().packs if subject.scheme in schemes_of(one)}
    about = [one for one in shelf.rulebooks() if one.rulebook.pack in packs and one.in_force(day)]
    return [shelf.rule_shelf().on(one.rulebook.path, day) for one in about if one.rulebook.kind is Kind.GRADE]


def _assessments(
    subject: Subject, position: int, reader: Reader, publicity: Publicity
) -> tuple[AssessmentView, ...]:
    """By the rulebooks of the packs that this subject belongs to: no restaurant of one city is told that
    the rules of another cannot tell."""
    packs = shelf.packs_about(subject.scheme)
    found = assessments_of(subject.pk, shelf.rule_shelf(), reader, publicity, position, items=shelf.items())
    return tuple(one for one in found if one.rulebook.partition("/")[0] in packs)


def _name(found: File, lang: Language) -> str:
    """The newest name in the reader's language; where the ledger has none, the newest of all."""
    current = [one for one in found.names if not one.former]
    return next((one.text for one in current if one.language == lang.value), found.name)


def _other_names(found: File, lang: Language) -> tuple[tuple[str, bool], ...]:
    """The other names, each with whether it is a former one."""
    names: dict[str, bool] = {}
    for one in found.names:
        if one.text != _name(found, lang):
            names[one.text] = names.get(one.text, True) and one.former
    return tuple(sorted(names.items(), key=lambda pair: pair[1]))


def _ties(found: File, lang: Language, reader: Reader) -> tuple[tuple[TieEntry, str], ...]:
    names = names_in(lang, [one.other.pk for one in found.ties], reader) if found.ties else {}
    return tuple((one, names.get(one.other.pk, one.other_name)) for one in found.ties)


def _identifiers(found: File) -> tuple[tuple[str, str], ...]:
    """Identifiers besides the primary one: legacy numbers, and the primary ones of merged subjects."""
    primary = (found.subject.scheme, found.subject.identifier)
    merged: list[Subject] = list(found.merged)
    others = [*found.identifiers, *((one.scheme, one.identifier) for one in merged)]
    return tuple(one for one in dict.fromkeys(others) if one != primary)
