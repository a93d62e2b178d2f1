"""What rests on an erased record goes with it: lines, and the assessments that they were part of.

A run writes no line for every record that it reads: a condition that is not met has none, and the rulebooks
that a run rests on are evaluated inside it and not kept. So what rested on a record cannot be told from the
lines alone. What can be told is whom it could reach, and since when: the subject that it was received for,
whoever that one was ever merged with, and, in runs that looked at groups, those whose group holds any of them.
In the runs that knew the record all of these lose their results, with or without a line, until the next run;
nobody else does.

The cut-offs of quotas by rank stay with their run: two whole numbers over everyone, from which no record
can be read, and without which nobody else could be explained.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.dispatch import receiver

from goodstanding.ledger.signals import erased

# Merges in both directions and ties of every revision, undone and ended ones too: a run may have known them.
# A run's manifest says whether it looked at groups; one from before it did is taken to have.
_FORGET = """
WITH RECURSIVE reached(subject_id, tied) AS (
    (SELECT unnest(%(subjects)s::bigint[]), false
     UNION SELECT subject_id, true FROM standing_assessmentline WHERE record_id = ANY(%(records)s::bigint[]))
    UNION
    SELECT next.subject_id, r.tied OR next.tied FROM reached r CROSS JOIN LATERAL (
        SELECT into_subject_id, false FROM ledger_merge WHERE kind = 'same' AND from_subject_id = r.subject_id
        UNION ALL
        SELECT from_subject_id, false FROM ledger_merge WHERE kind = 'same' AND into_subject_id = r.subject_id
        UNION ALL
        SELECT other_id, true FROM ledger_tie WHERE subject_id = r.subject_id
    ) next(subject_id, tied)
), knowing(run_id, grouped) AS (
    SELECT id, coalesce((manifest::jsonb ->> 'groups')::boolean, true) FROM standing_run WHERE position >= (
        SELECT min(number) FROM ledger_position
        WHERE event_id IN (SELECT record >> 32 FROM unnest(%(records)s::bigint[]) record))
), gone(run_id, subject_id) AS (
    SELECT k.run_id, r.subject_id FROM knowing k JOIN reached r ON k.grouped OR NOT r.tied
    UNION SELECT run_id, subject_id FROM standing_assessmentline WHERE record_id = ANY(%(records)s::bigint[])
), assessments AS (
    DELETE FROM standing_assessment a USING gone g WHERE a.run_id = g.run_id AND a.subject_id = g.subject_id
)
DELETE FROM standing_assessmentline l USING gone g WHERE l.run_id = g.run_id AND l.subject_id = g.subject_id
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
