"""Reads of the portal's own: the ledger's position, what is in it, and what came last.

A count is never more open than what it counts: records are counted in the extract parts that the reader
may see, and a delivery is shown only if every item that its source can bring is open to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from goodstanding.catalogue.model import Contract, Target
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Delivery, Part, Position, Source
from goodstanding.ledger.visibility import names_of, subjects_visible_to, visible_to
from goodstanding.portal import shelf
from goodstanding.portal.language import Language

NEWEST = 8


@dataclass(frozen=True)
class Holdings:
    """What the ledger holds, for a reader."""

    position: int
    subjects: int
    records: int
    deliveries: int


@dataclass(frozen=True)
class DeliveryRow:
    """A delivery: source, day, and what became of its rows."""

    contract: Contract
    day: date
    position: int
    rows: int
    loaded: int
    already: int
    refused: int
    reported: int


def position_now() -> int:
    """The newest position; 0 in an empty ledger."""
    return Position.objects.order_by("-number").values_list("number", flat=True).first() or 0


def holdings(reader: Reader) -> Holdings:
    """Sums over what the reader may see; records are read from the parts' sizes, and so cost the same at any size."""
    parts = Part.objects.filter(
        kind=Part.Kind.RECORDS, replaced_by__isnull=True, access__lte=min(reader.access, Access.SHARED)
    )
    records = parts.aggregate(n=Sum("rows"))["n"] or 0
    if reader.access is Access.RESTRICTED:  # a part holds restricted items that this reader may not see
        records += visible_to(reader).filter(access=Access.RESTRICTED).count()
    shown = Delivery.objects.filter(source__path__in=_open_sources(reader)).aggregate(n=Count("id"))
    return Holdings(
        position=position_now(),
        subjects=subjects_visible_to(reader).count(),
        records=records,
        deliveries=shown["n"],
    )


def newest_deliveries(reader: Reader) -> tuple[DeliveryRow, ...]:
    """The last deliveries of sources that are open to the reader, newest first."""
    rows = (
        Delivery.objects.filter(source__path__in=_open_sources(reader))
        .select_related("source", "event", "event__position")
        .order_by("-event__position__number")[:NEWEST]
    )
    found = []
    for one in rows:
        contract = shelf.contract_at(one.source.path)
        if contract is not None:
            found.append(
                DeliveryRow(
                    contract=contract,
                    day=one.event.day,
                    position=one.event.position.number,
                    rows=one.rows,
                    loaded=one.loaded + one.subject_only,
                    already=one.already + one.kept_out,
                    refused=one.refused,
                    reported=one.reported,
                )
            )
    return tuple(found)


def _open_sources(reader: Reader) -> list[str]:
    paths = Source.objects.values_list("path", flat=True)
    return [path for path in paths if is_open(shelf.contract_at(path), reader)]


def names_in(lang: Language, subjects: Iterable[int], reader: Reader) -> dict[int, str]:
    """The newest name of each subject that is not a former one: in this language, or else in the other."""
    names: dict[int, str] = {}
    found = [one for one in names_of(subjects, reader) if not one.former]
    for wanted in (False, True):
        names |= {one.subject_id: one.text for one in found if (one.language == lang) is wanted}
    return names


def is_open(contract: Contract | None, reader: Reader) -> bool:
    """Whether all that a source can bring may be read. Of roles nothing is told, not even how many."""
    if contract is None or contract.target is Target.ROLES:
        return False
    paths = [contract.record.item, *(path for _, path in contract.record.items)]
    items = [shelf.item_at(path) for path in paths if path]
    return all(one is not None and reader.may_read(one.access, one.path) for one in items)
