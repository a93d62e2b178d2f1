"""Django app of the public portal."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages: search, credit files, packs. It reads, always as `Reader.public()`, and writes nothing."""

    name = "goodstanding.portal"
    label = "portal"
