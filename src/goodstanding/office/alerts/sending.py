"""Alerts on their way: for each channel that they concern one delivery, tried until it is taken or given up.

A delivery is locked while it is tried, and what came of it is written in the same transaction: if the process is
killed, it is tried again, under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from goodstanding.core.home import Home
from goodstanding.office.alerts import mail, webhook
from goodstanding.office.alerts.keys import code_of, signing_secret
from goodstanding.office.alerts.saying import as_data, code_as_data, code_in_words, gone, in_words
from goodstanding.office.alerts.watching import Watched, watched
from goodstanding.office.alerts.webhook import Answer
from goodstanding.office.models import Alert, Channel, Delivery, Sending
from goodstanding.portal.language import Language
from goodstanding.portal.today import today
from goodstanding.procedures.models import Step

PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
"""How long after each failure the next attempt is due; after the last one a delivery is dead."""


@dataclass(frozen=True)
class Sent:
    """What a round of sending came to."""

    accepted: int = 0
    failed: int = 0
    dead: int = 0


def in_use() -> list[Channel]:
    """Channels that are told: confirmed, not ended, of accounts that are not closed."""
    found = Channel.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True, account__is_active=True)
    return list(found.select_related("account").order_by("made_at"))


def fan_out() -> int:
    """A delivery for each alert and channel that it concerns; returns how many are new.

    A channel is told what came up since it was confirmed, and before that what of open cases nobody was told yet.
    """
    channels = in_use()
    of = watched(today(), {one.account.key for one in channels})
    made = 0
    for channel in channels:
        fresh = _concern(channel, of.get(channel.account.key, Watched()))
        rows = [Delivery(alert=one, channel=channel) for one in fresh]
        made += len(Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000))
    return made


def _concern(channel: Channel, seen: Watched) -> list[Alert]:
    over = Step.objects.filter(case=OuterRef("case"), closes=True)
    taken = Delivery.objects.filter(alert=OuterRef("pk"), state=Delivery.State.ACCEPTED)
    mine = Delivery.objects.filter(alert=OuterRef("pk"), channel=channel)
    missed = Q(case__isnull=False) & ~Q(Exists(over)) & ~Q(Exists(taken))
    fresh = (
        Alert.objects.filter(seen.concerned())
        .filter(Q(made_at__gte=channel.confirmed_at) | missed)
        .exclude(Exists(mine))
    )
    return list(fresh.order_by("made_at", "pk"))


def send_due(home: Home, *, now: datetime | None = None, most: int = 1000) -> Sent:
    """Try what is due, the longest due first; at most so many."""
    accepted = failed = dead = 0
    for _ in range(most):
        with transaction.atomic():
            one = (
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(state=Delivery.State.WAITING, next_at__lte=now or timezone.now())
                .select_related("channel__account", "alert__subject", "alert__case__procedure")
                .order_by("next_at", "pk")
                .first()
            )
            if one is None:
                break
            _try(one, home, now or timezone.now())
        accepted += one.state == Delivery.State.ACCEPTED
        dead += one.state == Delivery.State.DEAD
        failed += one.state == Delivery.State.WAITING
    return Sent(accepted, failed, dead)


def _try(delivery: Delivery, home: Home, now: datetime) -> None:
    idle = _no_longer(delivery)
    answer = Answer(False, idle) if idle else _send(delivery, home, now)
    delivery.tries += 1
    if answer.accepted:
        delivery.state, delivery.done_at = Delivery.State.ACCEPTED, now
    elif idle or delivery.tries > len(PAUSES):
        delivery.state, delivery.done_at = Delivery.State.DEAD, now
    else:
        delivery.next_at = now + PAUSES[delivery.tries - 1]
    delivery.save()
    Sending.objects.create(
        delivery=delivery.pk,
        number=delivery.tries,
        at=now,
        accepted=answer.accepted,
        said=answer.said[:200],
    )


def _no_longer(delivery: Delivery) -> str:
    """Why nothing may be sent any more; empty where it may."""
    channel, alert = delivery.channel, delivery.alert
    if channel.ended_at is not None or not channel.account.is_active:
        return "the channel was ended"
    if alert is None:
        return "" if channel.confirmed_at is None else "the channel is confirmed already"
    seen = watched(today(), [channel.account.key]).get(channel.account.key, Watched())
    if not seen.may_know(alert):
        return "the appointment ended" if alert.authority else "the mandate ended"
    return "what it tells of was erased" if gone(alert) else ""


def _send(delivery: Delivery, home: Home, now: datetime) -> Answer:
    channel, alert = delivery.channel, delivery.alert
    name, lang = str(delivery.pk), Language(channel.lang)
    if channel.kind == Channel.Kind.MAIL:
        said = in_words(alert, lang) if alert else code_in_words(code_of(channel, home), lang)
        return mail.send(channel.address, said.subject, said.text, delivery=name, home=home)
    body = as_data(alert, delivery.pk) if alert else code_as_data(code_of(channel, home), delivery.pk)
    return webhook.post(
        channel.address,
        body,
        delivery=name,
        timestamp=str(int(now.timestamp())),
        secret=signing_secret(channel, home),
    )
