"""One writing transaction, and its place in the ledger's own order."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7


class Event(models.Model):
    """What one transaction wrote. Everything that it wrote carries its id; its position orders it.

    `transaction` is filled by the database with the id of the writing transaction: rows can join an
    event only inside that transaction, and only until the position is taken.
    """

    class Kind(models.TextChoices):
        """What kind of writing an event is."""

        NODE = "node"
        PACK = "pack"
        INTAKE = "intake"
        ENDING = "ending"
        MERGE = "merge"
        ERASURE = "erasure"
        PURGE = "purge"
        RUN = "run"
        CASE = "case"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    day = models.DateField()
    actor = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    """Digest of what another room writes in the same transaction: the result of a run."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="ledger_event_kind",
                condition=models.Q(
                    kind__in=["node", "pack", "intake", "ending", "merge", "erasure", "purge", "run", "case"]
                ),
            ),
        )


class Position(models.Model):
    """The ledger's own order: a gapless number, taken under an advisory lock as the last act of an event.

    The database assigns `number`, `root` (digest over all that the event wrote) and `chain` (digest over
    the previous chain value and this root): what a writer sends for them is overwritten.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="position")
    root = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)
