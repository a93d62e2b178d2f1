"""One run of a rulebook over everyone."""

from __future__ import annotations

from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event


class Run(models.Model):
    """A run and what it needs to be done again: the manifest, and the digest of what came out.

    The manifest stays when the assessments of an older run go: from it they can be worked out again.
    `cut_offs` are two numbers for each quota by rank: by them one organisation alone is explained.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    rulebook = models.CharField(max_length=200, db_collation="C")
    in_force_from = models.DateField()
    rulebook_digest = models.CharField(max_length=64)
    on = models.DateField()
    position = models.BigIntegerField()
    manifest = models.TextField()
    result_digest = models.CharField(max_length=64)
    cut_offs = models.JSONField(default=list)
    subjects = models.BigIntegerField()
    lines = models.BigIntegerField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["rulebook", "-id"], name="standing_run_newest"),)
