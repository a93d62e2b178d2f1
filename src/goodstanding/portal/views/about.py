"""What this is, and what it refuses to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goodstanding.portal.language import Language
from goodstanding.portal.page import page

REFUSALS = (
    "organisations",
    "roles",
    "points",
    "domains",
    "instrument",
    "official",
    "measure",
    "ends",
    "recomputed",
)


def about(request: HttpRequest, lang: Language) -> HttpResponse:
    """The nine clauses of the design's first section, in a reader's words."""
    return page(request, lang, "about.html", {"refusals": REFUSALS}, section="about")
