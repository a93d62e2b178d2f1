"""How long each act of a version has, and the calendars by which that is counted. Written by the owner alone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.version import ProcedureVersion


class TermVersion(models.Model):
    """The term of an act: `amount` of a `unit`, from the day of the act `starts`, up to a day of the month if any."""

    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="terms")
    act = models.CharField(max_length=16)
    starts = models.CharField(max_length=16)
    amount = models.SmallIntegerField()
    unit = models.CharField(max_length=16)
    on_day = models.SmallIntegerField(null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["procedure", "act"], name="procedures_term_once"),
            models.CheckConstraint(
                name="procedures_term_unit",
                condition=models.Q(unit__in=["working_days", "days", "months"], amount__gte=0),
            ),
        )


class CalendarVersion(models.Model):
    """A pack's calendar in one version: the days off and the weekend days worked that were announced.

    The newest row of a pack is the one by which the database counts: a calendar that changes is registered again.
    """

    pack = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    off = ArrayField(models.DateField())
    worked = ArrayField(models.DateField())
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
