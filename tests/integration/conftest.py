"""PostgreSQL for the tests: the embedded server, and once more the one GOODSTANDING_TEST_SERVER names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

from goodstanding.postgres import Lease, connect_server, open_cluster, scratch_database
from tests.integration.installation import Installation, Template, installed, migrated_template
from tests.integration.memory import folder_in_memory
from tests.integration.postgres.observing import wait_stopped
from tests.servers import named_server, named_servers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodstanding.site.settings")
django.setup()  # before the test modules are read: they import models


# Rooms that know the database by the ledger's tables alone: one kind of server tells what two would.
ONCE = frozenset({"office", "portal", "rules", "standing"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep those rooms' tests on one kind of server: the named one where there is one, whose owner may less."""
    folder, left_out = Path(__file__).parent, "embedded" if named_servers() else "named"

    def twice(item: pytest.Item) -> bool:
        if not isinstance(item, pytest.Function) or folder not in item.path.parents:
            return False
        kind = item.callspec.params.get("server") if hasattr(item, "callspec") else None
        return kind == left_out and item.path.relative_to(folder).parts[0] in ONCE

    dropped = [one for one in items if twice(one)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [one for one in items if not twice(one)]


@pytest.fixture(scope="session", params=["embedded", "named"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lease]:
    """A running server; each test that uses it runs on both kinds, but for those of the rooms named `ONCE`.

    Tests never write into the server's own database: they take `scratch` or `installation`.
    """
    if request.param == "embedded":
        with folder_in_memory() as folder:
            with open_cluster(folder / "home") as lease:
                yield lease
            wait_stopped(folder / "home")
        return
    home = tmp_path_factory.mktemp(request.param)
    with connect_server(home, {"DATABASE_URL": named_server()}) as lease:
        yield lease


@pytest.fixture
def scratch(server: Lease) -> Iterator[Lease]:
    """An empty database of this test's own."""
    with scratch_database(server) as lease:
        yield lease


@pytest.fixture(scope="session")
def template(server: Lease) -> Iterator[Template]:
    """A database with all tables and no rows; tests copy it."""
    with migrated_template(server) as one:
        yield one


@pytest.fixture
def installation(server: Lease, template: Template, tmp_path: Path) -> Iterator[Installation]:
    """A home and an empty ledger of this test's own."""
    with installed(server, template, tmp_path) as one:
        yield one
