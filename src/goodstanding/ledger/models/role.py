"""Roles of natural persons in a subject. Nothing here has a key, a page or an index on a person."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models.dictionary import Source
from goodstanding.ledger.models.subject import Subject


class Role(models.Model):
    """That a subject has a holder of a role, from a day to a day. The holder's name is beside it."""

    id = models.BigIntegerField(primary_key=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    source_key = models.UUIDField()
    revision = models.SmallIntegerField(default=1)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="roles", db_constraint=False)
    kind = models.CharField(max_length=40)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "source_key", "revision"], name="ledger_role_source_key"
            ),
        )


class RoleHolder(models.Model):
    """The name of the holder: erasable, never indexed, shown only on the subject's own page."""

    role = models.OneToOneField(
        Role, on_delete=models.PROTECT, primary_key=True, related_name="holder", db_constraint=False
    )
    salt = models.BinaryField(max_length=16)
    name = models.CharField(max_length=200)
    digest = models.UUIDField()
