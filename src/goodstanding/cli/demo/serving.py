"""The office of the demo, beside its portal: a process of its own, on this machine alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 10.0
"""Seconds in which it ends after it is asked to."""


@contextmanager
def beside(home: Path, port: int, today: str) -> Iterator[None]:
    """Serve the office until the block ends. It writes as the app role; the portal goes on as the reader."""
    words = [
        sys.executable,
        "-m",
        "goodstanding",
        "serve",
        "--office",
        "--home",
        str(home),
        "--port",
        str(port),
    ]
    if today:
        words += ["--today", today]
    running = subprocess.Popen(words, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        running.terminate()
        try:
            running.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
