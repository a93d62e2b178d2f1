"""Addresses of the public pages: each in both languages, and without one a way to the reader's."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.views.decorators.http import require_safe

from goodstanding.portal.language import LanguageConverter
from goodstanding.portal.views import (
    about,
    cases,
    entrance,
    file,
    health,
    home,
    log,
    orders,
    packs,
    procedures,
    searching,
)

register_converter(LanguageConverter, "lang")


def _page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page that can only be read: nothing can be posted to the portal."""
    return path(route, require_safe(view), name=name)


pages: list[URLPattern | URLResolver] = [
    _page("", home.home, "home"),
    _page("search", searching.searching, "search"),
    _page("file/<uuid:public_id>", file.file, "file"),
    _page("case/<uuid:public_id>", cases.case, "case"),
    _page("discretion", cases.discretion, "discretion"),
    _page("orders", orders.orders, "orders"),
    _page("orders/<path:authority>", orders.one_authority, "authority"),
    _page("packs/", packs.packs, "packs"),
    _page("packs/<str:pack>/", packs.pack, "pack"),
    _page("packs/<str:pack>/catalogue", packs.catalogue, "catalogue"),
    _page("packs/<str:pack>/catalogue/<path:item>", packs.item, "item"),
    _page("packs/<str:pack>/rulebooks/<path:path>", packs.rulebook, "rulebook"),
    _page("packs/<str:pack>/coverage", packs.coverage, "coverage"),
    _page("packs/<str:pack>/refused", packs.refused, "refused"),
    _page("packs/<str:pack>/authorities", packs.authorities, "authorities"),
    _page("packs/<str:pack>/lists", packs.lists, "lists"),
    _page("packs/<str:pack>/procedures", procedures.procedures, "procedures"),
    _page("packs/<str:pack>/procedures/<path:path>", procedures.procedure, "procedure"),
    _page("packs/<str:pack>/measures", procedures.measures, "measures"),
    _page("packs/<str:pack>/memoranda", procedures.memoranda, "memoranda"),
    _page("packs/<str:pack>/publicity", packs.publicity, "publicity"),
    _page("about", about.about, "about"),
    _page("log", log.log, "log"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    _page("healthz", health.healthz, "healthz"),
    _page("log/checkpoint", log.checkpoint, "checkpoint"),
    _page("log/tile/<path:rest>", log.tile, "tile"),
    path("<lang:lang>/", include((pages, "portal"))),
    _page("", entrance.entrance, "entrance"),
    _page("<path:rest>", entrance.entrance, "entrance"),
]
