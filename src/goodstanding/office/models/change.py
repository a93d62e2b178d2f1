"""The history of what lies beside the ledger: accounts, second factors, addresses, drafts, documents. The database
writes it."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """That a row was made, changed or removed: by whom, when and why; which columns, and never what stood in them.

    `account` is the key of the account that the row is of; `who` the key of the account that acted, or a word for the
    operator, the clock or nobody. `at` is the database's own instant. Triggers write these rows (`sql/changes.sql`);
    the app role reads them.
    """

    class What(models.TextChoices):
        """What kind of row it was."""

        ACCOUNT = "account"
        FACTOR = "factor"
        DRAFT = "draft"
        DOCUMENT = "document"
        ADDRESS = "address"
        ROLE = "role"

    class How(models.TextChoices):
        """What happened to it."""

        MADE = "made"
        CHANGED = "changed"
        REMOVED = "removed"

    what = models.CharField(max_length=16, choices=What.choices)
    how = models.CharField(max_length=16, choices=How.choices)
    key = models.CharField(max_length=64)
    account = models.CharField(max_length=64, db_index=True)
    case = models.BigIntegerField(null=True, db_index=True)
    columns = models.JSONField(default=list)
    who = models.CharField(max_length=100)
    why = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_index=True)
