"""An account with what it may act as today, and whether it has a second factor: one statement for every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.office.models import Account
from goodstanding.office.statements import columns, fields, made, row_of
from goodstanding.procedures.models import Appointment, Mandate
from goodstanding.procedures.queries import Viewer

_APPOINTMENT = fields(
    Appointment, "id public_id account authority level division head from_on to_on event_id"
)
_MANDATE = fields(Mandate, "id public_id account subject_id from_on to_on event_id")
_HOLDS = (
    '{0}.account = %(key)s AND {0}.from_on <= %(day)s AND {0}.to_on > %(day)s AND NOT EXISTS (SELECT FROM \
procedures_withdrawal w WHERE w.{1} = {0}.id AND w."on" <= %(day)s)'
)

_ACCOUNT = fields(Account, " ".join(one.attname for one in Account._meta.concrete_fields))

STATEMENT = f"""
SELECT {columns(_ACCOUNT, "u")},
    (SELECT json_agg(json_build_array({columns(_APPOINTMENT, "a")}) ORDER BY a.id)
        FROM procedures_appointment a WHERE {_HOLDS.format("a", "appointment_id")}),
    (SELECT json_agg(json_build_array({columns(_MANDATE, "m")}) ORDER BY m.id)
        FROM procedures_mandate m WHERE {_HOLDS.format("m", "mandate_id")}),
    EXISTS (SELECT FROM mfa_authenticator f WHERE f.user_id = u.id)
FROM office_account u WHERE u.id = %(account)s
"""


@dataclass(frozen=True)
class Capacities:
    """What an account may act as on a day, as `Viewer.of` has it, and whether it has a second factor."""

    day: date
    viewer: Viewer
    factor: bool


def account_of(key: UUID, day: date) -> tuple[Account, Capacities] | None:
    """An account with its capacities of a day, which it keeps; None if there is none."""
    row = row_of(STATEMENT, {"account": key, "key": str(key), "day": day})
    if row is None:
        return None
    (account,) = made(Account, _ACCOUNT, [row[: len(_ACCOUNT)]])
    appointments, mandates, factor = row[len(_ACCOUNT) :]
    viewer = Viewer(
        tuple(made(Appointment, _APPOINTMENT, appointments)), tuple(made(Mandate, _MANDATE, mandates))
    )
    account.capacities = held = Capacities(day, viewer, factor)
    return account, held


def capacities(account: Account, day: date) -> Capacities:
    """What was read with the account, or is read now: the account of a request may have come otherwise."""
    held = account.capacities
    if isinstance(held, Capacities) and held.day == day:
        return held
    read = account_of(account.pk, day)
    return read[1] if read else Capacities(day, Viewer(), factor=False)
