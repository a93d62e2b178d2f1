"""What an organisation promised in a commitment, item by item, and what was found of each."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.case import Case

_GONE = models.Q(leaf__isnull=False, salt__isnull=True)
"""Its words went with the texts of the case."""


class Promise(models.Model):
    """One thing that was promised, written with the step that gives the commitment (`sql/promises.sql`).

    `en`, `zh`: in which words; the organisation's own are in its language alone. `due_on` is the day by which it is
    kept, `how` how that is checked, `law` a list of [instrument, article], `rulebook` the path of one, or empty. `salt`
    and `leaf` are the database's, as those of a step: words can go, and the chain still verifies.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    number = models.SmallIntegerField()
    en = models.TextField(blank=True)
    zh = models.TextField(blank=True)
    due_on = models.DateField()
    how = models.TextField(blank=True)
    law = models.JSONField(default=list)
    rulebook = models.CharField(max_length=200, blank=True)
    salt = models.BinaryField(max_length=16, null=True)
    leaf = models.BinaryField(max_length=32, null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["due_on"], name="procedures_promise_due"),)
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="procedures_promise_once"),
            models.CheckConstraint(
                name="procedures_promise_in_words",
                condition=~models.Q(en="", zh="") & ~models.Q(how="") | _GONE,
            ),
        )


class PromiseFound(models.Model):
    """What an official found of one promise: written with the step that says whether the commitment was kept."""

    class Outcome(models.TextChoices):
        """Kept by its day, in part, or not."""

        KEPT = "kept"
        PARTLY = "partly"
        BROKEN = "broken"

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="found")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="procedures_promise_outcome",
                condition=models.Q(outcome__in=["kept", "partly", "broken"]),
            ),
        )
