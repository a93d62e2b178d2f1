"""What the office works with: the packs, the home, the clock and the calendar of the process that serves it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.portal import shelf
from goodstanding.portal.today import today
from goodstanding.procedures.steps import Office


def home() -> Home:
    """The home of the process that serves the office."""
    return Home(Path(os.environ["GOODSTANDING_SERVED_HOME"]))


def workplace(pack: str) -> Office:
    """What actions on cases of a pack need."""
    fixed = os.environ.get("GOODSTANDING_SERVED_TODAY", "")
    return Office(
        catalogue=shelf.catalogue(),
        home=home(),
        clock=Clock(date.fromisoformat(fixed) if fixed else None),
        calendar=calendar_of(pack),
    )


@cache
def calendar_of(pack: str) -> Calendar:
    """The calendar of a pack. Raises GS-OFFICE-009 where the pack is not here, or has none."""
    found = shelf.pack_named(pack)
    path = found.folder / "calendar.yaml" if found else None
    if path is None or not path.exists():
        raise Refusal(
            "GS-OFFICE-009",
            "Cases of this pack cannot be worked on here.",
            where=pack,
            why="Its terms are counted by a calendar of working days.",
            remedy="Name the pack with --pack.",
        )
    return Calendar.load(path)


def day_in(pack: str) -> date:
    """The civil day where the authorities of a pack are."""
    found = shelf.pack_named(pack)
    return today(found.zone if found else "UTC")


def working_days(calendar: Calendar, after: date, until: date) -> int:
    """How many working days lie after a day, up to another and with it."""
    days = (until - after).days
    return sum(calendar.is_working(after + timedelta(days=one)) for one in range(1, days + 1))
