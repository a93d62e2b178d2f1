"""Bodies and the identifier schemes of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model.words import Title


@dataclass(frozen=True)
class Authority:
    """A body that issues, lists or carries out. `path` is `<pack>/<authority>`.

    `market`: a bank, platform, association, chamber, credit bureau, publisher or company. It may subscribe to
    measures and is never ordered.
    """

    path: str
    title: Title
    level: str
    zone: str
    market: bool = False


@dataclass(frozen=True)
class Scheme:
    """An identifier scheme of the pack's own: `pattern` (RE2) is what a whole identifier looks like."""

    name: str
    title: Title
    pattern: str
