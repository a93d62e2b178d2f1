"""The page of a credit file: today's, at the ledger's newest position, as anyone may read it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.core.reader import Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, TieEntry, find_subject, subject_file
from goodstanding.portal import shelf
from goodstanding.portal.filepage import PER_PAGE, read_entries, read_grades, verdict
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.queries import names_in, position_now
from goodstanding.portal.today import today
from goodstanding.standing.queries import AssessmentView, assessments_of


def file(request: HttpRequest, lang: Language, public_id: UUID) -> HttpResponse:
    """A subject's file; of one that was merged, the way to the file that it was merged into."""
    subject = find_subject(str(public_id))
    if subject is None:
        raise Http404
    reader = Reader.public()
    day, position = today(shelf.zone_of(subject.scheme)), position_now()
    publicity = Publicity(shelf.catalogue(), day)
    found = subject_file(subject, day=day, position=position, reader=reader, publicity=publicity)
    if found.subject.pk != subject.pk:
        return redirect("portal:file", lang=lang, public_id=found.subject.public_id)
    entries = read_entries(found.entries, today=day, lang=lang)
    assessments = _assessments(found.subject, position, reader, publicity)
    pages = Paginator(entries.shown, PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    return page(
        request,
        lang,
        "file.html",
        {
            "file": found,
            "name": _name(found, lang),
            "other_names": _other_names(found, lang),
            "identifiers": _identifiers(found),
            "verdict": verdict(entries),
            "grades": read_grades(assessments, entries, lang),
            "entries": entries,
            "shown": shown,
            "ties": _ties(found, lang),
        },
        section="search",
    )


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


def _ties(found: File, lang: Language) -> tuple[tuple[TieEntry, str], ...]:
    names = names_in(lang, [one.other.pk for one in found.ties]) if found.ties else {}
    return tuple((one, names.get(one.other.pk, one.other_name)) for one in found.ties)


def _identifiers(found: File) -> tuple[tuple[str, str], ...]:
    """Identifiers besides the primary one: legacy numbers, and the primary ones of merged subjects."""
    primary = (found.subject.scheme, found.subject.identifier)
    merged: list[Subject] = list(found.merged)
    others = [*found.identifiers, *((one.scheme, one.identifier) for one in merged)]
    return tuple(one for one in dict.fromkeys(others) if one != primary)
