"""Take a home's cluster away, and nothing else of the home."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.postgres import locks
from goodstanding.postgres.place import find_place


def remove_cluster(home: Path, *, patience: float = 30.0) -> None:
    """Remove the embedded server's data for good, once nobody uses it.

    Args:
        home: the home's folder.
        patience: seconds to wait for the last holder of a lease and for the server's stop.
    Raises:
        Refusal: `GS-POSTGRES-040` when the server is still in use after that time.
    """
    if not (home / "postgres").is_dir():
        return  # nothing was ever made
    place = find_place(home.resolve(), lambda _words: None)
    until = time.monotonic() + patience
    keeper, lease = (locks.open_lock(path) for path in (place.keeper_lock, place.lease))
    try:
        # The keeper's lock first: a keeper that finds the lease held stays for as long as it is.
        while not (locks.try_exclusive(keeper) and locks.try_exclusive(lease)):
            locks.release(keeper)
            if time.monotonic() > until:
                raise Refusal(
                    "GS-POSTGRES-040",
                    "the database is in use and was not removed",
                    where=str(place.base),
                    remedy="end the commands and servers that use this home",
                )
            time.sleep(0.05)
        shutil.rmtree(place.base)
    finally:
        os.close(keeper)
        os.close(lease)
