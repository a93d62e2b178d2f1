"""An address is told when it answers, not before."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK = 0.2
"""Seconds between two looks, and for one to be answered."""


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there."""
    asked = http.client.HTTPConnection(host, port, timeout=5)
    try:
        asked.request("GET", "/healthz")
        asked.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
    return True


@contextmanager
def told_when(ready: Callable[[], bool], tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` once, as soon as `ready` holds, from beside the block; never after the block has ended."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK):
            if ready():
                if not ended.is_set():
                    tell()
                return

    threading.Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
