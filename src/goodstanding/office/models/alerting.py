"""What an organisation is told beside what is served on it, where to, and what came of each attempt.

None of it is part of the ledger: addresses are configuration of an account, and go with it. Nothing here keeps what was
said: an alert names the step, record or deadline that it is about, and is put in words when it is sent.
"""

from __future__ import annotations

import uuid
from hashlib import blake2s

from django.db import models
from django.utils import timezone

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Subject
from goodstanding.office.models.account import Account
from goodstanding.procedures.models import Case


class Channel(models.Model):
    """Where an account wants to be told: a mailbox, or a webhook. Nothing but its code is sent before it is confirmed.

    `confirm_by` is the last instant for the code; `tries` counts wrong ones. A channel that has ended stays ended.
    """

    class Kind(models.TextChoices):
        """How it is told."""

        MAIL = "mail"
        WEBHOOK = "webhook"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    address = models.CharField(max_length=500)
    lang = models.CharField(max_length=2)
    made_at = models.DateTimeField(default=timezone.now)
    confirm_by = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Alert(models.Model):
    """One thing to tell about one organisation, once: `about` names it.

    `until` is the last day of the term that it warns of. `open` says that everyone may know it, and so those above
    the organisation too. By the end of `tell_by` a channel must have accepted it.

    One with an `authority` is for its offices at the place `division` and above, and for nobody else; `to` says whom
    of them. Such a one may be of many organisations, and then has no subject.
    """

    class To(models.TextChoices):
        """Whom an alert is for: the organisation, an office, its head, or the offices above it."""

        ORGANISATION = ""
        OFFICE = "office"
        HEAD = "head"
        ABOVE = "above"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="alerts", db_constraint=False
    )
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=100, unique=True)
    detail = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    until = models.DateField(null=True)
    tell_by = models.DateField()
    open = models.BooleanField(default=False)
    authority = models.CharField(max_length=200, blank=True, default="")
    division = models.CharField(max_length=6, blank=True, default="")
    to = models.CharField(max_length=8, choices=To.choices, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (
            models.Index(fields=["subject", "made_at"], name="office_alert_of"),
            models.Index(
                fields=["authority", "made_at"],
                name="office_alert_of_office",
                condition=~models.Q(authority=""),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="office_alert_is_for_one",
                condition=models.Q(authority="", to="", subject__isnull=False)
                | ~models.Q(authority="") & ~models.Q(to="") & models.Q(case__isnull=True, open=False),
            ),
        )

    @staticmethod
    def short(about: str) -> str:
        """A name of any length as one that fits."""
        return f"{about.partition(':')[0]}:{blake2s(about.encode(), digest_size=16).hexdigest()}"


class Delivery(models.Model):
    """An alert on its way to a channel; without an alert, the code that confirms the channel.

    `id` is the same in every attempt, so that who gets it twice can tell.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        ACCEPTED = "accepted"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, null=True, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    tries = models.SmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["alert", "channel"], name="office_delivery_once"),)
        indexes = (
            models.Index(
                fields=["next_at"], name="office_delivery_waits", condition=models.Q(state="waiting")
            ),
        )


class Sending(models.Model):
    """That a delivery was tried, and what came of it: append-only, until its time is over."""

    delivery = models.UUIDField(db_index=True)
    number = models.SmallIntegerField()
    at = models.DateTimeField()
    accepted = models.BooleanField()
    said = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["delivery", "number"], name="office_sending_once"),)


class Heard(models.Model):
    """Up to which position of the ledger alerts were made: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
