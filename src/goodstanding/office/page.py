"""One way for every view of the office to show a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodstanding.portal.language import Language


def page(
    request: HttpRequest,
    lang: Language,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the office in a language, with the way to the same page in the other."""
    switch = f"/{lang.other}{request.get_full_path().removeprefix(f'/{lang}')}"
    return render(
        request,
        f"office/{template}",
        {"lang": lang, "switch": switch, "section": "work", **context},
        status=status,
    )
