"""Django app of procedures: cases and their steps."""

from __future__ import annotations

from pathlib import Path

from goodstanding.ledger.apps import GuardedConfig


class ProceduresConfig(GuardedConfig):
    """Cases by published procedures; what they decide is written to the ledger in the same transaction."""

    name = "goodstanding.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    guards = tuple(
        Path(__file__).parent / "sql" / name for name in ("guards.sql", "of_the_entry.sql", "own_steps.sql")
    )

    def ready(self) -> None:
        """Hold entries of ours back from the public until they are published."""
        from goodstanding.ledger.publicity import hold_back
        from goodstanding.procedures.queries import unpublished

        hold_back(unpublished)
