"""Immutable facts about subjects, and why they stopped counting."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models.dictionary import Item, Source
from goodstanding.ledger.models.event import Event
from goodstanding.ledger.models.subject import Subject


class Record(models.Model):
    """What stays of a record for ever: ids, the keyed digest of its source key, its leaf.

    `id` is event × 2³² + row of the file, so that a record's event, and with it its position, can be told
    from its key. `source_key` is the first 128 bits of an HMAC under the node's secret.
    """

    id = models.BigIntegerField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    source_key = models.UUIDField()
    revision = models.SmallIntegerField(default=1)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source_key", "source", "revision"], name="ledger_record_source_key"
            ),
        )

    @property
    def event_id(self) -> int:
        """The event that wrote this record."""
        return self.id >> 32

    @property
    def row(self) -> int:
        """The row of the delivered file, as a spreadsheet counts (the header is row 1)."""
        return self.id & 0xFFFFFFFF


class Content(models.Model):
    """Salt and content of a record: the only rows of the ledger that can go, and only by `erase`.

    `leaf` of the record is SHA-256(salt ‖ body); the database refuses a row for which it is not. `body` is
    canonical JSON (RFC 8785); the typed columns repeat it for queries, and the ledger's check compares.
    The table is partitioned by hash, so that erasing one record rewrites a sixteenth of it at most.
    """

    record = models.OneToOneField(
        Record, on_delete=models.PROTECT, primary_key=True, related_name="content", db_constraint=False
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="contents", db_constraint=False
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    access = models.SmallIntegerField()
    occurred_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, null=True)
    seriousness = models.SmallIntegerField(null=True)
    digest = models.UUIDField()
    salt = models.BinaryField(max_length=16)
    body = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_content"


class Ending(models.Model):
    """Why a record stopped counting. `counts_until` is the first day on which it counts no more.

    An ending that says that the record was never right (corrected, withdrawn, annulled) counts from the
    first of all days.
    """

    class Ground(models.TextChoices):
        """Why a record ended."""

        CORRECTED = "corrected"
        SUPERSEDED = "superseded"
        EXPIRED = "expired"
        REPAIRED = "repaired"
        WITHDRAWN = "withdrawn"
        ANNULLED = "annulled"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="endings", db_constraint=False)
    ground = models.CharField(max_length=16, choices=Ground.choices)
    counts_until = models.DateField()
    reason = models.CharField(max_length=400)
    successor = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["record", "ground"], name="ledger_ending_once"),
            models.CheckConstraint(
                name="ledger_ending_ground",
                condition=models.Q(
                    ground__in=["corrected", "superseded", "expired", "repaired", "withdrawn", "annulled"]
                ),
            ),
            models.CheckConstraint(name="ledger_ending_reason", condition=~models.Q(reason="")),
        )


class Erasure(models.Model):
    """That the content of a record was erased, and on what ground. The record's skeleton stays."""

    record = models.OneToOneField(
        Record, on_delete=models.PROTECT, related_name="erasure", db_constraint=False
    )
    ground = models.CharField(max_length=400)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="erasures")

    class Meta:
        constraints = (models.CheckConstraint(name="ledger_erasure_ground", condition=~models.Q(ground="")),)


class Demand(models.Model):
    """That the operator demands the erasure of a record, and on what ground: without it the app role erases nothing.

    Written by the owner of the database alone, in an event of its own before that of the erasure.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    ground = models.CharField(max_length=400)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(name="ledger_demand_ground", condition=~models.Q(ground="")),)


class Purge(models.Model):
    """That every copy and every trace in storage of an erasure was removed."""

    erasure_event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="purged")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
