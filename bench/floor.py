"""The office's addresses, and one more: an empty page for whoever is signed in, behind the same middleware."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from goodstanding.site import office_urls


def floor(request: HttpRequest) -> HttpResponse:
    """Nothing, once the session and the account are known."""
    return HttpResponse("" if request.user.is_authenticated else "nobody", status=200)


urlpatterns: list[Any] = [path("floor", floor), *office_urls.urlpatterns]
