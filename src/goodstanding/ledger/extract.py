"""The columnar extract that engines read: registered parts, as known at a position."""

from __future__ import annotations

from django.db.models import QuerySet

from goodstanding.core.home import Home
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Part
from goodstanding.ledger.numbers import item_numbers
from goodstanding.ledger.queries import merges_at
from goodstanding.rules import Extract


def _registered(kind: Part.Kind, position: int) -> QuerySet[Part]:
    """Parts in force: a part that an erasure replaced is gone from every past too."""
    return Part.objects.filter(
        kind=kind, event__position__number__lte=position, replaced_by__isnull=True
    ).order_by("event__position__number", "path")


def extract_at(home: Home, position: int, reader: Reader) -> Extract:
    """What a run at this position reads, and no more than its reader may see.

    The access class of a part is that of its records: parts of a class that the reader may not see are
    not even named to the engine.
    """
    widest = Access.RESTRICTED if reader.access is Access.RESTRICTED else reader.access
    records = _registered(Part.Kind.RECORDS, position).filter(access__lte=widest)
    return Extract(
        records=tuple(home.extract / part.path for part in records),
        endings=tuple(home.extract / part.path for part in _registered(Part.Kind.ENDINGS, position)),
        subjects=tuple(home.extract / part.path for part in _registered(Part.Kind.SUBJECTS, position)),
        merges=tuple(sorted(merges_at(position).items())),
        items=item_numbers(),
    )
