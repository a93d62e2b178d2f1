"""The portal as it is served: a small province in a database of its own, granian on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodstanding.ledger.entries import keys_of, log_of
from goodstanding.ledger.models import Subject
from goodstanding.ledger.publishing import publish
from goodstanding.postgres import Lease, Role, open_cluster
from goodstanding.proof.signing import begin
from goodstanding.site.databases import PREFIX, use_server
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import TODAY, Installation, installed, migrated_template
from tests.integration.portal.conftest import MOTHER, RESTAURANT, settle


@dataclass(frozen=True)
class Site:
    """Where the portal listens, and the numbers of two files."""

    address: str
    company: str
    restaurant: str

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.address + path


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Everything from the server of the database to the web server, and its end."""
    with (
        open_cluster(folder / "cluster") as server,
        migrated_template(server) as template,
        installed(server, template, folder) as installation,
    ):
        settle(installation)
        _grade(installation, "us-nyc/restaurant-grade")
        _grade(installation, "cn/tax-credit")
        log = log_of(installation.home)
        with log.held():
            begin(log, keys_of(installation.home), "credit.example/log", TODAY)
        publish(installation.home, installation.clock)
        numbers = dict(Subject.objects.values_list("identifier", "public_id"))
        home = {"GOODSTANDING_SERVED_HOME": str(installation.home.path)}
        with running(installation.lease, folder / "granian.log", more=home) as address:
            yield Site(address, str(numbers[MOTHER]), str(numbers[RESTAURANT]))


def _grade(installation: Installation, rulebook: str) -> None:
    run_rulebook(
        rulebook,
        on=TODAY,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )


@contextmanager
def running(
    lease: Lease, log: Path, role: Role = Role.READER, more: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The web server on a free port, as a role of the database; `more` goes into its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GOODSTANDING_SERVED_TODAY": TODAY.isoformat(), **(more or {})}
    use_server(lease, role, environment)
    environment.pop(PREFIX + "OWNER", None)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--blocking-threads", "2", "goodstanding.site.wsgi:application"],
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the web server did not come up: {log.read_text(encoding='utf-8')}")
