"""Beside the web server: what the ledger has goes into the public log, within seconds."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from goodstanding.cli.session import Session
from goodstanding.core.errors import Refusal

_LOOK = 5.0
"""Seconds between two looks at the ledger."""


@contextmanager
def publishing(opened: Session) -> Iterator[None]:
    """Publish the log, if one was begun, until the block ends. It reads the database, and writes files alone."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_publishing, args=(opened, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_publishing(opened: Session, stop: threading.Event) -> None:
    from django.db import Error, connections

    told = ""
    while not stop.is_set():
        try:
            said = _publish(opened)
        except (Refusal, Error, OSError) as error:
            said = str(error)
        finally:
            connections.close_all()
        if said and said != told:
            print(f"The public log is not up to date, and is tried again: {said}", file=sys.stderr)
        told = said
        stop.wait(_LOOK)


def _publish(opened: Session) -> str:
    """What keeps the log from being up to date; nothing if it is."""
    from goodstanding.ledger.entries import log_of
    from goodstanding.ledger.publishing import publish
    from goodstanding.ledger.writing import current_position

    log = log_of(opened.home)
    if not log.exists() or (log.state().position == current_position() and not log.unsigned()):
        return ""
    done = publish(opened.home, opened.clock, wait=False)
    return str(done.refused) if done and done.refused else ""
