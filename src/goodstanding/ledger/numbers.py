"""Integer numbers for catalogue items and sources, given once and for ever."""

from __future__ import annotations

from goodstanding.catalogue.loading import Catalogue
from goodstanding.ledger.models import Event, Item, PackVersion, Source


def register_packs(catalogue: Catalogue, event: Event) -> bool:
    """Give numbers to items and sources that have none and note new versions of packs.

    Returns whether anything was written.
    """
    wrote = False
    items = set(Item.objects.values_list("path", flat=True))
    sources = set(Source.objects.values_list("path", flat=True))
    for pack in catalogue.packs:
        if not PackVersion.objects.filter(name=pack.name, digest=pack.digest).exists():
            PackVersion.objects.create(name=pack.name, digest=pack.digest, event=event)
            wrote = True
        new_items = [one.path for one in pack.items if one.path not in items]
        new_sources = [one.path for one in pack.contracts if one.path not in sources]
        Item.objects.bulk_create([Item(path=path, event=event) for path in new_items])
        Source.objects.bulk_create([Source(path=path, event=event) for path in new_sources])
        wrote = wrote or bool(new_items or new_sources)
    return wrote


def item_numbers() -> dict[str, int]:
    """Path of each item → its number."""
    return dict(Item.objects.values_list("path", "id"))
