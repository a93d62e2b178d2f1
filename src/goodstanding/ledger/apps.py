"""Django app of the ledger, and of the rooms whose tables are guarded as the ledger's are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from goodstanding.catalogue.loading import Catalogue
    from goodstanding.ledger.finding import Finding


class GuardedConfig(AppConfig):
    """A room that writes in the ledger's events, and of whose rows the ledger's check knows."""

    def findings(self) -> Iterator[Finding]:
        """What the ledger's check must know of rows that no root covers; nothing by default."""
        yield from ()

    def replayed(self, catalogue: Catalogue) -> Iterator[Finding]:
        """What is not as the room's own rules make it, whoever wrote it; nothing by default."""
        yield from ()


class LedgerConfig(GuardedConfig):
    """Subjects, records, endings, merges, batches, and the columnar extract."""

    name = "goodstanding.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
