"""Whom an order meets when subjects were merged: whoever was known to be the subject when it was decided.

A merge is a judgement that two subjects are one organisation. Files follow it at once, and can follow its undoing. A
measure does not: what was decided about one was notified to that one, and whoever was not known to be meant then was
not heard. So an order meets the subject of its decision, and those who were judged to be the same both when the entry
was made and now. One who was merged later is met only by a decision of its own, and nobody by a succession. The
database holds the answers of the counter to the same (`sql/meant.sql`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from goodstanding.ledger.models import Position, Subject
from goodstanding.ledger.queries import merges_at
from goodstanding.measures.models import Order


def those_that_mean(subject: Subject, orders: Iterable[Order]) -> list[Order]:
    """The orders, of those on all that are judged to be this subject now, that meet it."""
    wanted = list(orders)
    events = {one.record_id >> 32 for one in wanted if one.subject_id != subject.pk}
    positions = dict(Position.objects.filter(event__in=events).values_list("event_id", "number"))
    known = cache(merges_at)

    def meant(order: Order) -> bool:
        if order.subject_id == subject.pk:
            return True
        then = known(positions[order.record_id >> 32])
        return then.get(order.subject_id, order.subject_id) == then.get(subject.pk, subject.pk)

    return [one for one in wanted if meant(one)]
