"""Measures, memoranda and bodies, as far as the database must know them to hold an order to them."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Event


class MeasureVersion(models.Model):
    """A pack's measure in one version. `law` is a list of [instrument, article]; `title` has en and zh."""

    path = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    title = models.JSONField()
    effect = models.CharField(max_length=16)
    executable = models.BooleanField()
    hits = models.CharField(max_length=16)
    law = models.JSONField()
    processes = models.JSONField()
    precedence = models.SmallIntegerField()
    pauses_in_suit = models.BooleanField()
    shielded_by_plan = models.BooleanField()
    division = models.CharField(max_length=6, blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="measures_version_effect", condition=models.Q(effect__in=["restriction", "benefit"])
            ),
            models.CheckConstraint(
                name="measures_version_executable",
                condition=models.Q(executable=False) | models.Q(hits="listed") & ~models.Q(law=[]),
            ),
        )


class MemorandumVersion(models.Model):
    """A pack's memorandum in one version.

    `procedures` are those whose listings trigger it; `agreed` a list of [measure, authority, bound].
    """

    path = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    effect = models.CharField(max_length=16)
    procedures = models.JSONField()
    agreed = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class Adoption(models.Model):
    """That the packs say a version of a memorandum, or say it no more: the newest row of a version holds.

    `standing` is the law by which it reaches entries that stood before it, a list of [instrument, article]; empty: it
    meets listings of its own days alone.
    """

    memorandum = models.ForeignKey(MemorandumVersion, on_delete=models.PROTECT, related_name="adoptions")
    said = models.BooleanField()
    standing = models.JSONField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["memorandum", "-id"], name="measures_adoption_newest"),)


class Body(models.Model):
    """Who carries measures out. Once known as a market participant, a body is never ordered."""

    path = models.CharField(max_length=200)
    market = models.BooleanField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["path", "market"], name="measures_body_once"),)
