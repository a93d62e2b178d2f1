"""What every answer says about itself to the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


class PortalHeaders:
    """Nothing from elsewhere is loaded, and no page is kept without being asked for again.

    A page may lose an entry any day (it ends, or is erased); a cache that shows the old page would keep
    what must be gone. `no-cache` lets a browser keep a page only if it asks each time; the ETag makes
    asking cheap.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with the portal's headers."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
