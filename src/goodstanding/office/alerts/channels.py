"""Channels: named by an account, confirmed by a code that is sent there, ended at will."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.office.alerts.keys import code_of
from goodstanding.office.alerts.webhook import refuse_unfit
from goodstanding.office.models import Account, Channel, Delivery
from goodstanding.portal.language import Language

MOST = 10
"""Channels that an account names within a day: no form of ours writes to everybody's mailbox."""
_TERM = timedelta(days=2)
_TRIES = 5


def add(account: Account, kind: Channel.Kind, address: str, lang: Language) -> Channel:
    """Name a channel; its code is on the way.

    Raises:
        Refusal: GS-OFFICE-034 for what is no mailbox, -032 for what can be no webhook, -035 for too many in a day.
    """
    address = address.strip()
    if kind is Channel.Kind.WEBHOOK:
        refuse_unfit(address)
    else:
        try:
            validate_email(address)
        except ValidationError:
            raise Refusal(
                "GS-OFFICE-034",
                "This is no address of a mailbox.",
                remedy="Write it as name@host.",
            ) from None
    now = timezone.now()
    if Channel.objects.filter(account=account, made_at__gt=now - timedelta(days=1)).count() >= MOST:
        raise Refusal(
            "GS-OFFICE-035",
            "Too many addresses were named today.",
            why=f"At most {MOST} in a day: each is sent a code.",
            remedy="Try again tomorrow.",
        )
    with transaction.atomic():
        channel = Channel.objects.create(
            account=account, kind=kind, address=address, lang=lang.value, confirm_by=now + _TERM
        )
        Delivery.objects.create(channel=channel)
    return channel


def confirm(channel: Channel, code: str, home: Home) -> bool:
    """Whether the code is right, and the channel with it confirmed. Five wrong ones, or two days, end it."""
    with transaction.atomic():
        held = Channel.objects.select_for_update().get(pk=channel.pk)
        if held.confirmed_at is not None:
            return True
        if held.ended_at is not None or held.tries >= _TRIES or timezone.now() > held.confirm_by:
            return False
        if not hmac.compare_digest(code.strip().upper().encode(), code_of(held, home).encode()):
            held.tries += 1
            held.save(update_fields=["tries"])
            return False
        held.confirmed_at = timezone.now()
        held.save(update_fields=["confirmed_at"])
    return True


def end(channel: Channel) -> None:
    """Nothing more is sent there; its address goes with the next sweep."""
    Channel.objects.filter(pk=channel.pk, ended_at__isnull=True).update(ended_at=timezone.now())
