"""Django app of the ledger, and of the rooms whose tables are guarded as the ledger's are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from goodstanding.ledger.finding import Finding

_SQL = Path(__file__).parent / "sql"


class GuardedConfig(AppConfig):
    """A room that writes in the ledger's events. `guards`: its files of SQL, in the order of the migrations.

    The names of its tables and functions begin with its label; the ledger's check compares them with these files.
    """

    guards: tuple[Path, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """What the ledger's check must know of rows that no root covers; nothing by default."""
        yield from ()


class LedgerConfig(GuardedConfig):
    """Subjects, records, endings, merges, batches, and the columnar extract."""

    name = "goodstanding.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
    guards = tuple(_SQL / name for name in ("guards.sql", "classes.sql", "beyond.sql"))
