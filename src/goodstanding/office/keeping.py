"""What lies in the office beside the ledger has an end: drafts that nobody took up, documents, both with their case."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from goodstanding.core.home import Home
from goodstanding.ledger.purging import overwrite
from goodstanding.office.acting import CLOCK, TIME_OVER, acting
from goodstanding.office.history import forget
from goodstanding.office.models import Draft, Upload
from goodstanding.office.uploads import place_of, sweep
from goodstanding.procedures.models import Forgotten
from goodstanding.procedures.signals import forgotten

DRAFT_DAYS = 90
"""How long a draft lies that nobody changes, proposes or signs. No law speaks of drafts: this is our own bound."""


@dataclass(frozen=True)
class Swept:
    """How many drafts, documents and lines of the history went because their time was over."""

    drafts: int
    documents: int
    changes: int


def keep_up(home: Home, day: date) -> Swept:
    """Remove what is past its time on a day; safe to repeat."""
    before = datetime.combine(day - timedelta(days=DRAFT_DAYS), time(), UTC)
    left = Forgotten.objects.filter(why=Forgotten.Why.RETENTION).values("case")
    with_texts(cases=list(Draft.objects.filter(case__in=left).values_list("case", flat=True)), home=home)
    with_texts(cases=list(Upload.objects.filter(case__in=left).values_list("case", flat=True)), home=home)
    with acting(CLOCK, TIME_OVER):
        drafts, _ = Draft.objects.filter(changed_at__lt=before).delete()
    return Swept(drafts, sweep(home, day), forget())


@receiver(forgotten)
def with_texts(*, cases: list[int], home: Home, **_: Any) -> None:
    """The texts of cases went: their drafts and documents go in the same transaction, the files with its commit.

    A process that dies in between leaves files of which nothing is known; the next sweep takes them.
    """
    with acting(CLOCK, "The texts of its case went."):
        Draft.objects.filter(case__in=cases).delete()
        documents = Upload.objects.filter(case__in=cases)
        files = [place_of(home, one) for one in documents]
        documents.delete()
    transaction.on_commit(lambda: _remove(files))


def _remove(files: list[Path]) -> None:
    for one in files:
        with suppress(FileNotFoundError):
            overwrite(one)
            one.unlink()
