"""A document that a party handed in: its file lies in the home, and is gone after a while."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from goodstanding.office.models.account import Account
from goodstanding.procedures.models import Case


class Upload(models.Model):
    """A file about a case. `digest` is its SHA-256, in hexadecimal; from `kept_until` on nobody can have it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="uploads", db_constraint=False)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    handed_in = models.DateTimeField(default=timezone.now)
    kept_until = models.DateField()
