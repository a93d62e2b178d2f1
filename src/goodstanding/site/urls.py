"""Addresses of the site: the public portal is all of it so far."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("goodstanding.portal.urls"))]
