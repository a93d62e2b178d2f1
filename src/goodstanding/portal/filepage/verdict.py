"""Whether anything counts against an organisation today: the first thing that its page says."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.portal.filepage.entries import Entries, EntryView, Group


@dataclass(frozen=True)
class Verdict:
    """`against` counts today; `reported` is what other registers say, which triggers nothing here."""

    against: tuple[EntryView, ...]
    reported: int
    empty: bool

    @property
    def tone(self) -> str:
        """How the box looks: against, noted (only other registers say something), clear."""
        if self.against:
            return "against"
        return "noted" if self.reported else "clear"

    @property
    def clear(self) -> bool:
        """Whether nothing counts against the organisation."""
        return not self.against


def verdict(entries: Entries) -> Verdict:
    """What the entries amount to."""
    return Verdict(
        against=tuple(one for one in entries.shown if one.against),
        reported=sum(one.group is Group.REPORTED for one in entries.shown),
        empty=not entries.shown,
    )
