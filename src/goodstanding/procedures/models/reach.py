"""What the owner of the database says beside a version: which records it reaches, who keeps a source, told days."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event
from goodstanding.procedures.models.version import ProcedureVersion


class Reach(models.Model):
    """Which records a version is about. `items`: full paths, none for all; `division`: prefix of where it holds."""

    procedure = models.OneToOneField(ProcedureVersion, on_delete=models.PROTECT, related_name="reach")
    items = models.JSONField(default=list)
    division = models.CharField(max_length=12, blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class Keeper(models.Model):
    """The authority that submits a source, by the contract of its pack; it may answer for the source's records."""

    source = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "authority"], name="procedures_keeper_once"),
        )


class ToldDay(models.Model):
    """That the days of this ledger are told (`--today`: a demonstration, a test) and do not follow the server's clock.

    Without a row, a step is written in an event of the day that it is.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
