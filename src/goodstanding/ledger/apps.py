"""Django app of the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Subjects, records, endings, merges, batches, and the columnar extract."""

    name = "goodstanding.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
