"""A whole installation for a test: a home, a database of its own with all tables, Django pointed at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from goodstanding.catalogue.loading import Catalogue, builtin_names, load_packs
from goodstanding.core.clock import Clock
from goodstanding.core.home import Home
from goodstanding.ledger.report import DeliveryReport
from goodstanding.postgres import Lease, Role, scratch_database
from goodstanding.site.databases import databases_from_environment, use_server

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Installation:
    """What tests of the ledger and of everything above it work with."""

    home: Home
    lease: Lease
    catalogue: Catalogue
    clock: Clock = field(default_factory=lambda: Clock(TODAY))

    def take_in(self, path: Path, source: str, *, as_of: date | None = None) -> DeliveryReport:
        """Take in a file under a contract of the shipped packs."""
        from goodstanding.ledger.taking_in import take_in

        return take_in(
            path,
            self.catalogue.contract(source),
            self.catalogue,
            home=self.home,
            clock=self.clock,
            actor="test",
            as_of=as_of,
        )

    def nothing_from(self, *sources: str) -> None:
        """Deliver files without a row: these sources have nothing to tell up to the installation's day."""
        for source in sources:
            columns = ",".join(one.name for one in self.catalogue.contract(source).columns)
            path = self.home.path.parent / f"nothing-from-{source.replace('/', '-')}.csv"
            path.write_text(f"{columns}\n", encoding="utf-8")
            assert self.take_in(path, source, as_of=self.clock.today()).changed, source

    def deliver(self, name: str, text: str, source: str) -> DeliveryReport:
        """Write a file into the home's parent and take it in."""
        path = self.home.path.parent / name
        path.write_text(text, encoding="utf-8")
        return self.take_in(path, source)

    def connect(self, role: Role) -> psycopg.Connection[tuple[object, ...]]:
        """A connection straight at the database, past all of our code."""
        return psycopg.connect(self.lease.dsn(role), autocommit=True)

    def administer(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the server's administrator: who can do what nobody should."""
        return psycopg.connect(self.lease.admin_dsn(), autocommit=True)


def point_django_at(lease: Lease) -> None:
    """Make Django's connections those of this database, whatever they were before."""
    use_server(lease, Role.APP)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
    import django
    from django.db import connections

    django.setup()
    for alias, settings in connections.configure_settings(databases_from_environment(os.environ)).items():
        if alias in connections.settings:
            connections[alias].close()
            del connections[alias]
        connections.settings[alias] = settings


@cache
def shipped() -> Catalogue:
    """All packs, read once."""
    return load_packs(builtin_names())


Files = tuple[tuple[str, str, str], ...]
"""Files to take in, each with its name, its text and its source."""


@dataclass
class Template:
    """A database with all tables and no rows, and those with some files taken in: tests get copies of them.

    A file of two rows takes half a second to check, and many tests begin with the same ones.
    """

    server: Lease
    empty: str
    until: ExitStack
    settled: dict[Files, tuple[str, Path]] = field(default_factory=dict)

    def after(self, files: Files) -> tuple[str, Path]:
        """The name of a database that holds these files, and the home that goes with it; nobody is connected."""
        if files not in self.settled:
            from django.db import connections

            lease = self.until.enter_context(scratch_database(self.server, template=self.empty))
            folder = Path(self.until.enter_context(TemporaryDirectory(prefix="goodstanding-settled-")))
            point_django_at(lease)
            one = Installation(Home.open(folder / "home"), lease, shipped())
            for name, text, source in files:
                report = one.deliver(name, text, source)
                assert report.loaded and not report.refused and not report.reported, report
            connections.close_all()
            self.settled[files] = (lease.database, one.home.path)
        return self.settled[files]


@contextmanager
def migrated_template(server: Lease) -> Iterator[Template]:
    """A template on a server; what it made goes with it."""
    from django.core.management import call_command
    from django.db import connections

    with ExitStack() as until:
        lease = until.enter_context(scratch_database(server))
        point_django_at(lease)
        call_command("migrate", database="owner", verbosity=0)
        connections.close_all()
        yield Template(server, lease.database, until)


@contextmanager
def installed(server: Lease, template: Template, folder: Path, files: Files = ()) -> Iterator[Installation]:
    """An installation whose ledger is empty, or holds some files that were taken in on the tests' day."""
    from django.db import connections

    database = template.empty
    if files:
        database, home = template.after(files)
        shutil.copytree(home, folder / "home")
    with scratch_database(server, template=database) as lease:
        point_django_at(lease)
        try:
            yield Installation(Home.open(folder / "home"), lease, shipped())
        finally:
            connections.close_all()
