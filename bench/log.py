"""The public log against bare hashing: entries added in durable sets, and audited.

    python -m bench log --entries 1000000

The floor is what RFC 6962 cannot do without: a SHA-256 for each entry and one for each inner node, by hashlib in a
loop. Beside it the log writes canonical JSON, tiles and bundles, and waits until they are on the disk.
"""

from __future__ import annotations

import hashlib
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from goodstanding.proof.auditing import audit
from goodstanding.proof.entries import LedgerEntry
from goodstanding.proof.log import Log
from goodstanding.proof.signing import KeyRing, begin, sign

_ROUNDS = 3
_DAY = date(2026, 3, 2)


def measure(folder: Path, entries: int) -> dict[str, Any]:
    """Medians of three rounds in which everything takes its turn; ratios are of the processor's seconds."""
    folder.mkdir(parents=True)
    made = list(_entries(entries))
    data = [one.data for one in made]
    times: dict[str, list[float]] = {"hashes": [], "append": [], "audit": []}
    waited = []
    for number in range(_ROUNDS):
        place = folder / str(number)
        log = Log(place / "log", place / "state")
        (place / "secrets").mkdir(parents=True)
        ring = KeyRing(place / "secrets")
        times["hashes"].append(_timed(partial(_hash, data)))
        with log.held():
            begin(log, ring, "bench.example/log", _DAY)
            start = time.perf_counter()
            times["append"].append(_timed(partial(log.append, made)))
            waited.append(time.perf_counter() - start)
            sign(log, ring, _DAY)
        times["audit"].append(_timed(partial(_audited, log)))
        shutil.rmtree(place)

    def ratio(of: str) -> float:
        return statistics.median(a / b for a, b in zip(times[of], times["hashes"], strict=True))

    return {
        "entries": entries,
        "hashlib_seconds": round(statistics.median(times["hashes"]), 2),
        "append_seconds_until_on_disk": round(statistics.median(waited), 2),
        "append_times_hashlib": round(ratio("append"), 2),
        "audit_times_hashlib": round(ratio("audit"), 2),
    }


def _entries(count: int) -> Iterator[LedgerEntry]:
    for position in range(1, count + 1):
        yield LedgerEntry("case", position, _DAY, hashlib.sha256(position.to_bytes(8, "big")).digest())


def _timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _hash(data: list[bytes]) -> None:
    sha, pair = hashlib.sha256, b"\x01" * 65
    for one in data:
        sha(b"\x00" + one).digest()
    for _ in data:
        sha(pair).digest()


def _audited(log: Log) -> None:
    found = audit(log.folder)
    if not found.sound:
        raise SystemExit(f"the log of the bench does not verify: {found.findings[:3]}")
