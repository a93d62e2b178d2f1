"""Rights of organisations by place: file rights.yaml."""

from __future__ import annotations

from goodstanding.catalogue.loading.marks import Cell
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_name, read_title, read_word
from goodstanding.catalogue.right import Right, RightKind
from goodstanding.core.errors import Refusal

_UNITS = ("per_year", "years")


def read_rights(cell: Cell) -> tuple[Right, ...]:
    """The rights that a pack states. Raises GS-PACK-080, GS-PACK-050."""
    found: list[Right] = []
    for one in cell.block("rights")["rights"].cells():
        block = one.block("id place right rule basis valid_from source", "division number unit uncertain")
        if ("number" in block) != ("unit" in block):
            raise Refusal(
                "GS-PACK-080",
                "a number of a right has a unit, and a unit a number",
                where=block.where,
                remedy=f"Write number: … and unit: one of {', '.join(_UNITS)}; or neither.",
            )
        name = read_name(block["id"])
        if name in {each.id for each in found}:
            raise Refusal(
                "GS-PACK-050",
                f"there are two rights {name!r}",
                where=block.where,
                why="A name names one thing.",
                remedy="Rename or remove one of them.",
            )
        found.append(
            Right(
                id=name,
                place=read_title(block["place"]),
                kind=read_choice(block["right"], RightKind),
                rule=read_title(block["rule"]),
                basis=read_basis(block["basis"]),
                valid_from=block["valid_from"].day(),
                source=block.text("source"),
                division=block.text("division"),
                number=block["number"].integer() if "number" in block else None,
                unit=read_word(block["unit"], _UNITS) if "unit" in block else "",
                uncertain=block.flag("uncertain"),
            )
        )
    return tuple(found)
