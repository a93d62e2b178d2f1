"""What every template of the accounts speaks with: allauth's views know nothing of our languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from goodstanding.office.language import language_of, other_language
from goodstanding.portal.language import of_address


def in_words(request: HttpRequest) -> dict[str, Any]:
    """The language of a page whose address names none, and the way to the other. A view's own context comes first."""
    if of_address(request.path) is not None:
        return {}
    lang = language_of(request)
    return {"lang": lang, "switch": other_language(request, lang), "section": "account"}
