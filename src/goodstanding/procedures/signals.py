"""What rooms above may follow: an entry was made, entries ended. Sent inside the event's transaction."""

from __future__ import annotations

from django.dispatch import Signal

entered = Signal()
"""With `event`, `case`, `record` (its id), `begin`, `end` ([from, to)), `procedure`, `catalogue`: an entry of ours was
written."""

lifted = Signal()
"""With `event`, `ended`: a list of (record id, first day on which it counts no more)."""

forgotten = Signal()
"""With `cases` (ids), `home`: the texts of cases went. Whoever keeps drafts or documents of them removes them."""
