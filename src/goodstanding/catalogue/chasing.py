"""How what was not lifted is chased: after how many working days over the term, and who is told (reminders.yaml).

No law states steps for this. A pack that states none has `STATED`: the decision record says why these (docs/adr/0025).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Told(StrEnum):
    """Who is told that a lifting was not reported in time; at last everyone, on the page of the authority."""

    OFFICE = "office"
    HEAD = "head"
    ABOVE = "above"
    PUBLIC = "public"


@dataclass(frozen=True)
class Reminder:
    """One step. `after`: working days since the last day for the report, at least 1."""

    after: int
    told: Told


STATED = (
    Reminder(1, Told.OFFICE),
    Reminder(5, Told.HEAD),
    Reminder(10, Told.ABOVE),
    Reminder(15, Told.PUBLIC),
)
"""Of a pack that states none."""
