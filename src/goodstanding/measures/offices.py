"""Offices: who acts for an authority, named without the person."""

from __future__ import annotations

from datetime import date

from goodstanding.core.errors import Refusal
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.queries import appointments_of


def office_of(appointment: Appointment) -> str:
    """The office as the ledger's events and the log name it: authority, level and place."""
    return f"{appointment.authority} {appointment.level} {appointment.division}".strip()


def acting_for(account: str, authority: str, day: date) -> Appointment:
    """The appointment by which an account acts for an authority on a day.

    Raises:
        Refusal: GS-COUNTER-010 if it has none.
    """
    found = appointments_of(account, day).filter(authority=authority).order_by("pk").first()
    if found is None:
        raise Refusal(
            "GS-COUNTER-010",
            f"This account is no official of {authority} on {day}.",
            why="Only who is appointed by an authority acts for it.",
            remedy="Act for your own authority, or have the appointment renewed.",
        )
    return found
