"""Search by name or identifier. Names of persons are not searched: they have no index to be found by."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.core.reader import Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.searching import Found, search
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
    """The form and, with a query, how many subjects were found and a page of `LIMIT` of them."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    person = personal_number_in(query) is not None
    if person:
        query = ""  # neither searched nor shown again
    number = _number(request.GET.get("page", ""))
    reader, found = Reader.public(), Found((), 0, False)
    if query:
        found = search(query, reader, limit=LIMIT, offset=(number - 1) * LIMIT)
    last = max(1, -(-found.total // LIMIT))
    if number > last:
        number = last
        found = search(query, reader, limit=LIMIT, offset=(last - 1) * LIMIT)
    context = {
        "query": query,
        "person": person,
        "hits": _hits(found, lang, reader),
        "found": found,
        "number": number,
        "last": last,
        "first_shown": (number - 1) * LIMIT + 1,
        "last_shown": (number - 1) * LIMIT + len(found.hits),
        "before": _address(query, number - 1) if number > 1 else "",
        "after": _address(query, number + 1) if number < last else "",
    }
    return page(request, lang, "search.html", context, section="search")


def _number(text: str) -> int:
    """The page that an address asks for; the first one where it asks for none."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _address(query: str, number: int) -> str:
    return "?" + urlencode({"q": query, "page": number})


def _hits(found: Found, lang: Language, reader: Reader) -> list[Hit]:
    names = names_in(lang, [subject.pk for subject, _ in found.hits], reader)
    hits = []
    for subject, matched in found.hits:
        name = names.get(subject.pk, subject.identifier)
        hits.append(Hit(subject, name, "" if matched in (name, subject.identifier) else matched))
    return hits
