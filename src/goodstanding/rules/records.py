"""What engines read: subjects, and records with their endings already beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import FieldType, Item
from goodstanding.core.reader import Access

from .model import invalid

Catalogue = Mapping[str, Item]
SLOTS = 4


@dataclass(frozen=True)
class Record:
    """A record as the extract holds it.

    `amount` in minor units of `currency`; `numbers` and `codes` by slot; it counts on days before
    `counts_until`, if it has ended.
    """

    record_id: int
    item: str
    occurred_on: date | None = None
    decided_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    amount: int | None = None
    currency: str | None = None
    seriousness: int | None = None
    access: int | None = Access.PUBLIC
    numbers: tuple[int | None, ...] = (None,) * SLOTS
    codes: tuple[str | None, ...] = (None,) * SLOTS
    counts_until: date | None = None


@dataclass(frozen=True)
class Subject:
    """An organisation, as the extract knows it."""

    subject_id: int
    kind: str
    registered_on: date | None = None


def item_of(catalogue: Catalogue, path: str) -> Item:
    """The item of that path. Refusal GS-RULES-021 if the catalogue has none."""
    found = catalogue.get(path)
    if found is None:
        raise invalid(
            21,
            f"the catalogue has no item {path}",
            why="a rule about it would never match, and look as if everyone kept it",
            remedy="name an item of the catalogue, or add it there",
        )
    return found


def slot_of(catalogue: Catalogue, path: str, field: str, type_: FieldType) -> int:
    """The slot, 0 to 3, of a number or code field. Refusal GS-RULES-022 if the item has no such field."""
    found = item_of(catalogue, path).field_named(field)
    if found is None or found.type is not type_ or found.slot is None:
        there = [one.name for one in item_of(catalogue, path).fields if one.type is type_ and one.slot]
        raise invalid(
            22,
            f"{path} has no {type_.value} field {field!r} that rules can use",
            remedy="use one of " + ", ".join(there) if there else "add the field to the catalogue",
        )
    return found.slot - 1
