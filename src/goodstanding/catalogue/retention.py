"""How long a record is kept, shown and counted: one meaning for pages, commands and engines (clause 1.8).

Retention is a number of months of an item. It counts from the day of the decision; where a record states
none, from the day on which the fact occurred, then from the first day in effect, then from the day on which
the record was taken in. A listing is different: while it is in effect it has consequences, so that it must be
seen, and retention counts from the day on which it left its list (docs/adr/0006).
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from goodstanding.catalogue.model import Item
from goodstanding.core.dates import add_months, earliest_within


class Dated(Protocol):
    """What states the days of a record: an entry of a file, a row of the extract."""

    @property
    def decided_on(self) -> date | None:
        """The day of the decision."""

    @property
    def occurred_on(self) -> date | None:
        """The day on which the fact occurred."""

    @property
    def effective_from(self) -> date | None:
        """The first day in effect."""

    @property
    def effective_to(self) -> date | None:
        """The first day no longer in effect."""


def kept_from(item: Item, on: date) -> date:
    """The earliest day that still counts on `on`: what is counted from an earlier one is past its retention."""
    return earliest_within(on, item.retention.months)


def is_kept(
    item: Item, record: Dated, on: date, *, taken_in: date | None = None, left: date | None = None
) -> bool | None:
    """Whether a record is within its retention on a day; None where it states no day to count from.

    Args:
        item: what the record is about.
        record: its days.
        on: the day of the page or of the assessment.
        taken_in: the day on which the ledger took it in. The extract does not know it.
        left: the day from which an ending took it off its list, for a listing.
    """
    start = _start(item, record, taken_in, left)
    return None if start is None else start >= kept_from(item, on)


def kept_until(
    item: Item, record: Dated, *, taken_in: date | None = None, left: date | None = None
) -> date | None:
    """The first day on which a record is kept no more; None where that day is not known, or not yet settled:
    of a listing without a term, nobody knows when it will leave."""
    start = _start(item, record, taken_in, left)
    try:
        return None if start is None else add_months(start, item.retention.months)
    except OverflowError:
        return None


def _start(item: Item, record: Dated, taken_in: date | None, left: date | None) -> date | None:
    """The day from which retention counts; the last of all days for a listing that has not left."""
    stated = record.decided_on or record.occurred_on or record.effective_from or taken_in
    if not item.listing:
        return stated
    # An ending that says that it was never right counts from the first of all days: it left when it came.
    ended = None if left is None else max(left, stated or left)
    return min(ended or date.max, record.effective_to or date.max)
