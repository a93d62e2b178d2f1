"""One round of telling, and what goes after its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from goodstanding.core.home import Home
from goodstanding.office.alerts.collecting import collect
from goodstanding.office.alerts.sending import fan_out, send_due
from goodstanding.office.models import Alert, Channel

KEPT = timedelta(days=3 * 366)
"""How long alerts and attempts are kept. An address goes a month after its channel ended."""
_ENDED = timedelta(days=31)


@dataclass(frozen=True)
class Round:
    """What a round came to, in numbers."""

    found: int
    queued: int
    accepted: int
    failed: int
    dead: int


def tell(home: Home) -> Round:
    """Find what is new, say whom it concerns, send what is due. A second round finds nothing new."""
    found, queued = collect(), fan_out()
    sent = send_due(home)
    return Round(found, queued, sent.accepted, sent.failed, sent.dead)


def forget(now: datetime | None = None) -> int:
    """Remove what need not be kept; returns how many rows. Of a channel only the address goes."""
    now = now or timezone.now()
    stale = Q(ended_at__lt=now - _ENDED) | Q(confirmed_at__isnull=True, confirm_by__lt=now - _ENDED)
    gone = Channel.objects.filter(stale).exclude(address="").update(address="")
    gone += Alert.objects.filter(made_at__lt=now - KEPT).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_forget_sendings(%s)", [now - KEPT])
        row = cursor.fetchone()
    return gone + int(row[0] if row else 0)
