"""Whether a rulebook may be asked about a day."""

from __future__ import annotations

from datetime import date

from .model import Rulebook, invalid


def is_in_force(rulebook: Rulebook, on: date) -> bool:
    """Whether the day lies in [in_force_from, in_force_to)."""
    ends = rulebook.in_force_to
    return rulebook.in_force_from <= on and (ends is None or on < ends)


def check_day(rulebook: Rulebook, on: date) -> None:
    """Refusal GS-RULES-026 if the rulebook is not in force on that day, or no window can be worked out on it."""
    if on.year == date.min.year or on == date.max:
        raise invalid(
            26,
            f"{on.isoformat()} is no day of an assessment",
            why="windows reach back into the year before and up to the day after, and the calendar has none",
            remedy="choose another day",
        )
    if not is_in_force(rulebook, on):
        ends = rulebook.in_force_to
        until = f" until {ends.isoformat()}" if ends else ""
        raise invalid(
            26,
            f"{rulebook.path} is not in force on {on.isoformat()}",
            why=f"it is in force from {rulebook.in_force_from.isoformat()}{until} (that day not included)",
            remedy="choose the version of the rulebook that is in force on the day",
        )
