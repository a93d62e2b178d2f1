"""The servers that GOODSTANDING_TEST_SERVER names, one for each process of a test run.

Roles and their passwords belong to a whole server: two processes that made them anew on the same one would shut each
other out.
"""

from __future__ import annotations

import os

from tests.needs import require_or_skip

PROCESSES = 2  # what the smallest machine that the tests are meant for has


def named_servers() -> list[str]:
    """The URLs, in their order; none where the variable is not set."""
    return os.environ.get("GOODSTANDING_TEST_SERVER", "").split()


def named_server() -> str:
    """The URL of this process's own server. The test that asks is skipped where there is none."""
    servers = named_servers()
    if not servers:
        require_or_skip("server", "GOODSTANDING_TEST_SERVER is not set")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return servers[int(worker.removeprefix("gw"))]


def processes() -> int:
    """How many processes share the tests: no more than processors, nor than named servers where there are any."""
    return min(PROCESSES, os.cpu_count() or 1, len(named_servers()) or PROCESSES)
