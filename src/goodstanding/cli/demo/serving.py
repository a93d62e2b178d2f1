"""The office of the demo, beside its portal: a process of its own, on this machine alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodstanding.cli.listening import answers

_PATIENCE = 10.0
"""Seconds after which it is ended without asking again: it takes a second or two."""


@dataclass(frozen=True)
class Beside:
    """The office's process."""

    port: int
    process: subprocess.Popen[bytes]

    def answers(self) -> bool:
        """Whether its pages can be read; also where it has ended, so that nobody waits for it: it said why."""
        return self.process.poll() is not None or answers("127.0.0.1", self.port)

    def stop(self) -> None:
        """Ask it to end, without waiting."""
        self.process.terminate()


@contextmanager
def beside(home: Path, port: int, today: str) -> Iterator[Beside]:
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
        yield Beside(port, running)
    finally:
        running.terminate()
        try:
            running.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
