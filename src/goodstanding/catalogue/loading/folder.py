"""A pack's folder becomes a `Pack`: read, references resolved, section 1 checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from goodstanding.catalogue.chasing import STATED
from goodstanding.catalogue.checks import check_pack
from goodstanding.catalogue.domains import LEVELS
from goodstanding.catalogue.loading.codes import check_codes
from goodstanding.catalogue.loading.contracts import read_contract
from goodstanding.catalogue.loading.courses import check_procedures
from goodstanding.catalogue.loading.items import read_items
from goodstanding.catalogue.loading.marks import Block, Cell, read_yaml
from goodstanding.catalogue.loading.measures import read_measure_facts, read_measures
from goodstanding.catalogue.loading.memoranda import read_memoranda
from goodstanding.catalogue.loading.procedures import read_procedure
from goodstanding.catalogue.loading.references import check_references
from goodstanding.catalogue.loading.reminders import read_reminders
from goodstanding.catalogue.loading.rights import read_rights
from goodstanding.catalogue.loading.tables import (
    read_categories,
    read_citations,
    read_departures,
    read_drafts,
    read_lists,
    read_penalty_kinds,
    read_publicity,
    read_tables,
)
from goodstanding.catalogue.loading.triggers import check_triggers
from goodstanding.catalogue.loading.words import read_name, read_pattern, read_title, read_word
from goodstanding.catalogue.model import Authority, Category, Contract, Item, Pack, RefusedMatter, Scheme
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.errors import Refusal

Row = TypeVar("Row")

PACKS = Path(__file__).resolve().parents[2] / "packs"


def builtin_names() -> tuple[str, ...]:
    """Names of the packs that come with Goodstanding, in order."""
    return tuple(sorted(one.parent.name for one in PACKS.glob("*/pack.yaml")))


def builtin_pack(name: str) -> Pack:
    """The pack of that name that comes with Goodstanding. Raises GS-PACK-007 if there is none."""
    if name not in builtin_names():
        raise Refusal(
            "GS-PACK-007",
            f"there is no pack {name!r}",
            where=name,
            remedy=f"One of {', '.join(builtin_names())}, or the folder of a pack of your own.",
        )
    return load_pack(PACKS / name)


def load_pack(folder_or_name: str | Path) -> Pack:
    """Read and check a pack, given its folder or the name of one that comes with Goodstanding.

    Raises:
        Refusal: GS-PACK-0NN for what cannot be read, GS-PACK-1NN for what section 1 does not admit.
    """
    folder = Path(folder_or_name)
    if isinstance(folder_or_name, str) and folder_or_name in builtin_names():
        folder = PACKS / folder_or_name
    if not (folder / "pack.yaml").is_file():
        raise Refusal(
            "GS-PACK-007",
            "there is no pack here",
            where=str(folder_or_name),
            why="A pack is a folder with a file pack.yaml.",
            remedy=f"Give a folder, or one of {', '.join(builtin_names())}.",
        )
    marks: dict[str, str] = {}
    pack = _read(folder, marks)
    check_references(pack, marks)
    check_procedures(pack, marks)
    check_triggers(pack, marks)
    check_pack(pack, marks)
    check_codes(pack, marks)
    return pack


def _read(folder: Path, marks: dict[str, str]) -> Pack:
    head = _root(folder, "pack.yaml").block("pack title currency zone", "schemes notes")
    name = read_name(head["pack"])
    own = tuple(_scheme(one) for one in head.cells("schemes") if one.is_mapping())
    known = tuple(one.text() for one in head.cells("schemes") if not one.is_mapping())
    return Pack(
        name=name,
        title=read_title(head["title"]),
        folder=folder,
        currency=_currency(head),
        zone=head.text("zone"),
        categories=_categories(folder),
        items=_items(folder, name, marks),
        authorities=_authorities(folder, name, marks),
        contracts=_contracts(folder, name, marks),
        rulebooks=tuple(folder / one for one in _files(folder, "rulebooks", deep=True)),
        refused=_refused(folder),
        schemes=(*known, *(one.name for one in own)),
        digest=folder_digest(folder),
        notes=tuple(read_title(one) for one in head.cells("notes")),
        own_schemes=own,
        publicity=_table(folder, "publicity.yaml", lambda root: read_publicity(root, name, marks)),
        penalty_kinds=_table(folder, "penalties.yaml", read_penalty_kinds),
        lists=_table(folder, "lists.yaml", lambda root: read_lists(root, name, marks)),
        tables=_table(folder, "facts.yaml", read_tables),
        measures=_parts(folder, "measures", lambda root: read_measures(root, name, marks)),
        memoranda=_parts(folder, "memoranda", lambda root: read_memoranda(root, name, marks)),
        measure_facts=_table(folder, "measure_facts.yaml", read_measure_facts),
        procedures=_procedures(folder, name, marks),
        rights=_table(folder, "rights.yaml", read_rights),
        reminders=_table(folder, "reminders.yaml", read_reminders) or STATED,
        citations=_table(folder, "citations.yaml", read_citations),
        departures=_table(folder, "departures.yaml", read_departures),
        drafts=_table(folder, "citations.yaml", read_drafts),
    )


def _table(folder: Path, inside: str, read: Callable[[Cell], tuple[Row, ...]]) -> tuple[Row, ...]:
    """A table that a pack may have or not."""
    return read(_root(folder, inside)) if _has(folder, inside) else ()


def _parts(folder: Path, name: str, read: Callable[[Cell], tuple[Row, ...]]) -> tuple[Row, ...]:
    """What may stand in one file or in a folder of files of that name."""
    files = [f"{name}.yaml"] if _has(folder, f"{name}.yaml") else []
    return tuple(row for one in (*files, *_files(folder, name)) for row in read(_root(folder, one)))


def _contracts(folder: Path, name: str, marks: dict[str, str]) -> tuple[Contract, ...]:
    return tuple(read_contract(_root(folder, one), name, marks) for one in _files(folder, "contracts"))


def _procedures(folder: Path, name: str, marks: dict[str, str]) -> tuple[Procedure, ...]:
    files = _files(folder, "procedures", deep=True)
    return tuple(read_procedure(_root(folder, one), name, marks) for one in files)


def folder_digest(folder: Path) -> str:
    """SHA-256, in hexadecimal, of a pack's files: names and contents, whatever the line ends."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "__")) for part in inside.parts):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(f"{inside.as_posix()}\n{len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()


def _has(folder: Path, inside: str) -> bool:
    return (folder / inside).is_file()


def _root(folder: Path, inside: str) -> Cell:
    return read_yaml(folder / inside, f"{folder.name}/{inside}")


def _files(folder: Path, inside: str, *, deep: bool = False) -> list[str]:
    found = (folder / inside).glob("**/*.yaml" if deep else "*.yaml")
    return sorted(one.relative_to(folder).as_posix() for one in found)


def _currency(head: Block) -> str:
    currency = head.text("currency")
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise Refusal(
            "GS-PACK-014",
            f"{currency!r} is no currency",
            where=head["currency"].where,
            remedy="Three capital letters after ISO 4217, for instance CNY.",
        )
    return currency


def _scheme(cell: Cell) -> Scheme:
    block = cell.block("name title pattern")
    return Scheme(read_name(block["name"]), read_title(block["title"]), read_pattern(block["pattern"]))


def _categories(folder: Path) -> tuple[Category, ...]:
    """The 19 categories; packs without a table of their own use the national one's."""
    at = folder if _has(folder, "categories.yaml") else PACKS / "cn"
    return read_categories(_root(at, "categories.yaml")) if _has(at, "categories.yaml") else ()


def _items(folder: Path, name: str, marks: dict[str, str]) -> tuple[Item, ...]:
    roots = [_root(folder, one) for one in _files(folder, "catalogue")]
    return tuple(item for root in roots for item in read_items(root, name, marks))


def _authorities(folder: Path, name: str, marks: dict[str, str]) -> tuple[Authority, ...]:
    found = []
    for cell in _root(folder, "authorities.yaml").block("authorities")["authorities"].cells():
        block = cell.block("authority title level zone", "market")
        path = f"{name}/{read_name(block['authority'])}"
        marks[f"authority {path}"] = block.where
        level = read_word(block["level"], LEVELS)
        title, market = read_title(block["title"]), block.flag("market")
        found.append(Authority(path, title, level, block.text("zone"), market))
    return tuple(found)


def _refused(folder: Path) -> tuple[RefusedMatter, ...]:
    if not _has(folder, "refused.yaml"):
        return ()
    found = []
    for cell in _root(folder, "refused.yaml").block("refused")["refused"].cells():
        block = cell.block("title clause reason")
        clause = read_word(block["clause"], [f"1.{number}" for number in range(1, 10)])
        found.append(RefusedMatter(read_title(block["title"]), clause, read_title(block["reason"])))
    return tuple(found)
