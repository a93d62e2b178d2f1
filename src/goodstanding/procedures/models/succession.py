"""What became of an organisation: merged into another, succeeded, split, dissolved. No judgement on who is who."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Subject
from goodstanding.procedures.models.office import Appointment


class Succession(models.Model):
    """What one official registers of an organisation; it says nothing until another has confirmed it.

    `on` is the day of the register's change. `law` is a list of [instrument, article], `evidence` the document that it
    is known from. The newest that is confirmed holds: `restored` says that an earlier one was wrong.
    """

    class Kind(models.TextChoices):
        """What became of it."""

        MERGED = "merged"
        SUCCEEDED = "succeeded"
        SPLIT = "split"
        DISSOLVED = "dissolved"
        RESTORED = "restored"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="successions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    on = models.DateField()
    law = models.JSONField()
    evidence = models.CharField(max_length=400)
    reason = models.CharField(max_length=400)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="procedures_succession_kind",
                condition=models.Q(kind__in=["merged", "succeeded", "split", "dissolved", "restored"]),
            ),
        )


class Successor(models.Model):
    """One that an organisation was merged into, is succeeded by, or was split into."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="successors")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["succession", "subject"], name="procedures_successor_once"),
        )


class Confirmation(models.Model):
    """That another official of a competent office confirms what the first registered."""

    succession = models.OneToOneField(Succession, on_delete=models.PROTECT, related_name="confirmation")
    on = models.DateField()
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
