"""When something is due, and how that was found."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.case import Case


class Deadline(models.Model):
    """The last day of a term of a case. A later row with the same act replaces an earlier one: `because` says why.

    `not_counted` is a list of [day, why]; `starts` the day of the event that started it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    act = models.CharField(max_length=16)
    starts = models.DateField()
    amount = models.SmallIntegerField()
    unit = models.CharField(max_length=16)
    on_day = models.SmallIntegerField(null=True)
    last = models.DateField()
    provisional = models.BooleanField()
    not_counted = models.JSONField(default=list)
    calendar = models.CharField(max_length=100)
    calendar_version = models.CharField(max_length=100)
    because = models.CharField(max_length=200, blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["case", "act", "-id"], name="procedures_deadline_newest"),
            models.Index(fields=["last"], name="procedures_deadline_last"),
        )
        constraints = (
            models.CheckConstraint(
                name="procedures_deadline_after_start", condition=models.Q(last__gte=models.F("starts"))
            ),
        )
