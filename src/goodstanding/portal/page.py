"""One way for every view to show a page: language, switch, day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodstanding.portal.language import Language, of_address


def page(
    request: HttpRequest,
    lang: Language,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page in `lang`. `section` is the part of the navigation that it belongs to: search, packs, about."""
    return render(
        request,
        f"portal/{template}",
        {"lang": lang, "switch": _switch(request, lang), "section": section, **(context or {})},
        status=status,
    )


def _switch(request: HttpRequest, lang: Language) -> str:
    """The same page in the other language, query and all."""
    if of_address(request.path) is None:
        return f"/{lang.other}/"
    rest = request.get_full_path().removeprefix(f"/{lang}")
    return f"/{lang.other}{rest}"
