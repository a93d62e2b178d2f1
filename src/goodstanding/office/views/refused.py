"""A form that did not come from a page of ours, or from one that had grown too old."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodstanding.office.language import language_of, other_language
from goodstanding.portal.language import of_address


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the browser sent no token of ours with the form."""
    lang = of_address(request.path) or language_of(request)
    context = {"lang": lang, "switch": other_language(request, lang), "section": ""}
    return render(request, "office/forged.html", context, status=403)
