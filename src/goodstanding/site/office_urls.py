"""Addresses of the process that serves the office: accounts, workbench and desk beside the public portal."""

from __future__ import annotations

from django.urls import include, path

from goodstanding.office import urls as office
from goodstanding.portal import urls as portal

urlpatterns = [
    path("account/", include(office.accounts)),
    *office.entrances,
    path("<lang:lang>/office/", include((office.workbench, "office"))),
    path("<lang:lang>/desk/", include((office.counter, "desk"))),
    path("", include(portal)),
]

handler400 = "goodstanding.portal.views.errors.bad_request"
handler404 = "goodstanding.portal.views.errors.not_found"
handler500 = "goodstanding.portal.views.errors.failed"
