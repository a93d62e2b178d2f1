"""No request is read that is larger than anything a form of ours can send."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goodstanding.office.uploads import LARGEST

_MOST = LARGEST + 512 * 1024  # a document and the fields around it


class BoundedBody:
    """Refuses a body by its stated length, before anything reads it. One without a stated length has none here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 for what is too large."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if not stated.isdecimal() or int(stated) > _MOST:
            return HttpResponse("413", status=413, content_type="text/plain")
        return self.get_response(request)
