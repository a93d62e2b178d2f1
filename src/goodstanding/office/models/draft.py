"""What an official has written and nobody has signed: outside the ledger, changed and thrown away at will."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.utils import timezone

from goodstanding.office.models.account import Account
from goodstanding.procedures.models import Appointment, Case


class Draft(models.Model):
    """A step as it was filled in. `proposed`: its author has signed it, and it awaits the second official.

    `values` are the fields of the form. `account` and `appointment` are its author's.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts", db_constraint=False)
    act = models.CharField(max_length=16)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    values = models.JSONField()
    proposed = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "act"], name="office_draft_once"),)

    @property
    def digest(self) -> str:
        """What the second official has read: a draft that was changed since is not signed unseen."""
        return hashlib.sha256(json.dumps(self.values, sort_keys=True).encode()).hexdigest()
