"""Beside the web server: once a day, and at the start, what a day brings to the cases; and all the time, alerts.

Each is a command of its own, so that a page never waits for it and an error in it stops nothing else. Running it twice
changes nothing, so that several servers need not agree who does it.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from goodstanding.core.clock import Clock

_LOOK = 60.0
"""Seconds between two looks at the day."""
_PATIENCE = 1.0
"""Seconds that a command has to end in."""


@contextmanager
def each_day(home: Path, clock: Clock, packs: Sequence[str]) -> Iterator[None]:
    """Run `goodstanding case pass-day` now and whenever the day changes, until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_up, args=(home, clock, tuple(packs), stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def telling(home: Path, clock: Clock, packs: Sequence[str]) -> Iterator[None]:
    """Run `goodstanding case tell --watch` until the block ends; if it dies, it is started again after a while."""
    stop = threading.Event()
    words = _words(home, clock, tuple(packs), "tell", "--watch")
    thread = threading.Thread(target=_keep_telling, args=(words, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_telling(words: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        told = _run(words, stop)
        if told:
            print(f"Alerts are not sent, and will be again: {told}", file=sys.stderr)
        stop.wait(_LOOK)


def _keep_up(home: Path, clock: Clock, packs: tuple[str, ...], stop: threading.Event) -> None:
    done: date | None = None
    while not stop.is_set():
        today = clock.today()
        if today != done and _pass(home, clock, packs, stop):
            done = today
        stop.wait(_LOOK)


def _pass(home: Path, clock: Clock, packs: tuple[str, ...], stop: threading.Event) -> bool:
    """Whether the day was passed; what went wrong is said, and tried again at the next look."""
    told = _run(_words(home, clock, packs, "pass-day", "--json"), stop)
    if told:
        print(f"What the day brings was not done, and is tried again: {told}", file=sys.stderr)
    return not told and not stop.is_set()


def _words(home: Path, clock: Clock, packs: tuple[str, ...], *command: str) -> list[str]:
    words = [sys.executable, "-m", "goodstanding", "case", *command, "--home", str(home)]
    if clock.fixed is not None:
        words += ["--today", clock.fixed.isoformat()]
    for one in packs:
        words += ["--pack", one]
    return words


def _run(words: list[str], stop: threading.Event) -> str:
    """Run a command to its end, or until we stop; returns what went wrong, or nothing."""
    running = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the server, which ends this in its turn
    )
    while running.poll() is None:
        if stop.wait(0.2):
            running.terminate()
            try:
                running.communicate(timeout=_PATIENCE)
            except (
                subprocess.TimeoutExpired
            ):  # it waits for somebody's server: what it does is safe to break off
                running.kill()
                running.communicate()
            return ""
    told = running.communicate()[1].strip()
    return (told or f"exit code {running.returncode}") if running.returncode else ""
