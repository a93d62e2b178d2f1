"""A line that rests on an erased record goes with it, and so does the assessment that it was part of."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from goodstanding.ledger.signals import erased
from goodstanding.standing.models import Assessment, AssessmentLine


@receiver(erased)
def forget(*, records: list[int], subjects: list[int], **_: Any) -> None:
    """Remove what rested on the records. The subject is assessed anew by the next run."""
    runs = set(AssessmentLine.objects.filter(record_id__in=records).values_list("run_id", flat=True))
    touched = Assessment.objects.filter(run_id__in=runs, subject_id__in=subjects)
    AssessmentLine.objects.filter(run_id__in=runs, subject_id__in=subjects).delete()
    touched.delete()
