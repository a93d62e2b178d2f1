"""Who may act: officials by appointment of an authority, representatives by mandate of an organisation.

An account is named by its key alone. Neither table has a person's name, number or page.
"""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Subject


class Appointment(models.Model):
    """That an account acts as an official of an authority, at a level, for a division, from a day to a day.

    `division` is the prefix of division codes that the office covers: two digits of a province, four of a city,
    six of a county, none of the whole country.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.CharField(max_length=64)
    authority = models.CharField(max_length=200)
    level = models.CharField(max_length=16)
    division = models.CharField(max_length=6, blank=True)
    head = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["account"], name="procedures_appointed"),)
        constraints = (
            models.CheckConstraint(
                name="procedures_appointment_term", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="procedures_appointment_level",
                condition=models.Q(level="national", division="")
                | models.Q(level="provincial", division__regex="^[0-9]{2}$")
                | models.Q(level="municipal", division__regex="^[0-9]{4}$")
                | models.Q(level="county", division__regex="^[0-9]{6}$"),
            ),
        )


class Mandate(models.Model):
    """That an account acts for an organisation, from a day to a day."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.CharField(max_length=64)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["account"], name="procedures_mandated"),)
        constraints = (
            models.CheckConstraint(
                name="procedures_mandate_term", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
        )


class Withdrawal(models.Model):
    """That an appointment or a mandate ended before its day."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, null=True, related_name="withdrawn"
    )
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, related_name="withdrawn")
    on = models.DateField()
    reason = models.CharField(max_length=400)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="procedures_withdrawal_of_one",
                condition=models.Q(appointment__isnull=True, mandate__isnull=False)
                | models.Q(appointment__isnull=False, mandate__isnull=True),
            ),
            models.CheckConstraint(name="procedures_withdrawal_reason", condition=~models.Q(reason="")),
        )
