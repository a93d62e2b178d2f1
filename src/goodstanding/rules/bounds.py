"""How large a number of a result may be: 64 bits, in every engine. One that is larger is refused, never cut."""

from __future__ import annotations

from goodstanding.core.errors import Refusal

from .model import Interval, invalid

LOWEST, HIGHEST = -(2**63), 2**63 - 1


def too_large(path: str, why: str) -> Refusal:
    """The refusal of a fact or of points beyond 64 bits, GS-RULES-047."""
    return invalid(
        47,
        f"a fact or total of {path} has more than 64 bits",
        why=why,
        remedy="look at the numbers and amounts of the records: one is far beyond what it can mean",
    )


def fitting(value: Interval, path: str, owner: str) -> Interval:
    """The interval, if both ends have at most 64 bits. Refusal GS-RULES-047 if not."""
    for end in (value.low, value.high):
        if end is not None and not LOWEST <= end <= HIGHEST:
            raise too_large(path, f"{owner} comes to {end}")
    return value
