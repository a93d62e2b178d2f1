"""The tables of facts of a pack: categories, publicity rules, kinds of penalties, lists; and which tables there are."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import read_basis, read_name, read_title, read_word
from goodstanding.catalogue.model import (
    Category,
    Departure,
    ListFact,
    PenaltyKind,
    PublicityRule,
    TableOfFacts,
    Title,
)
from goodstanding.core.errors import Refusal

_CLOCKS = ("document", "publication", "finding", "end-of-act", "not-stated")


def read_categories(cell: Cell) -> tuple[Category, ...]:
    """The categories of public credit information: file categories.yaml. Raises GS-PACK-020."""
    root = cell.block("source categories")
    found = []
    for one in root.cells("categories"):
        block = one.block("number title existed_before expandability")
        found.append(
            Category(
                block["number"].integer(),
                read_title(block["title"]),
                block.flag("existed_before"),
                read_word(block["expandability"], ("low", "high")),
            )
        )
    if [one.number for one in found] != list(range(1, 20)):
        raise Refusal(
            "GS-PACK-020",
            "the categories are not the numbers 1 to 19 in their order",
            where=root["categories"].where,
            why="Public credit information has 19 categories (Trivium 2020, Table 1).",
            remedy="Give each of them once.",
        )
    return tuple(found)


def read_citations(cell: Cell) -> tuple[Title, ...]:
    """Instruments, and parts of them, that the pack names in English words: file citations.yaml."""
    return tuple(read_title(one) for one in cell.block("citations", "drafts")["citations"].cells())


def read_departures(cell: Cell) -> tuple[Departure, ...]:
    """Reasons for deciding otherwise than proposed: file departures.yaml."""
    blocks = (one.block("code title") for one in cell.block("departures")["departures"].cells())
    return tuple(Departure(read_name(one["code"]), read_title(one["title"])) for one in blocks)


def read_drafts(cell: Cell) -> tuple[str, ...]:
    """Instruments, and parts of them, that are drafts for comment and not in force: file citations.yaml."""
    return cell.block("citations", "drafts").texts("drafts")


def read_publicity(cell: Cell, pack: str, marks: dict[str, str]) -> tuple[PublicityRule, ...]:
    """How long adverse information is published: file publicity.yaml."""
    found = []
    for one in cell.block("rules")["rules"].cells():
        block = one.block(
            "id regime basis information level published clock ends valid_from source",
            "minimum_months maximum_months valid_to uncertain items",
        )
        name = read_name(block["id"])
        marks[f"rule {name}"] = block.where
        found.append(
            PublicityRule(
                id=name,
                regime=read_title(block["regime"]),
                basis=read_basis(block["basis"]),
                information=read_title(block["information"]),
                level=read_word(block["level"], ("minor", "general", "serious", "specified", "any")),
                published=read_word(block["published"], ("public", "not-public", "in-part")),
                minimum_months=_months(block, "minimum_months"),
                maximum_months=_months(block, "maximum_months"),
                clock=read_word(block["clock"], _CLOCKS),
                ends=read_title(block["ends"]),
                valid_from=block["valid_from"].day(),
                valid_to=_day(block, "valid_to"),
                source=block.text("source"),
                uncertain=block.texts("uncertain"),
                items=tuple(f"{pack}/{item}" for item in block.texts("items")),
            )
        )
    return tuple(found)


def read_penalty_kinds(cell: Cell) -> tuple[PenaltyKind, ...]:
    """Kinds of administrative penalties: file penalties.yaml."""
    found = []
    for one in cell.block("kinds")["kinds"].cells():
        block = one.block("code title published basis", "seriousness uncertain")
        found.append(
            PenaltyKind(
                code=block.text("code"),
                title=read_title(block["title"]),
                seriousness=_months(block, "seriousness"),
                published=read_word(block["published"], ("public", "not-public", "by-sector")),
                basis=read_basis(block["basis"]),
                uncertain=block.flag("uncertain"),
            )
        )
    return tuple(found)


def read_lists(cell: Cell, pack: str, marks: dict[str, str]) -> tuple[ListFact, ...]:
    """Lists that the real system keeps: file lists.yaml. Raises GS-PACK-023."""
    found = []
    for one in cell.block("lists")["lists"].cells():
        block = one.block(
            "id title keeper basis valid_from grounds source",
            "valid_to term_months early_exit_months item reported reason uncertain",
        )
        if ("item" in block) == ("reason" in block):
            raise Refusal(
                "GS-PACK-023",
                "a list has either an item or a reason why it has none",
                where=block.where,
                remedy="Name the item that records it, or say why it is not recorded.",
            )
        name = read_name(block["id"])
        marks[f"list {pack}/{name}"] = block.where
        found.append(
            ListFact(
                id=name,
                title=read_title(block["title"]),
                keeper=f"{pack}/{block.text('keeper')}",
                basis=read_basis(block["basis"]),
                valid_from=block["valid_from"].day(),
                valid_to=_day(block, "valid_to"),
                term_months=_months(block, "term_months"),
                early_exit_months=_months(block, "early_exit_months"),
                grounds=read_title(block["grounds"]),
                item=f"{pack}/{block.text('item')}" if "item" in block else "",
                reason=read_title(block["reason"]) if "reason" in block else None,
                source=block.text("source"),
                uncertain=block.texts("uncertain"),
                reported=f"{pack}/{block.text('reported')}" if "reported" in block else "",
            )
        )
    return tuple(found)


def read_tables(cell: Cell) -> tuple[TableOfFacts, ...]:
    """Which tables of facts the pack's rulebooks carry: file facts.yaml. Raises GS-PACK-024, -025."""
    found: list[TableOfFacts] = []
    for one in cell.block("tables")["tables"].cells():
        block = one.block("id title rows source")
        table = TableOfFacts(
            block.text("id"), read_title(block["title"]), block["rows"].integer(), block.text("source")
        )
        if not (table.id.isascii() and table.id.isalnum()) or table.rows < 1:
            raise Refusal(
                "GS-PACK-024",
                "a table of facts has a short id and at least one row",
                where=block.where,
                remedy='Write for instance id: "68", rows: 15.',
            )
        if table.id in {each.id for each in found}:
            raise Refusal(
                "GS-PACK-025",
                f"there are two tables of facts {table.id!r}",
                where=block.where,
                why="A row is named by its table and its number.",
                remedy="Rename or remove one of them.",
            )
        found.append(table)
    return tuple(found)


def _months(block: Block, name: str) -> int | None:
    return block[name].integer() if name in block else None


def _day(block: Block, name: str) -> date | None:
    return block[name].day() if name in block else None
