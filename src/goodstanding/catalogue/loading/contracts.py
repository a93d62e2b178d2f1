"""Contracts of sources: files contracts/*.yaml, one contract each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from goodstanding.catalogue.domains import REFUSAL_RULES
from goodstanding.catalogue.loading.columns import read_columns
from goodstanding.catalogue.loading.marks import Block, Cell
from goodstanding.catalogue.loading.words import (
    read_choice,
    read_name,
    read_pattern,
    read_title,
    read_word,
)
from goodstanding.catalogue.model import (
    Contract,
    Delivery,
    InstrumentMapping,
    RecordMapping,
    RoleMapping,
    RowRefusal,
    SubjectMapping,
    Target,
    TieMapping,
)
from goodstanding.core.errors import Refusal

_KEYS = "contract title authority target delivery key columns subject"
_MORE = (
    "record instrument role tie refuse natural_persons because subject_only_when_blank"
    " encodings delimiter sheet floors covers"
)

_SHORTEST_REASON = 20
"""Characters of `because:`; a shorter text is no reason ("x", "so")."""


_LONGEST = 366
"""Days that a delivery may speak after its own: whoever sends less than once a year has not sent."""


def read_contract(cell: Cell, pack: str, marks: dict[str, str]) -> Contract:
    """The contract of one file; `marks` learns where its parts stand."""
    block = cell.block(_KEYS, _MORE)
    path = f"{pack}/{read_name(block['contract'])}"
    marks[f"contract {path}"] = block.where
    for part in ("subject", "record", "instrument", "role", "tie", "refuse", "key"):
        marks[f"{part} {path}"] = block[part].where if part in block else block.where
    covers = block["covers"].block("", "from days") if "covers" in block else None
    contract = Contract(
        path=path,
        title=read_title(block["title"]),
        authority=f"{pack}/{block.text('authority')}",
        target=read_choice(block["target"], Target),
        delivery=read_choice(block["delivery"], Delivery),
        key=block.texts("key"),
        columns=read_columns(block["columns"], path, marks),
        subject=_subject(block["subject"]),
        record=_record(block["record"], pack) if "record" in block else RecordMapping(),
        instrument=_instrument(block["instrument"]) if "instrument" in block else InstrumentMapping(),
        role=_role(block["role"]) if "role" in block else RoleMapping(),
        tie=_tie(block["tie"]) if "tie" in block else TieMapping(),
        refuse=tuple(_refusal(one) for one in block.cells("refuse")),
        subject_only_when_blank=block.texts("subject_only_when_blank"),
        encodings=block.texts("encodings", ("utf-8",)),
        delimiter=block["delimiter"].raw() if "delimiter" in block else ",",
        sheet=block.text("sheet"),
        floors=_floors(block),
        covers_from=covers["from"].day() if covers and "from" in covers else None,
        covers_days=_days(covers["days"]) if covers and "days" in covers else 0,
        no_natural_persons=_none(block),
    )
    return replace(contract, digest=contract_digest(contract))


def contract_digest(contract: Contract) -> str:
    """SHA-256, in hexadecimal, of what the contract says, whatever its file looks like."""
    plain = asdict(replace(contract, digest=""))
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _days(cell: Cell) -> int:
    """How long a delivery speaks, in days."""
    days = cell.integer()
    if not 0 <= days <= _LONGEST:
        raise Refusal(
            "GS-PACK-033",
            f"a delivery cannot speak for {days} days after its own",
            where=cell.where,
            why="Until the next delivery is due, nothing is known of the days in between.",
            remedy=f"Write the days from one delivery to the next, 0 to {_LONGEST}.",
        )
    return days


def _none(block: Block) -> str:
    if "natural_persons" not in block:
        return ""
    read_word(block["natural_persons"], ("none",))
    if "because" not in block:
        raise Refusal(
            "GS-PACK-030",
            "natural_persons: none stands without a reason",
            where=block["natural_persons"].where,
            why="Clause 1.1: each contract says how its source shows a natural person.",
            remedy="Add because: … with the rule that keeps natural persons out of this source.",
        )
    because = block.text("because")
    if len(because.strip()) < _SHORTEST_REASON:
        raise Refusal(
            "GS-PACK-030",
            "natural_persons: none stands without a reason that can be judged",
            where=block["because"].where,
            why="Clause 1.1: each contract says how its source shows a natural person.",
            remedy=f"Name the rule that keeps them out, in {_SHORTEST_REASON} characters or more.",
        )
    return because


def _subject(cell: Cell) -> SubjectMapping:
    texts = "name name_en former_names division registered_on kind kind_column"
    block = cell.block("scheme identifier", f"{texts} kinds legacy")
    return SubjectMapping(
        scheme=block.text("scheme"),
        identifier=block.text("identifier"),
        name=block.text("name"),
        name_en=block.text("name_en"),
        former_names=block.text("former_names"),
        division=block.text("division"),
        registered_on=block.text("registered_on"),
        kind=block.text("kind", "" if "kind_column" in block else "enterprise"),
        kind_column=block.text("kind_column"),
        kinds=block.mapping("kinds"),
        legacy=block.mapping("legacy"),
    )


def _record(cell: Cell, pack: str) -> RecordMapping:
    texts = "item item_column occurred_on decided_on effective_from effective_to amount currency seriousness"
    block = cell.block("", f"{texts} items seriousness_values fields to_is_last_day")
    seriousness = block["seriousness_values"].pairs() if "seriousness_values" in block else ()
    return RecordMapping(
        item=f"{pack}/{block.text('item')}" if "item" in block else "",
        item_column=block.text("item_column"),
        items=tuple((value, f"{pack}/{item}") for value, item in block.mapping("items")),
        occurred_on=block.text("occurred_on"),
        decided_on=block.text("decided_on"),
        effective_from=block.text("effective_from"),
        effective_to=block.text("effective_to"),
        amount=block.text("amount"),
        currency=block.text("currency"),
        seriousness=block.text("seriousness"),
        seriousness_values=tuple((word, number.integer()) for word, number in seriousness),
        fields=block.mapping("fields"),
        to_is_last_day=block.flag("to_is_last_day"),
    )


def _instrument(cell: Cell) -> InstrumentMapping:
    block = cell.block("", "register authority number article dated")
    return InstrumentMapping(
        register=block.flag("register"),
        authority=block.text("authority"),
        number=block.text("number"),
        article=block.text("article"),
        dated=block.text("dated"),
    )


def _role(cell: Cell) -> RoleMapping:
    block = cell.block("person role", "roles from_on to_on")
    return RoleMapping(
        block.text("person"),
        block.text("role"),
        block.mapping("roles"),
        block.text("from_on"),
        block.text("to_on"),
    )


def _tie(cell: Cell) -> TieMapping:
    block = cell.block("scheme other kind", "kinds from_on to_on")
    return TieMapping(
        block.text("scheme"),
        block.text("other"),
        block.text("kind"),
        block.mapping("kinds"),
        block.text("from_on"),
        block.text("to_on"),
    )


def _refusal(cell: Cell, outer: RowRefusal | None = None) -> RowRefusal:
    keys = "pattern unless blank also" if outer is None else "pattern unless blank"
    block = cell.block("column" if outer else "id rule column", keys)
    rule = RowRefusal(
        id=outer.id if outer else read_name(block["id"]),
        rule=outer.rule if outer else read_word(block["rule"], REFUSAL_RULES),
        column=block.text("column"),
        pattern=read_pattern(block["pattern"]) if "pattern" in block else "",
        unless=read_pattern(block["unless"]) if "unless" in block else "",
        blank=block.flag("blank"),
    )
    if not (rule.pattern or rule.unless or rule.blank):
        raise Refusal(
            "GS-PACK-031",
            "this refusal would refuse every row or none",
            where=block.where,
            remedy="Say pattern:, unless: or blank: true.",
        )
    return replace(rule, also=tuple(_refusal(one, rule) for one in block.cells("also")))


def _floors(block: Block) -> tuple[tuple[str, int], ...]:
    if "floors" not in block:
        return ()
    floors = tuple((name, cell.integer()) for name, cell in block["floors"].pairs())
    for name, percent in floors:
        if not 1 <= percent <= 100:
            raise Refusal(
                "GS-PACK-032",
                f"the floor of {name!r} is {percent}",
                where=block["floors"].where,
                remedy="A percentage of filled cells from 1 to 100.",
            )
    return floors
