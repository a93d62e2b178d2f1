"""The columnar extract that engines read: registered parts, as known at a position."""

from __future__ import annotations

from django.db.models import QuerySet

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.home import Home
from goodstanding.core.reader import Access
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.models import Part
from goodstanding.ledger.numbers import item_numbers
from goodstanding.ledger.queries import merges_at
from goodstanding.rules import Extract


def _registered(kind: Part.Kind, position: int) -> QuerySet[Part]:
    """Parts in force: a part that an erasure replaced is gone from every past too."""
    return Part.objects.filter(
        kind=kind, event__position__number__lte=position, replaced_by__isnull=True
    ).order_by("event__position__number", "path")


def extract_at(home: Home, position: int, widest: Access, catalogue: Catalogue) -> Extract:
    """What a run at this position reads: parts up to an access class.

    What comes out of a run over closed parts is itself closed: each line and each assessment carries the
    access class of the most closed record that it rests on.

    Args:
        catalogue: whose contracts say which items a source sends, and how far its deliveries reach.
    """
    records = _registered(Part.Kind.RECORDS, position).filter(access__lte=widest)
    subjects = _registered(Part.Kind.SUBJECTS, position).filter(access__lte=widest)
    return Extract(
        records=tuple(home.extract / part.path for part in records),
        endings=tuple(home.extract / part.path for part in _registered(Part.Kind.ENDINGS, position)),
        subjects=tuple(home.extract / part.path for part in subjects),
        merges=tuple(sorted(merges_at(position).items())),
        ties=tuple(home.extract / part.path for part in _registered(Part.Kind.TIES, position)),
        items=item_numbers(),
        coverage=coverage_at(position, catalogue),
    )
