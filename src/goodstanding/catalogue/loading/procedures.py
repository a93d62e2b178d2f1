"""Procedures of a pack: files procedures/**/*.yaml, one version of one procedure a file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date

from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.pledges import read_pledge
from goodstanding.catalogue.loading.stages import read_bases, read_stage, read_term
from goodstanding.catalogue.loading.words import read_basis, read_choice, read_name, read_title
from goodstanding.catalogue.procedure import CaseKind, EndsAs, Evidence, Listing, Procedure, Tier
from goodstanding.core.errors import Refusal

OF_THE_ENTRY = "of-the-entry"
"""As authority: the one that made the entry."""
_KEYS = "procedure kind title authority basis in_force levels stages"
_MORE = (
    "division reviewed_by officials listing tiers evidence applies_to subjects ends_as fee source uncertain notes"
    " pledge"
)


def read_procedure(cell: Cell, pack: str, marks: dict[str, str]) -> Procedure:
    """The procedure of one file. Raises GS-PACK-036 for a path or a file's name that says something else."""
    block = cell.block(_KEYS, _MORE)
    kind = read_choice(block["kind"], CaseKind)
    since, until = _in_force(block["in_force"])
    path = f"{pack}/{kind.value}/{_name(block, kind, since)}"
    mark = f"procedure {path} {since}"
    marks[mark] = block.where
    for number, one in enumerate(block.cells("stages")):
        marks[f"{mark} {number}"] = one.where
    procedure = Procedure(
        path=path,
        kind=kind,
        title=read_title(block["title"]),
        authority="" if block.text("authority") == OF_THE_ENTRY else f"{pack}/{block.text('authority')}",
        basis=read_bases(block, "basis"),
        valid_from=since,
        valid_to=until,
        levels=block.texts("levels"),
        stages=tuple(read_stage(one) for one in block.cells("stages")),
        division=block.text("division"),
        reviewed_by=block.text("reviewed_by"),
        officials=block.integer("officials", 1),
        listing=_listing(block["listing"], pack) if "listing" in block else None,
        tiers=tuple(_tier(one) for one in block.cells("tiers")),
        evidence=tuple(_evidence(one) for one in block.cells("evidence")),
        applies_to=tuple(f"{pack}/{one}" for one in block.texts("applies_to")),
        source=block.text("source"),
        uncertain=block.texts("uncertain"),
        subjects=block.texts("subjects"),
        fee=block.integer("fee", 0),
        ends_as=read_choice(block["ends_as"], EndsAs) if "ends_as" in block else None,
        notes=tuple(read_title(one) for one in block.cells("notes")),
        pledge=read_pledge(block["pledge"]) if "pledge" in block else None,
    )
    return replace(procedure, digest=procedure_digest(procedure))


def procedure_digest(procedure: Procedure) -> str:
    """SHA-256, in hexadecimal, of what the procedure says, whatever its file looks like."""
    plain = asdict(replace(procedure, digest=""))
    if procedure.pledge is None:
        del plain["pledge"]  # so that versions from before promises were said keep their digest
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _name(block: Block, kind: CaseKind, since: date) -> str:
    """The procedure's own name; its file is called after it, its kind and the year of its first day."""
    said, _, name = block.text("procedure").partition("/")
    file = f"procedures/{kind.value}/{name}-{since.year}.yaml"
    if said != kind.value or not name or not block["procedure"].file.endswith(file):
        raise Refusal(
            "GS-PACK-036",
            "path, kind, first day and file of the procedure do not agree",
            where=block["procedure"].where,
            why="A version is found by its name: a new version is a new file, and a released one never changes.",
            remedy="Write procedure: <kind>/<name>, in the file procedures/<kind>/<name>-<year>.yaml.",
        )
    return name


def _in_force(cell: Cell) -> tuple[date, date | None]:
    block = cell.block("from", "to")
    since = block["from"].day()
    until = block["to"].day() if "to" in block else None
    if until is not None and until <= since:
        raise Refusal(
            "GS-PACK-037",
            "the procedure ends before it begins",
            where=block.where,
            remedy="`to` is the first day on which it is no longer in force.",
        )
    return since, until


def _listing(cell: Cell, pack: str) -> Listing:
    block = cell.block(
        "list item ends",
        "rulebook months until_performed early_months conditions removal benefit serious uncertain",
    )
    return Listing(
        list_id=read_name(block["list"]),
        item=f"{pack}/{block.text('item')}",
        rulebook=f"{pack}/{block.text('rulebook')}" if "rulebook" in block else "",
        months=block.integer("months", 0),
        until_performed=block.flag("until_performed"),
        early_months=block["early_months"].integer() if "early_months" in block else None,
        conditions=read_title(block["conditions"]) if "conditions" in block else None,
        removal=read_term(block["removal"]) if "removal" in block else None,
        benefit=block.flag("benefit"),
        uncertain=block.texts("uncertain"),
        serious=block.flag("serious"),
        ends=read_title(block["ends"]),
    )


def _tier(cell: Cell) -> Tier:
    block = cell.block("seriousness title at_least repairable basis", "at_most uncertain")
    return Tier(
        seriousness=block["seriousness"].integer(),
        title=read_title(block["title"]),
        at_least=block["at_least"].integer(),
        at_most=block["at_most"].integer() if "at_most" in block else None,
        repairable=block.flag("repairable"),
        basis=read_basis(block["basis"]),
        uncertain=block.flag("uncertain"),
    )


def _evidence(cell: Cell) -> Evidence:
    block = cell.block("id title", "training")
    return Evidence(read_name(block["id"]), read_title(block["title"]), block.flag("training"))
