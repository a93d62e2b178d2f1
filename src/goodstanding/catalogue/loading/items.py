"""Items of the catalogue: files catalogue/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.loading.codes import Codes, read_codes, read_values
from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_name, read_title, read_word
from goodstanding.catalogue.model import Absence, Field, FieldType, Item, Polarity, Retention
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access

SLOTS = 4
_KEYS = "item title category domain polarity access absence basis retention"
_MORE = "fields listing grounds market_information"


def read_items(cell: Cell, pack: str, marks: dict[str, str]) -> tuple[Item, ...]:
    """The items of one file; `marks` learns where each stands."""
    block = cell.block("items", "codes")
    shared = read_codes(block["codes"]) if "codes" in block else {}
    return tuple(_item(one, pack, marks, shared) for one in block["items"].cells())


def _item(cell: Cell, pack: str, marks: dict[str, str], shared: Mapping[str, Codes]) -> Item:
    block = cell.block(_KEYS, _MORE)
    path = f"{pack}/{read_name(block['item'])}"
    marks[f"item {path}"] = block.where
    kept = block["retention"].block("months basis")
    marks[f"retention {path}"] = kept.where
    listing = read_word(block["listing"], ("own", "reported")) if "listing" in block else ""
    access = read_word(block["access"], [one.name.lower() for one in Access])
    return Item(
        path=path,
        title=read_title(block["title"]),
        category=_category(block["category"]),
        domain=block.text("domain"),
        polarity=read_choice(block["polarity"], Polarity),
        access=Access[access.upper()],
        absence=read_choice(block["absence"], Absence),
        basis=tuple(read_basis(one) for one in block.cells("basis")),
        retention=Retention(kept["months"].integer(), read_basis(kept["basis"])),
        fields=_fields(block, path, marks, shared),
        listing=bool(listing),
        own=listing == "own",
        grounds=block.texts("grounds"),
        market_information=block.flag("market_information"),
    )


def _category(cell: Cell) -> int:
    number = cell.integer()
    if not 1 <= number <= 19:
        raise Refusal(
            "GS-PACK-020",
            f"there is no category {number}",
            where=cell.where,
            why="Public credit information has 19 categories (Trivium 2020, Table 1).",
            remedy="A number from 1 to 19.",
        )
    return number


def _fields(block: Block, path: str, marks: dict[str, str], shared: Mapping[str, Codes]) -> tuple[Field, ...]:
    fields: list[Field] = []
    used = {FieldType.NUMBER: 0, FieldType.CODE: 0}
    for cell in block.cells("fields"):
        one = cell.block("name title type", "values")
        name = read_name(one["name"])
        kind = read_choice(one["type"], FieldType)
        if any(field.name == name for field in fields):
            raise Refusal(
                "GS-PACK-021", f"the field {name!r} is written twice", where=one.where, remedy="Keep one."
            )
        slot = None
        if kind is not FieldType.TEXT:
            used[kind] += 1
            slot = used[kind]
            if slot > SLOTS:
                raise Refusal(
                    "GS-PACK-022",
                    f"the item has more than {SLOTS} fields of type {kind.value}",
                    where=one.where,
                    why=f"Rules read {SLOTS} numbers and {SLOTS} codes of a record.",
                    remedy="Make it a text, or split the item.",
                )
        marks[f"field {path} {name}"] = one.where
        values = read_values(one["values"], shared) if "values" in one else ()
        if values and kind is not FieldType.CODE:
            raise Refusal(
                "GS-PACK-027",
                f"the field {name!r} is no code and lists values",
                where=one["values"].where,
                remedy="Make it a code, or remove `values`.",
            )
        fields.append(Field(name, read_title(one["title"]), kind, slot, values))
    return tuple(fields)
