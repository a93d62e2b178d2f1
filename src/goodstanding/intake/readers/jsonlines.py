"""JSON lines: one object a line. Numbers keep the digits that the sender wrote."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.catalogue.model import Contract
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.intake.batch import Note
from goodstanding.intake.readers.header import normalise
from goodstanding.intake.readers.source import Source
from goodstanding.intake.readers.table import RawTable

if TYPE_CHECKING:
    import duckdb


class _Repeated(ValueError):
    """A field stands twice in one object."""


def read_jsonlines(path: Path, contract: Contract, *, con: duckdb.DuckDBPyConnection, prefix: str) -> Source:
    """Each line's object as one row; the row number is the line's."""
    places = {normalise(one.name): place for place, one in enumerate(contract.columns)}
    width = len(places) + 1  # the last column holds what the contract does not know, for the search only
    raw = RawTable(con, prefix, width)
    unknown: set[str] = set()
    seen: set[int] = set()
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.strip():
                continue
            cells, rule = _cells(line, places, width, unknown, seen)
            if rule:
                text = line.decode("utf-8", "replace")
                raw.add_broken(number, rule, personal_number_in(text) is not None)
            else:
                raw.add(number, cells)
    raw.flush()
    headers: list[str | None] = [
        one.name if place in seen else None for place, one in enumerate(contract.columns)
    ]
    notes = tuple(
        Note("unknown-column", "the contract does not know this field; it was not taken in", _shown(one))
        for one in sorted(unknown)
    )
    return Source(
        relation=raw.name,
        numbered=True,
        headers=(*headers, None),
        format="jsonl",
        broken=raw.broken if raw.any_broken else "",
        encoding="utf-8",
        notes=notes,
    )


def _cells(
    line: bytes, places: dict[str, int], width: int, unknown: set[str], seen: set[int]
) -> tuple[list[str | None], str]:
    """The cells of one line, or the rule that it breaks."""
    try:
        found = json.loads(
            line.decode("utf-8"), parse_int=str, parse_float=str, object_pairs_hook=_once, parse_constant=_no
        )
    except UnicodeDecodeError:
        return [], "undecodable"
    except _Repeated:
        return [], "json-repeated-key"
    except (ValueError, RecursionError):
        return [], "json-line"
    if not isinstance(found, dict):
        return [], "json-line"
    cells: list[str | None] = [None] * width
    extra = []
    for key, value in found.items():
        if isinstance(value, dict | list):
            return [], "nested-value"
        written = value if isinstance(value, str) or value is None else str(value).lower()
        if written is not None and "\0" in written:
            return [], "nul-byte"
        if written is not None and any("\ud800" <= one <= "\udfff" for one in written):
            return [], "undecodable"
        place = places.get(normalise(key))
        if place is None:
            unknown.add(normalise(key))
            extra.append(written or "")
        else:
            seen.add(place)
            cells[place] = written
    cells[-1] = " | ".join(extra) or None
    return cells, ""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


def _no(constant: str) -> object:
    raise ValueError(constant)


def _shown(key: str) -> str:
    """The field's name, unless it could be a value: a long one, or one that is a person's number."""
    return key if len(key) <= 60 and personal_number_in(key) is None else "(not shown)"
