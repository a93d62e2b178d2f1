"""Who is reading: every query of every Django app is filtered by a `Reader` from the first one on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Access(IntEnum):
    """Access class of an item (2016 national catalogue): a larger number is more closed."""

    PUBLIC = 0
    SHARED = 1
    RESTRICTED = 2


@dataclass(frozen=True)
class Reader:
    """A reader sees records up to `access`; restricted items only where they are named in `items`."""

    access: Access = Access.PUBLIC
    items: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def public(cls) -> Reader:
        """Anyone: no account, no consent."""
        return cls()

    def may_read(self, access: Access, item: str) -> bool:
        """Whether a record of this access class and item path is shown to this reader."""
        if access is Access.RESTRICTED:
            return self.access is Access.RESTRICTED and item in self.items
        return access <= self.access


PUBLIC = Reader()
"""Anyone: what a read shows unless it is told who reads."""
