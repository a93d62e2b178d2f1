"""What a rulebook makes of a subject, line by line."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models import Record, Subject
from goodstanding.standing.models.run import Run


class Assessment(models.Model):
    """The result of a run for a subject. Points are hundredths; no grade means "cannot tell".

    `access` is that of the most closed record that it rests on: a reader below it sees no grade.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="assessments")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    grade = models.CharField(max_length=40, null=True)
    points_low = models.BigIntegerField(null=True)
    points_high = models.BigIntegerField(null=True)
    possible = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    access = models.SmallIntegerField(default=0)


class AssessmentLine(models.Model):
    """One line: which rule, which record, how many points (hundredths)."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="assessment_lines")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    rule = models.CharField(max_length=100)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    points_low = models.BigIntegerField(null=True)
    points_high = models.BigIntegerField(null=True)
    status = models.CharField(max_length=20)
    access = models.SmallIntegerField(default=0)
