"""Public ids: UUID version 7 (RFC 9562, section 5.7), which sort by the time of their making."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new id; within a process each is larger than the one before.

    48 bits of milliseconds, then 12 bits that count further within a millisecond, then 62 random bits.
    """
    global _last
    with _lock:
        # Milliseconds and their 4,096th parts in one number, so that "one more" carries over.
        stamp = time.time_ns() * 4096 // 1_000_000
        _last = stamp = max(stamp, _last + 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
