"""Organisations with a file, their names and identifiers, and what ties or merges them."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models.dictionary import Source
from goodstanding.ledger.models.event import Event


class Subject(models.Model):
    """An organisation or establishment, known by one primary identifier of a registered scheme."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    scheme = models.CharField(max_length=40, db_collation="C")
    identifier = models.CharField(max_length=64, db_collation="C")
    kind = models.CharField(max_length=40)
    division = models.CharField(max_length=12, blank=True)
    registered_on = models.DateField(null=True)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        indexes = (BrinIndex(fields=["event"], name="ledger_subject_event", autosummarize=True),)
        constraints = (
            models.UniqueConstraint(fields=["scheme", "identifier"], name="ledger_subject_identifier"),
            models.CheckConstraint(
                name="ledger_subject_is_an_organisation",
                condition=models.Q(
                    kind__in=[
                        "enterprise",
                        "establishment",
                        "branch",
                        "cooperative",
                        "collective",
                        "social_organisation",
                        "public_institution",
                        "government_body",
                        "mass_organisation",
                        "professional_body",
                        "city",
                        "other",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="ledger_subject_usci",
                condition=~models.Q(scheme__iexact="usci")
                | models.Q(scheme="usci", identifier__regex="^(?!92|7|8|A)[1-9ANY][0-9A-HJ-NP-RTUWXY]{17}$"),
            ),
            models.CheckConstraint(
                name="ledger_subject_no_person_scheme",
                condition=~models.Q(scheme__iregex="(cpf|ric|identity|passport|phone|nino|ssn|person)"),
            ),
        )


class SubjectName(models.Model):
    """A name that a source gave a subject; the newest that is not a former one is shown."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="names", db_constraint=False)
    text = models.CharField(max_length=400)
    key = models.CharField(max_length=400, db_collation="C")
    language = models.CharField(max_length=2)
    former = models.BooleanField(default=False)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        indexes = (
            models.Index(fields=["key"], name="ledger_name_key", opclasses=["text_pattern_ops"]),
            BrinIndex(fields=["event"], name="ledger_name_event", autosummarize=True),
        )


class SubjectIdentifier(models.Model):
    """Another identifier of the same subject: a legacy number."""

    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="identifiers", db_constraint=False
    )
    scheme = models.CharField(max_length=40, db_collation="C")
    identifier = models.CharField(max_length=64, db_collation="C")
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        indexes = (
            models.Index(fields=["identifier"], name="ledger_identifier_value"),
            BrinIndex(fields=["event"], name="ledger_identifier_event", autosummarize=True),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "scheme", "identifier"], name="ledger_subjectidentifier_once"
            ),
        )


class Merge(models.Model):
    """A judgement that two subjects are one organisation, that they are not, or that a merge was wrong.

    An edge, resolved when read: records keep the subject that they were received for. A `different`
    judgement lasts: the same pair cannot be merged again by a machine.
    """

    class Kind(models.TextChoices):
        """What was judged."""

        SAME = "same"
        UNDONE = "undone"
        DIFFERENT = "different"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    from_subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    into_subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="ledger_merge_two_subjects",
                condition=~models.Q(from_subject=models.F("into_subject")),
            ),
            models.CheckConstraint(
                name="ledger_merge_kind", condition=models.Q(kind__in=["same", "undone", "different"])
            ),
            models.CheckConstraint(name="ledger_merge_reason", condition=~models.Q(reason="")),
        )


class Tie(models.Model):
    """A tie between two subjects, with dates."""

    id = models.BigIntegerField(primary_key=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    source_key = models.UUIDField()
    revision = models.SmallIntegerField(default=1)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="ties", db_constraint=False)
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="ties_of", db_constraint=False)
    kind = models.CharField(max_length=40)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    digest = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "source_key", "revision"], name="ledger_tie_source_key"
            ),
        )
