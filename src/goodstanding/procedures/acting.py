"""Who acts in a case, and the versions of procedures that cases are held to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event, Subject
from goodstanding.ledger.writing import writing
from goodstanding.procedures.models import Appointment, Mandate, ProcedureVersion, Withdrawal

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
    with writing(Event.Kind.CASE, actor=actor, clock=clock) as event:
        return Appointment.objects.create(
            account=account,
            authority=authority,
            level=level,
            division=division[: _DIGITS[level]],
            head=head,
            from_on=from_on,
            to_on=to_on,
            event=event,
        )


def mandate(
    account: str, subject: Subject, *, from_on: date, to_on: date, clock: Clock, actor: str
) -> Mandate:
    """Let an account act for an organisation, from a day to a day."""
    with writing(Event.Kind.CASE, actor=actor, clock=clock) as event:
        return Mandate.objects.create(
            account=account, subject=subject, from_on=from_on, to_on=to_on, event=event
        )


def withdraw(of: Appointment | Mandate, *, on: date, reason: str, clock: Clock, actor: str) -> Withdrawal:
    """End an appointment or a mandate before its day."""
    with writing(Event.Kind.CASE, actor=actor, clock=clock) as event:
        return Withdrawal.objects.create(
            appointment=of if isinstance(of, Appointment) else None,
            mandate=of if isinstance(of, Mandate) else None,
            on=on,
            reason=reason,
            event=event,
        )


def version_of(procedure: Procedure, event: Event) -> ProcedureVersion:
    """The version that the database knows, written with its first case."""
    known = ProcedureVersion.objects.filter(digest=procedure.digest).first()
    if known is not None:
        return known
    statement = procedure.stage(Act.STATE)
    listing = procedure.listing if procedure.kind is CaseKind.LISTING else None
    return ProcedureVersion.objects.create(
        path=procedure.path,
        digest=procedure.digest,
        kind=procedure.kind.value,
        authority=procedure.authority,
        levels=list(procedure.levels),
        reviewed_by=procedure.reviewed_by,
        officials=procedure.officials,
        statement_days=statement.within.amount if statement and statement.within else None,
        item=listing.item if listing else "",
        months=listing.months if listing else None,
        event=event,
    )
