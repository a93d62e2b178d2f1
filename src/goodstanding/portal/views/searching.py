"""Search by name or identifier. Names of persons are not searched: they have no index to be found by."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.ledger.models import Subject
from goodstanding.ledger.queries import search
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.queries import names_in

LIMIT = 50
LONGEST = 100  # characters of a query


@dataclass(frozen=True)
class Hit:
    """A subject that was found; `by` is the other name that led to it, if it was not the one it has now."""

    subject: Subject
    name: str
    by: str


def searching(request: HttpRequest, lang: Language) -> HttpResponse:
    """The form and, with a query, at most `LIMIT` subjects."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    person = personal_number_in(query) is not None
    if person:
        query = ""  # neither searched nor shown again
    hits = _hits(query, lang) if query else []
    context = {
        "query": query,
        "person": person,
        "hits": hits[:LIMIT],
        "more": len(hits) > LIMIT,
        "limit": LIMIT,
    }
    return page(request, lang, "search.html", context, section="search")


def _hits(query: str, lang: Language) -> list[Hit]:
    found = search(query, limit=LIMIT + 1)
    names = names_in(lang, [subject.pk for subject, _ in found])
    hits = []
    for subject, matched in found:
        name = names.get(subject.pk, subject.identifier)
        hits.append(Hit(subject, name, "" if matched in (name, subject.identifier) else matched))
    return hits
