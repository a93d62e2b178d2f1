"""Memoranda: `memoranda.yaml` or `memoranda/*.yaml` of a pack."""

from __future__ import annotations

from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_name, read_title, read_word
from goodstanding.catalogue.measure import Agreed, Bound, Effect, Memorandum
from goodstanding.core.errors import Refusal


def read_memoranda(cell: Cell, pack: str, marks: dict[str, str]) -> tuple[Memorandum, ...]:
    """The memoranda of one file. Raises GS-PACK-073, -074."""
    return tuple(_memorandum(one, pack, marks) for one in cell.block("memoranda")["memoranda"].cells())


def _memorandum(cell: Cell, pack: str, marks: dict[str, str]) -> Memorandum:
    block = cell.block(
        "id table number title effect keeper basis valid_from source",
        "valid_to lists agreed refused waits incomplete uncertain standing",
    )
    path = f"{pack}/{read_name(block['id'])}"
    marks[f"memorandum {path}"] = block.where
    _one_state(block)
    return Memorandum(
        path=path,
        title=read_title(block["title"]),
        effect=read_choice(block["effect"], Effect),
        keeper=f"{pack}/{block.text('keeper')}",
        basis=tuple(read_basis(one) for one in block["basis"].cells()),
        lists=block.texts("lists"),
        agreed=tuple(agreed for one in block.cells("agreed") for agreed in _agreed(one, pack)),
        valid_from=block["valid_from"].day(),
        valid_to=block["valid_to"].day() if "valid_to" in block else None,
        number=block["number"].integer(),
        refused=read_title(block["refused"]) if "refused" in block else None,
        incomplete=read_title(block["incomplete"]) if "incomplete" in block else None,
        source=block.text("source"),
        uncertain=block.texts("uncertain"),
        waits=read_title(block["waits"]) if "waits" in block else None,
        standing=read_basis(block["standing"]) if "standing" in block else None,
        table=read_word(block["table"], ("punishment", "reward", "developing", "programme")),
    )


def _one_state(block: Block) -> None:
    """Triggered by lists, waiting for one, or refused: one of the three, and no orders from what is refused."""
    if sum(name in block for name in ("lists", "waits", "refused")) != 1:
        raise Refusal(
            "GS-PACK-073",
            "a memorandum has lists, or says why it waits for one, or why it is refused",
            where=block.where,
            why="Whether a listing triggers it must not be left open.",
            remedy="Write one of lists, waits and refused.",
        )
    if ("refused" in block) == ("agreed" in block):
        raise Refusal(
            "GS-PACK-074",
            "what is refused agrees on no measures, and every other memorandum on some",
            where=block.where,
            remedy="Write agreed: with measures and authorities, or refused: with the reason.",
        )


def _agreed(cell: Cell, pack: str) -> tuple[Agreed, ...]:
    """One measure and each authority that carries it out."""
    block = cell.block("measure authorities", "bound")
    bound = read_choice(block["bound"], Bound) if "bound" in block else Bound.ORDERED
    measure = f"{pack}/{block.text('measure')}"
    return tuple(Agreed(measure, f"{pack}/{one}", bound) for one in block.texts("authorities"))
