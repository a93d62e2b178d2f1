"""Whose matters are told, and to which accounts: mandates in force on a day, and what lies below them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from goodstanding.office.alerts.offices import Seat, seats
from goodstanding.office.below import below
from goodstanding.office.models import Alert
from goodstanding.procedures.models import Mandate


@dataclass
class Watched:
    """Of one account: the organisations that it acts for, each with its first day, and those below them; its offices.

    Of what lies below without a mandate, the account learns what everyone may know.
    """

    own: dict[int, date] = field(default_factory=dict)
    lower: dict[int, date] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()

    def concerned(self) -> Q:
        """The alerts that this account is told."""
        found = Q(authority="", subject__in=list(self.own))
        found |= Q(authority="", subject__in=list(self.lower), open=True)
        for one in self.seats:
            found |= one.heard()
        return found

    def may_know(self, alert: Alert) -> bool:
        """Whether an alert is still for this account."""
        if alert.authority:
            return any(one.hears(alert) for one in self.seats)
        return alert.subject_id in self.own or (alert.open and alert.subject_id in self.lower)


def watched(day: date, accounts: Iterable[str] | None = None) -> dict[str, Watched]:
    """Account → what it watches on a day."""
    accounts = None if accounts is None else set(accounts)
    rows = Mandate.objects.filter(Q(withdrawn__isnull=True) | Q(withdrawn__on__gt=day))
    rows = rows.filter(from_on__lte=day, to_on__gt=day)
    if accounts is not None:
        rows = rows.filter(account__in=accounts)
    found: dict[str, Watched] = {}
    for account, subject, since in rows.values_list("account", "subject_id", "from_on"):
        own = found.setdefault(account, Watched()).own
        own[subject] = min(since, own.get(subject, since))
    lower = below({one for each in found.values() for one in each.own}, day)
    for each in found.values():
        for top, since in each.own.items():
            for one in lower[top]:
                if one not in each.own:
                    each.lower[one] = min(since, each.lower.get(one, since))
    for account, held in seats(day, None if accounts is None else sorted(accounts)).items():
        found.setdefault(account, Watched()).seats = held
    return found


def since(found: Iterable[Watched]) -> dict[int, date]:
    """Every organisation that somebody watches → the first day from which anybody does."""
    first: dict[int, date] = {}
    for each in found:
        for one, day in [*each.own.items(), *each.lower.items()]:
            first[one] = min(day, first.get(one, day))
    return first
