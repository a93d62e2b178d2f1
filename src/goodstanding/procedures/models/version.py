"""A version of a procedure, as far as the database must know it to hold a case to it."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event

LEAST_DAYS = 3
"""What a notice leaves the organisation at least, in days: no pack's procedure is shorter."""
LONGEST_TERM = 120
"""Months of the longest term that an entry may have."""


class ProcedureVersion(models.Model):
    """A pack's procedure in one version.

    `statement_days` is the number of its days or working days: counted as calendar days it is a lower bound of
    both, which the database can hold without a calendar. `levels` are of the authorities that may decide.
    """

    path = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    authority = models.CharField(max_length=200)
    levels = models.JSONField()
    reviewed_by = models.CharField(max_length=16, blank=True)
    officials = models.SmallIntegerField()
    statement_days = models.SmallIntegerField(null=True)
    item = models.CharField(max_length=200, blank=True)
    months = models.SmallIntegerField(null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="procedures_version_kind",
                condition=models.Q(kind__in=["listing", "objection", "repair", "delisting", "commitment"]),
            ),
            models.CheckConstraint(
                name="procedures_version_officials", condition=models.Q(officials__in=[1, 2])
            ),
            models.CheckConstraint(
                name="procedures_version_listing",
                condition=~models.Q(kind="listing")
                | models.Q(
                    statement_days__isnull=False,
                    statement_days__gte=LEAST_DAYS,
                    months__isnull=False,
                    months__gte=1,
                    months__lte=LONGEST_TERM,
                    item__regex="/listing[.]",
                ),
            ),
        )
