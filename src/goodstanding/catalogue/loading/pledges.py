"""What a procedure says of promises: how soon they are checked, how long shown, and what follows if they are broken."""

from __future__ import annotations

from goodstanding.catalogue.loading.marks import Cell
from goodstanding.catalogue.loading.stages import read_bases, read_term
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_title
from goodstanding.catalogue.pledge import Breach, Follows, Pledge
from goodstanding.catalogue.procedure import CaseKind


def read_pledge(cell: Cell) -> Pledge:
    """`{check: …, shown: {months: …, basis: …}, breaches: [{follows, title, basis, bars, months}, …]}`.

    The term of `check` is written `after: keep`: it counts from the last day by which something was to be kept.
    """
    block = cell.block("check shown breaches")
    shown = block["shown"].block("months basis")
    return Pledge(
        read_term(block["check"]),
        shown.integer("months", 0),
        read_basis(shown["basis"]),
        tuple(_breach(one) for one in block.cells("breaches")),
    )


def _breach(cell: Cell) -> Breach:
    block = cell.block("follows title basis", "bars months")
    return Breach(
        read_choice(block["follows"], Follows),
        read_title(block["title"]),
        read_bases(block, "basis"),
        tuple(read_choice(one, CaseKind) for one in block.cells("bars")),
        block.integer("months", 0),
    )
