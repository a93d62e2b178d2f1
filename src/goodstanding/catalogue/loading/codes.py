"""Values of code fields and what they are called: `values` of a field, and `codes` that fields share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from goodstanding.catalogue.loading.marks import Cell
from goodstanding.catalogue.loading.words import read_name, read_title
from goodstanding.catalogue.model import CodeValue, Contract, Field, FieldType, Item, Pack
from goodstanding.core.errors import Refusal

Codes = tuple[CodeValue, ...]

_LATIN_WORD = re.compile(r"[a-z]{2,}")


def read_codes(cell: Cell) -> dict[str, Codes]:
    """The lists of values that several fields of a file share, by name."""
    return {name: _values(one) for name, one in cell.pairs()}


def read_values(cell: Cell, shared: Mapping[str, Codes]) -> Codes:
    """The values of a field: titles by value, a plain list, or the name of a shared list (GS-PACK-026)."""
    if not cell.is_name():
        return _values(cell)
    name = read_name(cell)
    if name not in shared:
        raise Refusal(
            "GS-PACK-026",
            f"there is no list of values {name!r} in this file",
            where=cell.where,
            remedy=f"One of: {', '.join(sorted(shared)) or 'none here'}; or write the values out.",
        )
    return shared[name]


def _values(cell: Cell) -> Codes:
    if cell.is_mapping():
        return tuple(CodeValue(value, read_title(title)) for value, title in cell.pairs())
    return tuple(CodeValue(value) for value in cell.texts())


def check_codes(pack: Pack, marks: Mapping[str, str]) -> None:
    """Raise GS-PACK-064 for a value that a page could only show as a Latin code word."""
    for item in pack.items:
        for field in item.fields:
            for value in _possible(pack, item, field):
                if _LATIN_WORD.search(value) and field.value_title(value) is None:
                    raise Refusal(
                        "GS-PACK-064",
                        f"the value {value!r} of {field.name} in {item.path} has no title",
                        where=marks.get(f"field {item.path} {field.name}", item.path),
                        why="A page in Chinese or English would show the code itself.",
                        remedy="Write values: {" + value + ": {en: …, zh: …}} at the field.",
                    )


def _possible(pack: Pack, item: Item, field: Field) -> Iterator[str]:
    """The values that the catalogue lists, and those of contracts with a closed list."""
    if field.type is not FieldType.CODE:
        return
    yield from (one.value for one in field.values)
    for contract in pack.contracts:
        if item.path in _items(contract):
            for name, column in contract.record.fields:
                if name == field.name:
                    yield from contract.column(column).values


def _items(contract: Contract) -> frozenset[str]:
    return frozenset((contract.record.item, *(path for _, path in contract.record.items)))
