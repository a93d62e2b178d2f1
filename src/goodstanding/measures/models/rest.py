"""When restrictions rest: their decision is before a court, or an approved plan shields a bankrupt organisation."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.procedures.models import Appointment

_SUITS = ("administrative_review", "administrative_suit")
_PLANS = ("reorganisation", "settlement")
_ENDS_A_PAUSE = ("upheld", "withdrawn", "stay_ended")
_ENDS_A_SHIELD = ("completed", "failed")


class Rest(models.Model):
    """On [from, to), on a basis of [instrument, article], a reference (court, number), shown by a document."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=32)
    from_on = models.DateField()
    to_on = models.DateField()
    basis = models.JSONField()
    reference = models.CharField(max_length=400)
    evidence = models.CharField(max_length=400)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Pause(Rest):
    """The decision behind an entry is before a court or a reviewing body.

    A suit by itself stops nothing: the measures rest whose own law says so. `stayed`: the court or the body stayed the
    decision, and every restriction of the entry rests.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="pauses", db_constraint=False)
    stayed = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["record", "-id"], name="measures_pause_newest"),)
        constraints = (
            models.CheckConstraint(
                name="measures_pause_days", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="measures_pause_basis",
                condition=~models.Q(basis=[]) & ~models.Q(reference="") & ~models.Q(evidence=""),
            ),
            models.CheckConstraint(name="measures_pause_kind", condition=models.Q(kind__in=_SUITS)),
        )


class Shield(Rest):
    """A court approved a plan for an organisation in bankruptcy: the measures rest that such a plan shields from."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="shields")

    class Meta:
        indexes = (models.Index(fields=["subject", "-id"], name="measures_shield_newest"),)
        constraints = (
            models.CheckConstraint(
                name="measures_shield_days", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="measures_shield_basis",
                condition=~models.Q(basis=[]) & ~models.Q(reference="") & ~models.Q(evidence=""),
            ),
            models.CheckConstraint(name="measures_shield_kind", condition=models.Q(kind__in=_PLANS)),
        )


class Resumption(models.Model):
    """That a rest ended before its day: on the day `on` the measures apply again."""

    pause = models.OneToOneField(Pause, on_delete=models.PROTECT, null=True, related_name="over")
    shield = models.OneToOneField(Shield, on_delete=models.PROTECT, null=True, related_name="over")
    on = models.DateField()
    outcome = models.CharField(max_length=16)
    evidence = models.CharField(max_length=400)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="measures_resumption_of_one",
                condition=models.Q(pause__isnull=False, shield__isnull=True, outcome__in=_ENDS_A_PAUSE)
                | models.Q(pause__isnull=True, shield__isnull=False, outcome__in=_ENDS_A_SHIELD),
            ),
            models.CheckConstraint(name="measures_resumption_shown", condition=~models.Q(evidence="")),
        )
