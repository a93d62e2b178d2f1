"""What is not reported as lifted is chased: reminders grow with the days, by the steps of the pack, in sets."""

from __future__ import annotations

import json
from datetime import date

from django.db import connection

from goodstanding.catalogue.model import Pack
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.measures.queries import Lateness

_UNREPORTED = """
FROM measures_lifting l JOIN measures_order o ON o.id = l.order_id JOIN measures_body b ON b.id = o.authority_id
WHERE split_part(b.path, '/', 1) = %(pack)s AND l."on" < %(day)s
  AND NOT coalesce((SELECT r.done FROM measures_report r WHERE r.order_id = o.id AND r.about = 'lifted'
                    ORDER BY r.id DESC LIMIT 1), false)
"""
_GROUPS = f'SELECT DISTINCT l."on", o.lift_amount, o.lift_unit {_UNREPORTED} ORDER BY 1, 2, 3'
_NEW = f"""
{_UNREPORTED} AND NOT EXISTS (SELECT FROM measures_reminder m WHERE m.order_id = o.id AND m.number = w.number)
"""
_DUE = 'jsonb_to_recordset(%(due)s::jsonb) AS w("on" date, amount int, unit text, number int, told text, late int)'
_JOINED = _NEW.replace(
    "WHERE",
    f'JOIN {_DUE} ON w."on" = l."on" AND w.amount = o.lift_amount AND w.unit = o.lift_unit WHERE',
    1,
)
_ANY = f"SELECT EXISTS (SELECT {_JOINED})"
_REMIND = f"""
INSERT INTO measures_reminder (order_id, number, told, late, "on", event_id)
SELECT o.id, w.number, w.told, w.late, %(day)s, %(event)s {_JOINED} ORDER BY o.id, w.number
"""


def chase(pack: Pack, calendar: Calendar, clock: Clock) -> int:
    """Remind whoever is late, as far as the steps of the pack are due; returns how many reminders. Once each."""
    today = clock.today()  # the day of the event that bears the reminders: the guard holds them to it
    lateness = Lateness(today, calendar)
    due: list[dict[str, str | int]] = []
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, {"pack": pack.name, "day": today})
        for told_on, amount, unit in cursor.fetchall():
            late = lateness.since(lateness.last_day(told_on, amount, unit))
            for number, step in enumerate(pack.reminders, 1):
                if step.after <= late:
                    one: dict[str, str | int] = {"on": told_on.isoformat(), "amount": amount, "unit": unit}
                    due.append({**one, "number": number, "told": step.told.value, "late": late})
        given: dict[str, str | int | date] = {"pack": pack.name, "day": today, "due": json.dumps(due)}
        cursor.execute(_ANY, given)
        row = cursor.fetchone()
    if not row or not row[0]:
        return 0
    with writing(Event.Kind.CASE, actor="clock", clock=clock) as event, connection.cursor() as cursor:
        one_at_a_time()
        cursor.execute(_REMIND, {**given, "event": event.pk})
        return int(cursor.rowcount)
