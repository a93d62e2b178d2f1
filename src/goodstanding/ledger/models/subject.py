"""Organisations with a file, their names and identifiers, and what ties or merges them.

That an organisation has a file, what it is called and by which numbers it is known is said by rows of sources;
each of these carries the access class of the row that said it. What a more open row says later is a new row.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.models.dictionary import Item, Source
from goodstanding.ledger.models.event import Event


class Said(models.Model):
    """What a row of a source said, and who may know it: the `access` class of the row's item.

    `item` is set for restricted rows, whose readers are admitted item by item; a restricted row of which no
    single item can be told is shown to nobody. A row that registers an organisation is public unless an item
    of its contract is not.
    """

    access = models.SmallIntegerField()
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        abstract = True


def _class_of(table: str) -> models.CheckConstraint:
    """Open classes name no item."""
    return models.CheckConstraint(
        name=f"{table}_class",
        condition=models.Q(access__in=[0, 1], item__isnull=True) | models.Q(access=2),
    )


def _organisation(table: str) -> models.CheckConstraint:
    """No kind of subject is a natural person."""
    return models.CheckConstraint(
        name=f"{table}_is_an_organisation",
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
    )


class Subject(Said):
    """An organisation or establishment, known by one primary identifier of a registered scheme.

    Its class is that of the row that it was first known from; see `SubjectOpening` for later ones.
    """

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
            _class_of("ledger_subject"),
            models.UniqueConstraint(fields=["scheme", "identifier"], name="ledger_subject_identifier"),
            _organisation("ledger_subject"),
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


class SubjectOpening(Said):
    """That a row named a subject to readers who could not know of it before, and what that row said of it.

    Those readers are shown this kind, division and day of registration, not those of the more closed row.
    """

    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="openings", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=40)
    division = models.CharField(max_length=12, blank=True)
    registered_on = models.DateField(null=True)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        indexes = (BrinIndex(fields=["event"], name="ledger_opening_event", autosummarize=True),)
        constraints = (
            _class_of("ledger_subjectopening"),
            _organisation("ledger_subjectopening"),
            models.UniqueConstraint(
                fields=["subject", "access", "item"], name="ledger_subjectopening_once", nulls_distinct=False
            ),
        )


class SubjectName(Said):
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
        constraints = (_class_of("ledger_subjectname"),)


class SubjectIdentifier(Said):
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
            _class_of("ledger_subjectidentifier"),
            models.UniqueConstraint(
                fields=["subject", "scheme", "identifier", "access", "item"],
                name="ledger_subjectidentifier_once",
                nulls_distinct=False,
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
