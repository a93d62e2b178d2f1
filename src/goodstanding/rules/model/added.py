"""Fields that came later: left out of the canonical form while they say nothing.

So a rulebook that does not use them keeps its digest, and a manifest of an earlier run still names it.
"""

from __future__ import annotations

from dataclasses import Field, field
from typing import Any

_MARK = "added"


def added(default: Any) -> Any:
    """A dataclass field with a default that the canonical form leaves out."""
    return field(default=default, metadata={_MARK: True})


def silent(one: Field[Any], value: object) -> bool:
    """Whether a field came later and says nothing."""
    return bool(one.metadata.get(_MARK)) and value == one.default
