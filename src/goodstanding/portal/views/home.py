"""The first page: the search, what is in the ledger, what came last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goodstanding.core.reader import Reader
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.queries import holdings, newest_deliveries


def home(request: HttpRequest, lang: Language) -> HttpResponse:
    """Search form, sums, newest deliveries, packs."""
    reader = Reader.public()
    return page(
        request,
        lang,
        "home.html",
        {
            "holdings": holdings(reader),
            "deliveries": newest_deliveries(reader),
            "packs": shelf.catalogue().packs,
        },
        section="search",
    )
