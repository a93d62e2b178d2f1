"""What a listing triggers, what its authorities say of it, and that it ended."""

from __future__ import annotations

from django.db import models

from goodstanding.catalogue.chasing import Told
from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models import Event, Record, Subject
from goodstanding.measures.models.version import Body, MeasureVersion, MemorandumVersion
from goodstanding.procedures.models import Appointment


class Triggered(models.Model):
    """One measure that a memorandum triggers with one entry, at one body, on [from, to) within the entry's days."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    measure = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, related_name="%(class)ss")
    memorandum = models.ForeignKey(MemorandumVersion, on_delete=models.PROTECT, related_name="%(class)ss")
    authority = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="%(class)ss")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="%(class)ss")
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="%(class)ss", db_constraint=False
    )
    from_on = models.DateField()
    to_on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Order(Triggered):
    """An authority owes it. `law` is a list of [instrument, article].

    `lift_amount` and `lift_unit` say how soon after its end the lifting is reported, by the rules of the list.
    """

    law = models.JSONField()
    lift_amount = models.SmallIntegerField()
    lift_unit = models.CharField(max_length=16)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["record", "measure", "authority", "event"], name="measures_order_once"
            ),
            models.CheckConstraint(
                name="measures_order_ends", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
        )


class Subscription(Triggered):
    """A market participant is told; it is bound to nothing."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["record", "measure", "authority"], name="measures_subscription_once"
            ),
            models.CheckConstraint(
                name="measures_subscription_ends", condition=models.Q(to_on__gt=models.F("from_on"))
            ),
        )


class Lifting(models.Model):
    """That an order ended, with its entry or memorandum: its authority is told on the day `on`, and owes a report."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="lifting")
    on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class Repeal(models.Model):
    """Why an order ended while its entry stands: a version of its memorandum ended it, as of the day `since`."""

    class How(models.TextChoices):
        """The memorandum is over, or a version of it does not agree on this any more."""

        REPEALED = "repealed"
        REPLACED = "replaced"

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="repeal")
    memorandum = models.ForeignKey(MemorandumVersion, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices)
    since = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class Report(models.Model):
    """What an authority did about an order, or why not. The newest about a matter holds."""

    class About(models.TextChoices):
        """The order itself, or its lifting."""

        CARRIED_OUT = "carried_out"
        LIFTED = "lifted"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reports")
    about = models.CharField(max_length=16, choices=About.choices)
    done = models.BooleanField()
    on = models.DateField()
    what = models.CharField(max_length=400, blank=True)
    why = models.CharField(max_length=400, blank=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["order", "about", "-id"], name="measures_report_newest"),)
        constraints = (
            models.CheckConstraint(
                name="measures_report_about", condition=models.Q(about__in=["carried_out", "lifted"])
            ),
            models.CheckConstraint(
                name="measures_report_says",
                condition=models.Q(done=True) & ~models.Q(what="") | models.Q(done=False) & ~models.Q(why=""),
            ),
        )


class Reminder(models.Model):
    """The step `number` (from 1) of chasing an order: who was told, when it was `late` working days over its term."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reminders")
    number = models.SmallIntegerField()
    told = models.CharField(max_length=8)
    late = models.IntegerField()
    on = models.DateField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "number"], name="measures_reminder_once"),
            models.CheckConstraint(
                name="measures_reminder_told",
                condition=models.Q(told__in=tuple(one.value for one in Told), number__gte=1, late__gte=1),
            ),
        )
