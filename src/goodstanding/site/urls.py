"""Addresses of the site: the public portal is all of it so far."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("goodstanding.portal.urls"))]

handler400 = "goodstanding.portal.views.errors.bad_request"
handler404 = "goodstanding.portal.views.errors.not_found"
handler500 = "goodstanding.portal.views.errors.failed"
