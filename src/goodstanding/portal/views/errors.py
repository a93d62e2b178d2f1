"""Pages for what went wrong, each with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goodstanding.portal.language import Language, of_address, preferred
from goodstanding.portal.page import page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, _language(request), "not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return page(request, _language(request), "not_found.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500. Needs no database: that may be what failed."""
    return page(request, _language(request), "failed.html", status=500)


def _language(request: HttpRequest) -> Language:
    return of_address(request.path) or preferred(request.headers.get("Accept-Language", ""))
