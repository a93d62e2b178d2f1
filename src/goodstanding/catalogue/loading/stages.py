"""Stages and terms of a procedure, as an official writes them."""

from __future__ import annotations

from goodstanding.catalogue.acts import PARTIES, TITLES
from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_title
from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act, IfLate, Party, Stage, Stated, Term, Unit
from goodstanding.core.errors import Refusal


def read_stage(cell: Cell) -> Stage:
    """One stage: `{act, by, within, serves, states, …}`; title and party have a default for each act."""
    block = cell.block("act", "title by optional within serves states if_late basis")
    act = read_choice(block["act"], Act)
    return Stage(
        act=act,
        title=read_title(block["title"]) if "title" in block else TITLES[act],
        party=read_choice(block["by"], Party) if "by" in block else PARTIES.get(act, Party.OFFICIAL),
        optional=block.flag("optional"),
        serves=block.text("serves"),
        within=read_term(block["within"]) if "within" in block else None,
        if_late=read_choice(block["if_late"], IfLate) if "if_late" in block else IfLate.SHOWN,
        basis=read_bases(block, "basis"),
        states=tuple(read_choice(one, Stated) for one in block.cells("states")),
    )


def read_term(cell: Cell) -> Term:
    """A term: `{working_days: 20, after: decide, basis: …}`. Raises GS-PACK-034, GS-PACK-035."""
    units = {one.value: one for one in Unit}
    block = cell.block("after basis", " ".join((*units, "extension on_day uncertain")))
    stated = [name for name in units if name in block]
    if len(stated) != 1:
        raise Refusal(
            "GS-PACK-034",
            "a term counts one thing",
            where=block.where,
            remedy=f"Write one of {', '.join(units)}, with a number.",
        )
    (name,) = stated
    amount = block[name].integer()
    extension = block["extension"].integer() if "extension" in block else None
    on_day = block["on_day"].integer() if "on_day" in block else None
    if amount < 0 or (extension is not None and extension < 1):
        raise Refusal(
            "GS-PACK-035",
            "a term is not negative, and an extension is at least 1",
            where=block.where,
            remedy=f"{name}: 0 is the same day, at once.",
        )
    if on_day is not None and (units[name] is not Unit.MONTHS or not 1 <= on_day <= 28):
        raise Refusal(
            "GS-PACK-035",
            "a day of the month goes with months, and every month has it",
            where=block.where,
            remedy="Write for instance {months: 1, on_day: 15, …}: by the 15th of the month after.",
        )
    basis = read_basis(block["basis"])
    start = read_choice(block["after"], Act)
    return Term(amount, units[name], start, basis, extension, block.flag("uncertain"), on_day)


def read_bases(block: Block, name: str) -> tuple[Basis, ...]:
    """The laws under a key; none if it is not written."""
    return tuple(read_basis(one) for one in block.cells(name))
