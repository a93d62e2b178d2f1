"""What an authority submitted, and what became of each of its rows."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models.dictionary import Source
from goodstanding.ledger.models.event import Event


class Delivery(models.Model):
    """One file of one source, taken in. The sums always agree; the database checks it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="deliveries")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="delivery")
    file_digest = models.CharField(max_length=64)
    contract_digest = models.CharField(max_length=64)
    catalogue_digest = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    loaded = models.BigIntegerField()
    corrections = models.BigIntegerField()
    subject_only = models.BigIntegerField()
    already = models.BigIntegerField()
    kept_out = models.BigIntegerField()
    refused = models.BigIntegerField()
    reported = models.BigIntegerField()
    vanished = models.BigIntegerField()
    rules = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="ledger_delivery_sums_agree",
                condition=models.Q(
                    rows=models.F("loaded")
                    + models.F("subject_only")
                    + models.F("already")
                    + models.F("kept_out")
                    + models.F("refused")
                    + models.F("reported")
                ),
            ),
            models.CheckConstraint(
                name="ledger_delivery_corrections_are_loaded",
                condition=models.Q(corrections__lte=models.F("loaded")),
            ),
        )


class Part(models.Model):
    """A Parquet file of the extract. Readers see registered parts only.

    `event` is the event whose rows it holds; `written_by` the event that wrote the file: the same, or the
    erasure after which the part was written again without a row. `replaces` names the older file then.
    """

    class Kind(models.TextChoices):
        """What the rows of a part are."""

        RECORDS = "records"
        ENDINGS = "endings"
        SUBJECTS = "subjects"
        TIES = "ties"
        COVERAGE = "coverage"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    access = models.SmallIntegerField(default=0)
    path = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="parts")
    written_by = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="ledger_part_path",
                condition=models.Q(path__regex=r"^[0-9]+/[a-z0-9-]+\.parquet$"),
            ),
        )
