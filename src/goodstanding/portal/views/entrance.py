"""Addresses without a language lead to the page in the language that the browser asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from goodstanding.portal.language import of_address, preferred


def entrance(request: HttpRequest, rest: str = "") -> HttpResponse:
    """`/file/…` → `/en/file/…` or `/zh/file/…`; 404 where there is no such page in any language."""
    query = request.get_full_path().removeprefix(request.path)
    if of_address(request.path) is not None:
        wanted = [f"/{rest}/"]
    else:
        lang = preferred(request.headers.get("Accept-Language", ""))
        wanted = [f"/{lang}/{rest}", f"/{lang}/{rest}/"]
    for address in wanted:
        if _is_page(address):
            response = HttpResponseRedirect(address + query)
            patch_vary_headers(response, ["Accept-Language"])
            return response
    raise Http404


def _is_page(address: str) -> bool:
    try:
        return resolve(address).namespace == "portal"
    except Resolver404:
        return False
