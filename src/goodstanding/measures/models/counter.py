"""The check at the counter: who may ask, who asked, and what followed.

Questions and uses go when their time is over, so the digest of an event covers them in place of its root:
`measures.log` says whether they are what they were.
"""

from __future__ import annotations

from django.db import models

from goodstanding.catalogue.measure import Process
from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Subject
from goodstanding.measures.models.order import Order
from goodstanding.procedures.models import Appointment


class Business(models.Model):
    """That an authority has a kind of business, from a day to a day: its officials may ask there."""

    authority = models.CharField(max_length=200)
    process = models.CharField(max_length=16)
    from_on = models.DateField()
    to_on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["authority", "process"], name="measures_business_of"),)
        constraints = (
            models.CheckConstraint(
                name="measures_business_process",
                condition=models.Q(process__in=sorted(one.value for one in Process)),
            ),
            models.CheckConstraint(
                name="measures_business_term", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
        )


class Question(models.Model):
    """An official asked about an organisation for a purpose. `answer` is JSON: what was said of each order."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="questions")
    process = models.CharField(max_length=16)
    purpose = models.CharField(max_length=400)
    on = models.DateField()
    answer = models.TextField()
    keep_until = models.DateField(db_index=True)
    salt = models.BinaryField(max_length=16)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(name="measures_question_purpose", condition=~models.Q(purpose="")),
            models.CheckConstraint(
                name="measures_question_kept", condition=models.Q(keep_until__gt=models.F("on"))
            ),
        )


class Use(models.Model):
    """What an official made of an answer: a measure was applied, or was not and why. Without an order: of none."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="uses")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")
    applied = models.BooleanField()
    why = models.CharField(max_length=400, blank=True)
    on = models.DateField()
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField(max_length=16)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="measures_use_why",
                condition=models.Q(applied=True, order__isnull=False) | ~models.Q(why=""),
            ),
        )


class Forgetting(models.Model):
    """That questions whose time was over up to a day, and their uses, were removed."""

    up_to = models.DateField()
    questions = models.BigIntegerField()
    uses = models.BigIntegerField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
