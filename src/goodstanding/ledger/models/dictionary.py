"""What the integer keys of records stand for: packs, items, sources."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models.event import Event


class PackVersion(models.Model):
    """A version of a pack that was in force here from a position on."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "digest"], name="ledger_packversion_once"),)


class Item(models.Model):
    """The number of a catalogue item: what records and the extract carry."""

    id = models.AutoField(primary_key=True)
    path = models.CharField(max_length=200, unique=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class Source(models.Model):
    """The number of a contract."""

    id = models.AutoField(primary_key=True)
    path = models.CharField(max_length=200, unique=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
