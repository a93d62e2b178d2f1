"""Whether a rulebook may be asked about a day."""

from __future__ import annotations

from datetime import date

from .model import Rulebook, invalid


def check_day(rulebook: Rulebook, on: date) -> None:
    """Refusal GS-RULES-026 if the rulebook is not in force on that day."""
    ends = rulebook.in_force_to
    if on < rulebook.in_force_from or (ends is not None and on >= ends):
        until = f" until {ends.isoformat()}" if ends else ""
        raise invalid(
            26,
            f"{rulebook.path} is not in force on {on.isoformat()}",
            why=f"it is in force from {rulebook.in_force_from.isoformat()}{until} (that day not included)",
            remedy="choose the version of the rulebook that is in force on the day",
        )
