"""What a party is told between the steps of a case: a deadline that moved, comes near, or has passed."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.case import Case
from goodstanding.procedures.models.deadline import Deadline


class Message(models.Model):
    """A message about a deadline, once for each party. It says nothing that the deadline does not."""

    class Kind(models.TextChoices):
        """What happened to the deadline."""

        MOVED = "moved"
        NEAR = "near"
        LATE = "late"
        BY_LAW = "by_law"
        CHECK = "check"

    class To(models.TextChoices):
        """Who is told."""

        OFFICE = "office"
        SUBJECT = "subject"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    to = models.CharField(max_length=8, choices=To.choices)
    on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deadline", "kind", "to"], name="procedures_message_once"),
        )
