"""Which file a reader asks for: of which day, as known at which position of the ledger.

Without either it is today's at the newest position. Another day or position is a look back: what has ended
or left the pages since stays away, and so do holders of offices, who are named only while in office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from goodstanding.core.errors import Refusal

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Asked:
    """The day and the position of a page, and whether it is another than today's at the newest position."""

    day: date
    position: int
    then: bool

    @property
    def own(self) -> str:
        """The query that gives this very page at any time."""
        return urlencode({"day": self.day.isoformat(), "position": self.position})

    @property
    def kept(self) -> str:
        """What links of the page begin their query with, so that they stay with the day and position."""
        return self.own + "&" if self.then else ""


def asked_of(request: HttpRequest, *, today: date, newest: int) -> Asked:
    """What an address asks for.

    Raises:
        Refusal: GS-PORTAL-002 no day; GS-PORTAL-003 a day that has not come; GS-PORTAL-004 no position.
    """
    day = _day(request.GET.get("day", ""), today)
    position = _position(request.GET.get("position", ""), newest)
    return Asked(day, position, (day, position) != (today, newest))


def _day(text: str, today: date) -> date:
    if not text:
        return today
    remedy = "Write it as year-month-day: 2026-03-31."
    if not _DAY.fullmatch(text):
        raise Refusal("GS-PORTAL-002", "The address names no day.", where="day", remedy=remedy)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal("GS-PORTAL-002", "The address names no day.", where="day", remedy=remedy) from None
    if day > today:
        raise Refusal(
            "GS-PORTAL-003",
            "That day has not come yet.",
            where="day",
            why="Nobody knows what will be decided until then.",
            remedy="Name today or a day before it.",
        )
    return day


def _position(text: str, newest: int) -> int:
    if not text:
        return newest
    # Eighteen digits are more than the ledger will ever count, and no more than the database can compare.
    if not (text.isascii() and text.isdecimal() and len(text) <= 18 and 1 <= int(text) <= newest):
        raise Refusal(
            "GS-PORTAL-004",
            "The ledger has no such position.",
            where="position",
            remedy="Name a whole number from 1 to the newest position.",
        )
    return int(text)
