"""The day of the pages."""

from __future__ import annotations

import os
from datetime import date

from goodstanding.core.clock import Clock


def today(zone: str = "UTC") -> date:
    """The civil day in an authority's zone; a fixed one where `serve --today` pins it (demo, tests)."""
    fixed = os.environ.get("GOODSTANDING_SERVED_TODAY", "")
    return Clock(date.fromisoformat(fixed) if fixed else None).today(zone)
