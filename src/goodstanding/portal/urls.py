"""Addresses of the public pages: each in both languages, and without one a way to the reader's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from goodstanding.portal.language import LanguageConverter
from goodstanding.portal.views import about, entrance, file, health, home, packs, searching

register_converter(LanguageConverter, "lang")

pages: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search", searching.searching, name="search"),
    path("file/<uuid:public_id>", file.file, name="file"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<str:pack>/", packs.pack, name="pack"),
    path("packs/<str:pack>/catalogue", packs.catalogue, name="catalogue"),
    path("packs/<str:pack>/catalogue/<path:item>", packs.item, name="item"),
    path("packs/<str:pack>/rulebooks/<path:path>", packs.rulebook, name="rulebook"),
    path("packs/<str:pack>/refused", packs.refused, name="refused"),
    path("packs/<str:pack>/authorities", packs.authorities, name="authorities"),
    path("packs/<str:pack>/lists", packs.lists, name="lists"),
    path("packs/<str:pack>/publicity", packs.publicity, name="publicity"),
    path("about", about.about, name="about"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("<lang:lang>/", include((pages, "portal"))),
    path("", entrance.entrance),
    path("<path:rest>", entrance.entrance),
]
