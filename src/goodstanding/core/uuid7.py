"""Public ids: UUID version 7 (RFC 9562), ordered by the time at which they were made."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_lock = threading.Lock()
_last = 0


def uuid7(millis: int | None = None) -> UUID:
    """A new id, larger than every one that this process has made before.

    48 bits of Unix milliseconds and 74 random bits. Within one millisecond, or when the clock goes back,
    the last id is counted up by a random step instead (RFC 9562, section 6.2, method 2).

    Args:
        millis: Unix milliseconds; the clock's if not given.
    """
    global _last
    now = time.time_ns() // 1_000_000 if millis is None else millis
    with _lock:
        payload = (now << 74) | int.from_bytes(os.urandom(10), "big") >> 6
        if payload <= _last:
            payload = _last + 1 + int.from_bytes(os.urandom(4), "big")
        _last = payload
    return _assembled(payload)


def uuid7_sql() -> str:
    """A DuckDB expression of type UUID: a new version-7 id for every row.

    DuckDB 1.4 and later has `uuidv7()` itself: Unix milliseconds, version and variant as the RFC wants them,
    and random bits in between; within one millisecond the rows are not in order.
    """
    return "uuidv7()"


def uuid7_at_sql(millis_sql: str) -> str:
    """As `uuid7_sql`, for given Unix milliseconds (BIGINT): for an import that keeps its instants."""
    return (
        f"CAST(concat(lpad(lower(to_hex({millis_sql})), 12, '0'), "
        "substr(replace(CAST(uuidv7() AS VARCHAR), '-', ''), 13)) AS UUID)"
    )


def millis_of(value: UUID) -> int:
    """The Unix milliseconds in a version-7 id."""
    return value.int >> 80


def _assembled(payload: int) -> UUID:
    """122 bits with version and variant put in between: 48, version, 12, variant, 62."""
    millis, high, low = payload >> 74, payload >> 62 & 0xFFF, payload & (1 << 62) - 1
    return UUID(int=millis << 80 | _VERSION | high << 64 | _VARIANT | low)
