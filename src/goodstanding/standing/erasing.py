"""What rests on an erased record goes with it: lines, and the assessments that they were part of.

A run writes no line for every record that it reads: a condition that is not met has none, and the rulebooks
that a run rests on are evaluated inside it and not kept. So what rested on a record cannot be told from the
lines alone. What can be told is whom it could reach, and since when: the subject that it was received for,
whoever that one was ever merged with, and those whose group holds any of them. In the runs that knew the
record all of these lose their results, with or without a line, until the next run; nobody else does.

The cut-offs of quotas by rank stay with their run: two whole numbers over everyone, from which no record
can be read, and without which nobody else could be explained.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.dispatch import receiver

from goodstanding.ledger.signals import erased

# Merges in both directions and ties of every revision, undone and ended ones too: a run may have known them.
_FORGET = """
WITH RECURSIVE reached(subject_id) AS (
    (SELECT unnest(%(subjects)s::bigint[])
     UNION SELECT subject_id FROM standing_assessmentline WHERE record_id = ANY(%(records)s::bigint[]))
    UNION
    SELECT next.subject_id FROM reached r CROSS JOIN LATERAL (
        SELECT into_subject_id FROM ledger_merge WHERE kind = 'same' AND from_subject_id = r.subject_id
        UNION ALL
        SELECT from_subject_id FROM ledger_merge WHERE kind = 'same' AND into_subject_id = r.subject_id
        UNION ALL
        SELECT other_id FROM ledger_tie WHERE subject_id = r.subject_id
    ) next(subject_id)
), knowing(run_id) AS (
    SELECT id FROM standing_run WHERE position >= (
        SELECT min(number) FROM ledger_position
        WHERE event_id IN (SELECT record >> 32 FROM unnest(%(records)s::bigint[]) record))
), assessments AS (
    DELETE FROM standing_assessment
    WHERE subject_id IN (SELECT subject_id FROM reached) AND run_id IN (SELECT run_id FROM knowing)
)
DELETE FROM standing_assessmentline
WHERE subject_id IN (SELECT subject_id FROM reached) AND run_id IN (SELECT run_id FROM knowing)
"""


@receiver(erased)
def forget(*, records: list[int], subjects: list[int], **_: Any) -> None:
    """Remove what rested on the records, in the erasure's own transaction.

    Args:
        records: ids of the erased records.
        subjects: ids of the subjects that they were received for, before any merge.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"records": records, "subjects": subjects})
