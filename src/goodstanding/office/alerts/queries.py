"""Reads of channels and deliveries: an account sees its own, whoever runs the installation all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from goodstanding.office.alerts.saying import headline, whom
from goodstanding.office.models import Account, Channel, Delivery, Sending
from goodstanding.portal.language import Language

SHOWN = 25


@dataclass(frozen=True)
class Undelivered:
    """A delivery that was given up, with what came of its last attempt."""

    delivery: Delivery
    at: datetime | None
    said: str


@dataclass(frozen=True)
class AlertLine:
    """An alert as the account was told it."""

    on: date
    name: str
    text: str
    state: str


def channels_of(account: Account) -> QuerySet[Channel]:
    """The channels of an account that have not ended."""
    return Channel.objects.filter(account=account, ended_at__isnull=True).order_by("made_at")


def undelivered_to(account: Account) -> list[Undelivered]:
    """What was given up of an account, the newest first."""
    return _undelivered(Delivery.objects.filter(channel__account=account))


def undelivered() -> list[Undelivered]:
    """What was given up, of everyone: for whoever runs the installation."""
    return _undelivered(Delivery.objects.all())


def _undelivered(of: QuerySet[Delivery]) -> list[Undelivered]:
    dead = of.filter(state=Delivery.State.DEAD).select_related("channel", "alert").order_by("-done_at")
    found = list(dead[:SHOWN])
    last = _last(one.pk for one in found)
    return [Undelivered(one, one.done_at, last.get(one.pk, "")) for one in found]


def _last(deliveries: Iterable[object]) -> dict[object, str]:
    rows = Sending.objects.filter(delivery__in=list(deliveries)).order_by("number")
    return dict(rows.values_list("delivery", "said"))


def newest_of(account: Account, lang: Language) -> list[AlertLine]:
    """What an account was told last."""
    rows = Delivery.objects.filter(channel__account=account, alert__isnull=False)
    found = list(rows.select_related("alert__subject").order_by("-alert__made_at", "-pk")[:SHOWN])
    return [
        AlertLine(
            one.alert.on,
            whom(one.alert, lang),
            headline(one.alert, lang),
            one.state,
        )
        for one in found
        if one.alert
    ]
