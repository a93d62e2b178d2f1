"""One step of a case: who did what on which day, with which reasons."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Record
from goodstanding.procedures.models.case import Case
from goodstanding.procedures.models.office import Appointment, Mandate

_GONE = models.Q(leaf__isnull=False, salt__isnull=True)
"""Its texts went. Nobody can write such a step: the database makes a salt for each."""


class Step(models.Model):
    """A step. The database refuses one that its procedure's floor does not admit (`sql/guards.sql`).

    `second` is the other official who signs. `record` is the entry that the step wrote, or the record that it ended.
    `basis` is a list of [instrument, article]; `text` the document that was drawn up. After a step that `closes`
    nothing follows. `salt` and `leaf` are the database's: the digest of reasons and text, which lie beside the chain.
    When they went, the salt is gone too; `was` is the digest of a whole row from before texts lay apart.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    act = models.CharField(max_length=16)
    on = models.DateField()
    party = models.CharField(max_length=16)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=16, blank=True)
    reasons = models.TextField(blank=True)
    basis = models.JSONField(default=list)
    text = models.TextField(blank=True)
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=100, blank=True)
    open_until = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    closes = models.BooleanField(default=False)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="steps", db_constraint=False
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField(max_length=16, null=True)
    leaf = models.BinaryField(max_length=32, null=True)
    was = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = (
            models.Index(fields=["act", "on"], name="procedures_step_act"),
            models.Index(fields=["case"], name="procedures_step_last", condition=models.Q(closes=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="procedures_step_once"),
            models.CheckConstraint(
                name="procedures_step_decision_has_reasons",
                condition=~models.Q(act__in=["decide", "confirm"])
                | (~models.Q(reasons="") & ~models.Q(basis=[]))
                | _GONE,
            ),
            models.CheckConstraint(
                name="procedures_step_end_has_reasons",
                condition=~models.Q(outcome__in=["dismissed", "rejected", "returned"])
                | ~models.Q(reasons="")
                | _GONE,
            ),
            models.CheckConstraint(
                name="procedures_step_served",
                condition=~models.Q(act__in=["serve_notice", "serve_decision"])
                | models.Q(served_on__isnull=False, served_on__lte=models.F("on")) & ~models.Q(served_how=""),
            ),
        )
