"""What an audit or a verification found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be: `about` names the entry, the tile or the file."""

    code: str
    about: str
    what: str
