"""Django app of procedures: cases and their steps."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.loading import Catalogue
from goodstanding.ledger.apps import GuardedConfig
from goodstanding.ledger.finding import Finding


class ProceduresConfig(GuardedConfig):
    """Cases by published procedures; what they decide is written to the ledger in the same transaction."""

    name = "goodstanding.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hold entries of ours back from the public until they are published; let texts go with their records."""
        from goodstanding.ledger.publicity import hold_back
        from goodstanding.procedures import forgetting  # noqa: F401 - connects its receiver
        from goodstanding.procedures.queries import unpublished

        hold_back(unpublished)

    def findings(self) -> Iterator[Finding]:
        """Texts of cases that were changed, or went without a reason."""
        from goodstanding.procedures.forgetting import findings

        yield from findings()

    def replayed(self, catalogue: Catalogue) -> Iterator[Finding]:
        """Versions that no pack says, and cases that went no lawful course."""
        from goodstanding.procedures.auditing import against_the_law, versions
        from goodstanding.procedures.replaying import Replay

        yield from versions(catalogue)
        yield from against_the_law()
        yield from Replay(catalogue).findings()
