"""Who acts in a case. Who may is said as the owner of the database: the role that acts cannot appoint itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.procedure import Party
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event, Subject
from goodstanding.ledger.saying import reason_of
from goodstanding.ledger.writing import OPERATOR, operating
from goodstanding.procedures.models import Appointment, Mandate, Withdrawal

_DIGITS = {"national": 0, "provincial": 2, "municipal": 4, "county": 6}


@dataclass(frozen=True)
class Actor:
    """One who takes a step: an official, with another who signs; a representative; or neither (machine, clock)."""

    party: Party
    appointment: Appointment | None = None
    second: Appointment | None = None
    mandate: Mandate | None = None

    @property
    def name(self) -> str:
        """What the ledger's event says: the office or the organisation's key, never a person."""
        if self.appointment is not None:
            return (
                f"{self.appointment.authority} {self.appointment.level} {self.appointment.division}".strip()
            )
        if self.mandate is not None:
            return f"representative of subject {self.mandate.subject_id}"
        return self.party.value


def appoint(
    account: str,
    authority: str,
    *,
    level: str,
    division: str = "",
    head: bool = False,
    from_on: date,
    to_on: date,
    clock: Clock,
    actor: str,
) -> Appointment:
    """Make an account an official of an authority, from a day to a day.

    Args:
        division: of the office, as a code or its prefix; cut to the digits of its level.
    """
    with operating(Event.Kind.CASE, actor=actor, clock=clock) as event:
        made = Appointment.objects.using(OPERATOR).create(
            account=account,
            authority=authority,
            level=level,
            division=division[: _DIGITS[level]],
            head=head,
            from_on=from_on,
            to_on=to_on,
            event=event,
        )
    return Appointment.objects.get(pk=made.pk)


def mandate(
    account: str, subject: Subject, *, from_on: date, to_on: date, clock: Clock, actor: str
) -> Mandate:
    """Let an account act for an organisation, from a day to a day."""
    with operating(Event.Kind.CASE, actor=actor, clock=clock) as event:
        made = Mandate.objects.using(OPERATOR).create(
            account=account, subject_id=subject.pk, from_on=from_on, to_on=to_on, event=event
        )
    return Mandate.objects.get(pk=made.pk)


def withdraw(of: Appointment | Mandate, *, on: date, reason: str, clock: Clock, actor: str) -> Withdrawal:
    """End an appointment or a mandate before its day. Raises GS-LEDGER-106 or -107 for the reason."""
    reason_of(reason)
    with operating(Event.Kind.CASE, actor=actor, clock=clock) as event:
        made = Withdrawal.objects.using(OPERATOR).create(
            appointment_id=of.pk if isinstance(of, Appointment) else None,
            mandate_id=of.pk if isinstance(of, Mandate) else None,
            on=on,
            reason=reason,
            event=event,
        )
    return Withdrawal.objects.get(pk=made.pk)
