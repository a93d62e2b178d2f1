"""What is told to the offices that owe orders: that orders were given or ended, that measures rest, what is not lifted.

An office is told by the channels of its officials; of authorities of which nobody named one, nothing is put down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from goodstanding.catalogue.chasing import Told
from goodstanding.office.models import Alert, Channel
from goodstanding.procedures.models import Appointment

_COUNTY = 6
"""Digits of the division of an office that has none below it."""
_PLACED = """
FROM measures_order o JOIN measures_body b ON b.id = o.authority_id
JOIN measures_memorandumversion f ON f.id = o.memorandum_id
JOIN procedures_step s ON s.record_id = o.record_id AND s.act = 'serve_decision'
JOIN procedures_case k ON k.id = s.case_id
"""
_GIVEN = f"""
SELECT 'ordered', o.event_id, b.path, k.division, CASE WHEN o.event_id = o.record_id >> 32 THEN '' ELSE f.path END,
    count(*) {_PLACED} WHERE o.event_id = ANY (%(events)s) AND b.path = ANY (%(authorities)s) GROUP BY 1, 2, 3, 4, 5
UNION ALL
SELECT 'to_lift', l.event_id, b.path, k.division, CASE WHEN r.id IS NULL THEN '' ELSE f.path END, count(*) {_PLACED}
    JOIN measures_lifting l ON l.order_id = o.id LEFT JOIN measures_repeal r ON r.order_id = o.id
    WHERE l.event_id = ANY (%(events)s) AND b.path = ANY (%(authorities)s) GROUP BY 1, 2, 3, 4, 5
ORDER BY 2, 1, 3, 4, 5
"""
_CHASED = f"""
SELECT c.event_id, b.path, k.division, c.number, c.told, count(*) {_PLACED}
    JOIN measures_reminder c ON c.order_id = o.id
    WHERE c.event_id = ANY (%(events)s) AND b.path = ANY (%(authorities)s) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Seat:
    """Where an account acts as an official: an authority, the prefix of its division, whether as its head."""

    authority: str
    division: str
    head: bool

    def hears(self, alert: Alert) -> bool:
        """Whether an alert for offices is for this one."""
        if alert.authority != self.authority or not alert.division.startswith(self.division):
            return False
        if alert.to == Alert.To.HEAD:
            return self.head
        return alert.to != Alert.To.ABOVE or len(self.division) < _COUNTY

    def heard(self) -> Q:
        """The alerts that this office hears, but for the place, which `hears` asks."""
        to = [Alert.To.OFFICE, *([Alert.To.HEAD] if self.head else [])]
        to += [Alert.To.ABOVE] if len(self.division) < _COUNTY else []
        return Q(authority=self.authority, to__in=to, division__startswith=self.division)


def seats(day: date, accounts: Sequence[str] | None = None) -> dict[str, tuple[Seat, ...]]:
    """Account → where it acts as an official on a day."""
    rows = Appointment.objects.filter(Q(withdrawn__isnull=True) | Q(withdrawn__on__gt=day))
    rows = rows.filter(from_on__lte=day, to_on__gt=day).order_by("pk")
    if accounts is not None:
        rows = rows.filter(account__in=accounts)
    found: dict[str, tuple[Seat, ...]] = {}
    for account, authority, division, head in rows.values_list("account", "authority", "division", "head"):
        found[account] = (*found.get(account, ()), Seat(authority, division, head))
    return found


def told_authorities(day: date) -> set[str]:
    """The authorities of which somebody asked to be told."""
    channels = Channel.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    keys = [str(one) for one in channels.values_list("account", flat=True).distinct()]
    return {one.authority for each in seats(day, keys).values() for one in each}


def orders_of_offices(events: Mapping[int, date], authorities: set[str]) -> Iterator[Alert]:
    """Orders that were given and that ended, for each office, event and memorandum one alert with their number."""
    given = {"events": list(events), "authorities": sorted(authorities)}
    for kind, event, authority, division, memorandum, number in _rows(_GIVEN, given):
        about = f"{kind}:{event}:{authority}:{division}:{memorandum}"
        detail = f"{number} {memorandum}".strip()
        yield for_office(None, kind, about, detail, events[event], (authority, division))


def reminders_of_offices(events: Mapping[int, date], authorities: set[str]) -> Iterator[Alert]:
    """What was not lifted in time: to the office, to its head, to the offices above it, with how many they are."""
    given = {"events": list(events), "authorities": sorted(authorities)}
    for event, authority, division, number, told, orders in _rows(_CHASED, given):
        about = f"unlifted:{event}:{authority}:{division}:{number}"
        to = {Told.OFFICE: Alert.To.OFFICE, Told.HEAD: Alert.To.HEAD}.get(Told(told), Alert.To.ABOVE)
        place, on = (authority, division), events[event]
        yield for_office(None, "unlifted", about, f"{orders} {told}", on, place, to=to)


def for_office(
    subject: int | None,
    kind: str,
    about: str,
    detail: str,
    on: date,
    place: tuple[str, str],
    *,
    until: date | None = None,
    to: Alert.To = Alert.To.OFFICE,
) -> Alert:
    """An alert for the office of an authority at a place; its name is kept as a digest, for paths are long."""
    authority, division = place
    return Alert(
        subject_id=subject,
        kind=kind,
        about=Alert.short(about),
        detail=detail[:200],
        on=on,
        until=until,
        tell_by=on + timedelta(days=3),
        authority=authority,
        division=division,
        to=to,
    )


def _rows(statement: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
