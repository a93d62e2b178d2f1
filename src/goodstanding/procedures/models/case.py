"""One course of events, and the records that it rests on."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.procedures.models.version import ProcedureVersion


class Case(models.Model):
    """A case about one organisation before one authority.

    `record` is what an objection, a repair or a delisting is about. `proposed_by` names rulebook, digest, position
    and day of a candidacy. `division` says where: the office that acts covers it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=16)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="cases")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="cases")
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="cases", db_constraint=False
    )
    authority = models.CharField(max_length=200)
    division = models.CharField(max_length=12, blank=True)
    proposed_by = models.JSONField(null=True)
    opened_on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["authority", "division", "id"], name="procedures_case_office"),)
        constraints = (
            models.CheckConstraint(
                name="procedures_case_about_a_record",
                condition=models.Q(kind__in=["listing", "commitment"], record__isnull=True)
                | models.Q(kind__in=["objection", "repair", "delisting"], record__isnull=False),
            ),
        )


class Ground(models.Model):
    """A record of the organisation that a case rests on: the evidence of its notice and decision."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grounds")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "record"], name="procedures_ground_once"),)
