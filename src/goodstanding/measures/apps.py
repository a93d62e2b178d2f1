"""Django app of measures: orders, what became of them, and the check at the counter."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.loading import Catalogue
from goodstanding.ledger.apps import GuardedConfig
from goodstanding.ledger.finding import Finding


class MeasuresConfig(GuardedConfig):
    """What follows from a listing, written in the event of the listing and lifted in that of its end."""

    name = "goodstanding.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow entries: what they trigger, and what ends with them."""
        from goodstanding.measures import following  # noqa: F401 - connects the receivers

    def findings(self) -> Iterator[Finding]:
        """Questions and uses that were changed, or went before their day."""
        from goodstanding.measures.log import findings

        yield from findings()

    def replayed(self, catalogue: Catalogue) -> Iterator[Finding]:
        """Versions that no pack says, and orders that follow from no entry."""
        from goodstanding.measures.auditing import orders, versions

        yield from versions(catalogue)
        yield from orders()
