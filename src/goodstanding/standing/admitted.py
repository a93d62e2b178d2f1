"""Who may read a result that rests on restricted records."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.core.reader import Access, Reader
from goodstanding.rules.model import Rulebook


def admitted(reader: Reader, rulebooks: Iterable[Rulebook], restricted: Iterable[str]) -> Reader:
    """The reader as far as results of a rulebook go.

    A result says how closed its records are and not which they are. So its restricted part is for readers who are
    admitted to every restricted item that the rulebook looks at; to others it is closed as to any authority.

    Args:
        rulebooks: the rulebook, and every other one whose results it rests on.
        restricted: full paths of the items that only readers admitted to them may see.
    """
    looked_at = {select.item for rulebook in rulebooks for _, select, _ in rulebook.selects()}.intersection(
        restricted
    )
    if reader.access is Access.RESTRICTED and not looked_at <= reader.items:
        return Reader(Access.SHARED)
    return reader
