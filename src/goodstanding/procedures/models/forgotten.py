"""That the texts of a case went, when and by what law."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.case import Case


class Forgotten(models.Model):
    """The texts of the steps of a case up to one, `up_to`, are gone. `ground` is the law or decision that demands it.

    `skeleton` is a digest of what stays of these steps (`procedures_case_skeleton`). The database writes the row.
    """

    class Why(models.TextChoices):
        """What made them go."""

        ERASURE = "erasure"
        RETENTION = "retention"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="forgotten")
    up_to = models.IntegerField()
    why = models.CharField(max_length=16, choices=Why.choices)
    ground = models.TextField()
    skeleton = models.CharField(max_length=64)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(name="procedures_forgotten_by_law", condition=~models.Q(ground="")),
        )
