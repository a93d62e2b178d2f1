"""What a check finds in a rulebook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something wrong with a rulebook: stable code, where in the rulebook, what, and the remedy."""

    code: str
    entry: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.entry}: {self.what}" + (f" ({self.remedy})" if self.remedy else "")


def finding(number: int, entry: str, what: str, remedy: str = "") -> Finding:
    """A finding with a code of this room."""
    return Finding(f"GS-RULES-{number:03d}", entry, what, remedy)
