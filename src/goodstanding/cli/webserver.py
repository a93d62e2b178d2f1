"""The web server of `goodstanding serve`: one worker, which ends soon after it is asked to."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

PATIENCE = 3
"""Seconds in which a request that is being answered may end; without a bound, one slow reader keeps Ctrl-C waiting."""


def serve_application(target: str, host: str, port: int) -> None:
    """Serve a WSGI application, `module:name`, until SIGINT or SIGTERM.

    What a worker that is ended had begun in the database is rolled back there. The worker is a process of its own
    from its first line on: one that is forked off would go on with the settings of the command, its role in the
    database included.
    """
    multiprocessing.set_start_method("spawn", force=True)
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
        workers_kill_timeout=PATIENCE,
    ).serve()
