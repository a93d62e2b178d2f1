"""What the operator does with accounts: makes them, and says what each may do."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.queries import find_subject
from goodstanding.ledger.writing import OPERATOR as OWNER
from goodstanding.office.accounts.passwords import initial_password
from goodstanding.office.acting import OPERATOR, acting
from goodstanding.office.models import Account, Change
from goodstanding.procedures.acting import appoint, mandate
from goodstanding.procedures.models import Appointment, Mandate

LEVELS = {"national": 0, "provincial": 2, "municipal": 4, "county": 6}
"""Level of an office → digits of the division that it covers."""

Term = tuple[date, date]  # [from, to)


def make(name: str, *, email: str, shown_as: str, reason: str = "") -> tuple[Account, str]:
    """A new account and its first password; `reason` stays in its history.

    Raises:
        Refusal: GS-OFFICE-001 if the name or the address is taken, or is none.
    """
    try:
        validate_email(email)
        well_formed = bool(name) and name == name.strip() and " " not in name and len(name) <= 64
    except ValidationError:
        well_formed = False
    taken = Account.objects.filter(username=name) | Account.objects.filter(email=email)
    if not well_formed or taken.exists():
        raise Refusal(
            "GS-OFFICE-001",
            "No account can be made with this name and address.",
            where=f"{name} {email}",
            why="One of them is taken, or is none: a name has no spaces, and at most 64 letters.",
            remedy="Choose others.",
        )
    password = initial_password()
    with acting(OPERATOR, reason):
        return Account.objects.make(name, email=email, shown_as=shown_as, password=password), password


def named(name: str) -> Account:
    """The account that signs in with a name. Raises GS-OFFICE-002 if there is none."""
    found = Account.objects.filter(username=name).first()
    if found is None:
        raise Refusal(
            "GS-OFFICE-002",
            "There is no account of this name.",
            where=name,
            remedy="See “goodstanding account list”, or make it with “goodstanding account add”.",
        )
    return found


def reset(account: Account, reason: str = "") -> str:
    """A new first password; second factors are gone, and sessions end with the old password."""
    password = initial_password()
    with acting(OPERATOR, reason):
        account.set_password(password)
        account.password_is_initial = True
        account.save(update_fields=["password", "password_is_initial"])
        Authenticator.objects.filter(user=account).delete()
    return password


def appointed(
    account: Account,
    authority: str,
    *,
    level: str,
    division: str,
    head: bool,
    term: Term,
    catalogue: Catalogue,
    clock: Clock,
    actor: str,
    reason: str = "",
) -> Appointment:
    """Appoint an account.

    Raises:
        Refusal: GS-OFFICE-005 for an authority that no pack has; -006 for a level or place that do not go together.
    """
    if authority not in {one.path for pack in catalogue.packs for one in pack.authorities}:
        raise Refusal(
            "GS-OFFICE-005",
            "No pack has this authority.",
            where=authority,
            remedy="Name it as the pack does, for instance cn/samr.",
        )
    digits = LEVELS.get(level)
    if digits is None or len(division) < digits or not (division or "0").isdecimal():
        raise Refusal(
            "GS-OFFICE-006",
            "Level and division do not name an office.",
            where=f"--level {level} --division {division}",
            why="A provincial office covers two digits of a division code, a municipal one four, a county's six.",
            remedy="Name the level and the code of its place, for instance --level county --division 990105.",
        )
    made = appoint(
        account.key,
        authority,
        level=level,
        division=division,
        head=head,
        from_on=term[0],
        to_on=term[1],
        clock=clock,
        actor=actor,
    )
    _note(made, reason)
    return made


def mandated(
    account: Account, organisation: str, *, term: Term, clock: Clock, actor: str, reason: str = ""
) -> Mandate:
    """Let an account act for an organisation. Raises GS-OFFICE-007 if no such organisation is public."""
    subject = find_subject(organisation)
    if subject is None:
        raise Refusal(
            "GS-OFFICE-007",
            "There is no such organisation.",
            where=organisation,
            remedy="Name its identifier, or the public id of its file.",
        )
    made = mandate(account.key, subject, from_on=term[0], to_on=term[1], clock=clock, actor=actor)
    _note(made, reason)
    return made


def _note(role: Appointment | Mandate, reason: str) -> None:
    """Why a role was given. The ledger says who gave it and when; commands alone write this, as the owner."""
    if reason.strip():
        Change.objects.using(OWNER).create(
            what=Change.What.ROLE,
            how=Change.How.MADE,
            key=str(role.public_id),
            account=role.account,
            who=OPERATOR,
            why=reason.strip()[:400],
            at=timezone.now(),
        )


def role_with(public_id: UUID) -> Appointment | Mandate:
    """The appointment or mandate with a public id. Raises GS-OFFICE-003 if there is none, -008 if it was ended."""
    found: Appointment | Mandate | None = (
        Appointment.objects.filter(public_id=public_id).first()
        or Mandate.objects.filter(public_id=public_id).first()
    )
    if found is None:
        raise Refusal(
            "GS-OFFICE-003",
            "There is no such appointment or mandate.",
            where=str(public_id),
            remedy="Copy its public id from “goodstanding account list”.",
        )
    if hasattr(found, "withdrawn"):
        raise Refusal(
            "GS-OFFICE-008",
            "It was ended already.",
            where=str(public_id),
            why=f"On {found.withdrawn.on}: {found.withdrawn.reason}",
            remedy="Nothing is left to do.",
        )
    return found
