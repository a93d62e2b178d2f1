"""Django app of procedures: cases and their steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from goodstanding.ledger.apps import GuardedConfig
from goodstanding.ledger.finding import Finding


class ProceduresConfig(GuardedConfig):
    """Cases by published procedures; what they decide is written to the ledger in the same transaction."""

    name = "goodstanding.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    guards = tuple(
        Path(__file__).parent / "sql" / name
        for name in ("guards.sql", "of_the_entry.sql", "own_steps.sql", "texts.sql")
    )

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
