"""How many cases the random tests try: the same few each time, or many with HYPOTHESIS_PROFILE=deep."""

from __future__ import annotations

import os


def cases(quick: int) -> int:
    """`quick`, or twenty times as many."""
    return quick * 20 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else quick
