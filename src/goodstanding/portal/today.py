"""The day of the pages."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from goodstanding.core.clock import Clock


def today(zone: str = "UTC") -> date:
    """The civil day in an authority's zone; a fixed one where the settings pin it (demo, tests)."""
    fixed = getattr(settings, "GOODSTANDING_TODAY", "")
    return Clock(date.fromisoformat(fixed) if fixed else None).today(zone)
