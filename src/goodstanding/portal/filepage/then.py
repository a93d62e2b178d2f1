"""A file of an earlier day, or as known earlier, without what has left the pages since.

What ended is not shown again by asking for a day on which it still counted: publicity ends for every day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from goodstanding.portal.filepage.entries import PER_PAGE, Ended, Entries


@dataclass(frozen=True)
class Then:
    """The entries of then that may be shown, and those that counted then and have ended since.

    `since` says of each what it was, why it ended and when, as today's page does, and nothing of its content.
    """

    entries: Entries
    since: tuple[Ended, ...]


def only_what_today_shows(then: Entries, now: Entries) -> Then:
    """The entries of then, of which only what today's page shows is shown."""
    open_now = {one.anchor for one in now.shown}
    ended_now = {one.anchor: one for one in now.ended}
    shown = [one for one in then.shown if one.anchor in open_now]
    placed = tuple(replace(one, page=place // PER_PAGE + 1) for place, one in enumerate(shown))
    since = tuple(ended_now[one.anchor] for one in then.shown if one.anchor in ended_now)
    ended = tuple(one for one in then.ended if one.anchor in ended_now)
    return Then(Entries(placed, ended, then.unknown), since)
