"""What a command needs to work with a ledger: the home, the server, the catalogue, Django."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodstanding.catalogue.loading import Catalogue, builtin_names, load_packs
from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.intake import sweep
from goodstanding.postgres import Lease, Role, connect_server
from goodstanding.site.databases import use_server

_ONE_MIGRATION = 7106418833003


@dataclass(frozen=True)
class Session:
    """An open installation."""

    home: Home
    lease: Lease
    catalogue: Catalogue
    clock: Clock
    actor: str


def load_catalogue(packs: list[str] | None) -> Catalogue:
    """The packs that are in force: the named ones, or all that are shipped."""
    named = [part for one in packs or [] for part in one.split(os.pathsep) if part]
    return load_packs(named or builtin_names())


@contextmanager
def session(
    home: Path,
    *,
    clock: Clock,
    packs: list[str] | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Session]:
    """Open the home, its server and, as the app role, its database; bring the tables up to date.

    Raises:
        Refusal: GS-POSTGRES-… if the server cannot be had, GS-PACK-… if a pack does not load.
    """
    catalogue = load_catalogue(packs)
    opened = Home.open(home)
    sweep(opened.work)  # a file that was being read when its process was killed must not stay
    with connect_server(opened.path, progress=say) as lease:
        use_server(lease, Role.APP)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
        import django

        django.setup()
        _migrate(say)
        try:
            yield Session(opened, lease, catalogue, clock, actor="operator")
        finally:
            from django.db import connections

            connections.close_all()


def _migrate(say: Callable[[str], None] | None) -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with owner.cursor() as cursor:
            # Two commands at once on a fresh home: the second waits, and then finds nothing to do.
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_MIGRATION])
        if say:
            say("bringing the tables up to date …")
        call_command("migrate", database="owner", verbosity=0)
    owner.close()
