"""The columns of parts: each file is Parquet, has those that are needed, and each is of its type.

Only the footers of the files are read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding.catalogue.model import FieldType
from goodstanding.core.errors import Refusal

from ..checks.matching import measures
from ..extract import Extract
from ..model import Amount, Code, Number, Rulebook
from ..records import SLOTS, Catalogue, slot_of


class Holds(StrEnum):
    """What a column holds, in the words of an error."""

    WHOLE = "whole numbers (BIGINT)"
    TEXT = "text (VARCHAR)"
    DAY = "days (DATE)"
    ITEM = "full paths (VARCHAR) or item numbers (INTEGER)"


@dataclass(frozen=True)
class Column:
    """A column of a part; without one that is `needed` nothing can be read."""

    holds: Holds
    needed: bool = False


def _needed(holds: Holds) -> Column:
    return Column(holds, needed=True)


COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "records": {
        "record_id": _needed(Holds.WHOLE),
        "subject_id": _needed(Holds.WHOLE),
        "item": _needed(Holds.ITEM),
        **dict.fromkeys(("occurred_on", "decided_on", "effective_from", "effective_to"), Column(Holds.DAY)),
        "amount": Column(Holds.WHOLE),
        "currency": Column(Holds.TEXT),
        "seriousness": Column(Holds.WHOLE),
        "access": Column(Holds.WHOLE),
        **{f"number_{slot}": Column(Holds.WHOLE) for slot in range(1, SLOTS + 1)},
        **{f"code_{slot}": Column(Holds.TEXT) for slot in range(1, SLOTS + 1)},
    },
    "endings": {"record_id": _needed(Holds.WHOLE), "counts_until": _needed(Holds.DAY)},
    "subjects": {
        "subject_id": _needed(Holds.WHOLE),
        "kind": _needed(Holds.TEXT),
        "registered_on": _needed(Holds.DAY),
        "division": Column(Holds.TEXT),
        "scheme": Column(Holds.TEXT),
    },
    "ties": {
        "subject_id": _needed(Holds.WHOLE),
        "other_id": _needed(Holds.WHOLE),
        "kind": _needed(Holds.TEXT),
        "from_on": _needed(Holds.DAY),
        "to_on": _needed(Holds.DAY),
        "tie_id": Column(Holds.WHOLE),
        "replaces": Column(Holds.WHOLE),
    },
    "items": {"item": _needed(Holds.TEXT), "number": _needed(Holds.WHOLE)},
    "merges": {"from_subject_id": _needed(Holds.WHOLE), "into_subject_id": _needed(Holds.WHOLE)},
}


def looked_at(rulebook: Rulebook, catalogue: Catalogue) -> frozenset[str]:
    """The columns of records that a rulebook reads.

    Raises:
        Refusal: GS-RULES-021, 022 for what the catalogue does not have.
    """
    found: set[str] = set()
    for _, select, window in rulebook.selects():
        found.add(window.used.value)
        found |= {one.used.value for one in select.dated}
        found |= {
            f"code_{slot_of(catalogue, select.item, one.field, FieldType.CODE) + 1}" for one in select.codes
        }
        found |= {
            f"number_{slot_of(catalogue, select.item, one.field, FieldType.NUMBER) + 1}"
            for one in select.numbers
        }
        if select.amount is not None:
            found |= {"amount", "currency"}
        if select.seriousness:
            found.add("seriousness")
        if select.in_effect:
            found |= {"effective_from", "effective_to"}
    for _, item, measure in measures(rulebook):
        if isinstance(measure, Amount):
            found |= {"amount", "currency"}
        elif isinstance(measure, Number):
            found.add(f"number_{slot_of(catalogue, item, measure.field, FieldType.NUMBER) + 1}")
        elif isinstance(measure, Code):
            found.add(f"code_{slot_of(catalogue, item, measure.field, FieldType.CODE) + 1}")
    return frozenset(found)


def check_columns(extract: Extract, also: Collection[str] = ()) -> None:
    """Every part is a Parquet file with the columns that are needed, of their types.

    Args:
        also: columns of records that are needed too: those that a rulebook looks at.

    Raises:
        Refusal: GS-RULES-027 a part that cannot be read or lacks a column; GS-RULES-080 a column of another type.
    """
    for kind, parts in (
        ("records", extract.records),
        ("endings", extract.endings),
        ("subjects", extract.subjects),
        ("ties", extract.ties),
    ):
        check_files(kind, parts, also if kind == "records" else ())


def check_files(kind: str, parts: Sequence[Path], also: Collection[str] = ()) -> None:
    """The same of the files of one kind, a key of `COLUMNS`."""
    first: tuple[Path, frozenset[str], bool] | None = None
    for path in parts:
        schema = _schema(path)
        known = COLUMNS[kind]
        needed = [name for name, column in known.items() if column.needed or name in also]
        _refuse_lacking(path, kind, [one for one in needed if one not in schema.names])
        for name, column in known.items():
            if name in schema.names:
                _refuse_type(path, name, column.holds, schema.field(name).type)
        have = frozenset(known).intersection(schema.names)
        texts = kind == "records" and _is_text(schema.field("item").type)
        if first is None:
            first = path, have, texts
            continue
        if have != first[1]:
            unlike = sorted(have ^ first[1])
            raise Refusal(
                "GS-RULES-027",
                f"the parts differ: {', '.join(unlike)} stands in one and not in another",
                where=f"{first[0]} and {path}",
                why="what all parts of a kind hold is read as one table",
                remedy="write every part with the same columns, NULL where nothing is stated",
            )
        if texts is not first[2]:
            raise _of_type(path, "item", "is numbered here, and by its path in another part", Holds.ITEM)


def _schema(path: Path) -> pa.Schema:
    why = ""
    if path.is_dir():
        why = "it is a folder; name the files in it, such as folder/*.parquet"
    elif not path.exists():
        why = "there is no such file"
    elif not path.stat().st_size:
        why = "the file is empty: 0 bytes"
    else:
        try:
            return pq.read_schema(path)
        except (OSError, pa.ArrowException) as error:
            why = f"it is no whole Parquet file: {str(error).splitlines()[0]}"
    raise Refusal(
        "GS-RULES-027",
        "a part of the extract cannot be read",
        where=str(path),
        why=why,
        remedy="name Parquet files of the documented columns (docs/reference/extract.md); a table of another form "
        "is written as Parquet first, with its types",
    )


def _refuse_lacking(path: Path, kind: str, lacking: Sequence[str]) -> None:
    if lacking:
        raise Refusal(
            "GS-RULES-027",
            f"the {kind} lack {', '.join(lacking)}",
            where=str(path),
            why="without it, everything would look as if nothing were stated",
            remedy="add the column, NULL where nothing is stated (docs/reference/extract.md)",
        )


def _refuse_type(path: Path, name: str, holds: Holds, found: pa.DataType) -> None:
    whole = pa.types.is_integer(found) and not pa.types.is_uint64(found)
    fits = {
        Holds.WHOLE: whole,
        Holds.TEXT: _is_text(found),
        Holds.DAY: pa.types.is_date32(found),
        Holds.ITEM: whole or _is_text(found),
    }[holds]
    if not fits:
        raise _of_type(path, name, f"is of type {found}", holds)


def _of_type(path: Path, name: str, what: str, holds: Holds) -> Refusal:
    return Refusal(
        "GS-RULES-080",
        f"the column {name} {what}, and must hold {holds}",
        where=f"{path}, column {name}, from row 1",
        why="nothing is cast: a rounded number, or a text compared as one, would decide a grade without a word",
        remedy=f"write the column as {holds}"
        + ("; amounts in minor units (cents, fen)" if name == "amount" else ""),
    )


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
