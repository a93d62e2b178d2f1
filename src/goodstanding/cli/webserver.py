"""The web server of `goodstanding serve`: one worker, which ends soon after it is asked to."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

PATIENCE = 1
"""Seconds in which a request that is being answered may end; without a bound, one slow reader keeps Ctrl-C waiting."""


def serve_application(
    target: str, host: str, port: int, *, stopping: Callable[[], object] = lambda: None
) -> None:
    """Serve a WSGI application, `module:name`, until SIGINT or SIGTERM.

    What a worker that is ended had begun in the database is rolled back there. The worker is a process of its own
    from its first line on: one that is forked off would go on with the settings of the command, its role in the
    database included.

    Args:
        stopping: called as soon as one of the signals arrives, before the worker is ended.

    Raises:
        Whatever SIGINT raised before: a Ctrl-C that stopped the server stops the command too. SIGTERM, by which a
        supervisor stops it, returns.
    """
    multiprocessing.set_start_method("spawn", force=True)
    interrupted = False
    before = signal.getsignal(signal.SIGINT)

    class Told(MPServer):
        """Says at once that it is asked to stop, and by which signal."""

        def signal_handler_interrupt(self, *args: object, **kwargs: object) -> None:
            nonlocal interrupted
            interrupted = interrupted or args[:1] == (signal.SIGINT,)
            stopping()
            handled: Callable[..., None] = super().signal_handler_interrupt
            handled(*args, **kwargs)

    Told(
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
    signal.signal(signal.SIGINT, before)
    if interrupted:
        signal.raise_signal(signal.SIGINT)
