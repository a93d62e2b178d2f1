"""What every template of the accounts speaks with: allauth's views know nothing of our languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from goodstanding.office.language import language_of, other_language
from goodstanding.portal.language import of_address


def in_words(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in; and of a page whose address names none, the language and the way to the other.

    A view's own context comes first. Whoever is signed in is looked up only by the templates that ask.
    """
    known = {"user": getattr(request, "user", None)}
    if of_address(request.path) is not None:
        return known
    lang = language_of(request)
    return {**known, "lang": lang, "switch": other_language(request, lang), "section": "account"}
