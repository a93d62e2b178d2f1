"""When a restriction rests: its decision is before a court, or an approved bankruptcy plan shields."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.procedures.models import Appointment


class Rest(models.Model):
    """On [from, to), on a basis of [instrument, article] and a reference (court, number of the case)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    from_on = models.DateField()
    to_on = models.DateField()
    basis = models.JSONField()
    reference = models.CharField(max_length=400)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Pause(Rest):
    """The decision behind an entry is before a court. The newest of an entry holds: an empty one ends it."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="pauses", db_constraint=False)

    class Meta:
        indexes = (models.Index(fields=["record", "-id"], name="measures_pause_newest"),)
        constraints = (
            models.CheckConstraint(
                name="measures_pause_days", condition=models.Q(to_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="measures_pause_basis", condition=~models.Q(basis=[]) & ~models.Q(reference="")
            ),
        )


class Shield(Rest):
    """A court approved a plan for an organisation in bankruptcy. The newest of an organisation holds."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="shields")

    class Meta:
        indexes = (models.Index(fields=["subject", "-id"], name="measures_shield_newest"),)
        constraints = (
            models.CheckConstraint(
                name="measures_shield_days", condition=models.Q(to_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="measures_shield_basis", condition=~models.Q(basis=[]) & ~models.Q(reference="")
            ),
        )
