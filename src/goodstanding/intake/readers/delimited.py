"""Delimited text: the fast way if the file is clean, the careful way if it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.catalogue.model import Contract
from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.intake import sql
from goodstanding.intake.readers import careful_csv
from goodstanding.intake.readers.encoding import recognise, transcode
from goodstanding.intake.readers.header import match
from goodstanding.intake.readers.source import Source
from goodstanding.intake.readers.survey import survey
from goodstanding.intake.readers.table import RawTable

if TYPE_CHECKING:
    import duckdb

_LONGEST_LINE = 1 << 21


def read_fast(path: Path, contract: Contract, shown: str) -> Source | None:
    """The file as DuckDB reads it in one parallel pass: one row per line, strictly; None if that cannot be.

    The caller compares the number of rows with `Source.lines` and goes the careful way if they differ, or
    if DuckDB refuses a line. So what the fast way accepts is what the careful way would have accepted.
    """
    found = survey(path)
    if found.nul or found.odd_breaks or not found.size:
        return None
    with path.open("rb") as file:
        if file.read(3)[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return None
    headers = careful_csv.header(path, "utf-8", contract.delimiter)
    if not headers or '"' in "".join(headers):
        return None
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(headers)))
    relation = (
        f"read_csv({sql.text(str(path))}, auto_detect = false, header = true, "
        f"delim = {sql.text(contract.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
        f"strict_mode = true, null_padding = false, max_line_size = {_LONGEST_LINE}, compression = 'none')"
    )
    return Source(
        relation=relation,
        numbered=False,
        headers=match(headers, [one.name for one in contract.columns], shown),
        format="csv",
        lines=found.lines - 1,
        encoding="utf-8",
        path_taken="fast",
        exotic=found.exotic,
    )


def read_careful(
    path: Path, contract: Contract, shown: str, *, work: Path, con: duckdb.DuckDBPyConnection, prefix: str
) -> Source:
    """The file line by line; or the fast way again, if only its encoding stood in the way.

    Raises:
        Refusal: GS-INTAKE-005 if the file is empty, -004 for an encoding that does not exist.
    """
    encoding = recognise(path, contract.encodings)
    plain, codec = path, encoding.name
    if encoding.name == "utf-16" or (encoding.whole and encoding.name != "utf-8"):
        plain, codec = transcode(path, encoding.name, work / "utf-8"), "utf-8"
    headers = careful_csv.header(plain, codec, contract.delimiter)
    if not headers:
        raise Refusal(
            "GS-INTAKE-005",
            "the file has no header that can be read",
            where=shown,
            remedy="send the file with its columns named in the first line, in the contract's encoding",
        )
    names = match(headers, [one.name for one in contract.columns], shown)
    raw = RawTable(con, prefix, len(headers))
    for row, cells, rule, text in careful_csv.rows(plain, codec, contract.delimiter, len(headers)):
        if cells is not None:
            raw.add(row, cells)
        else:
            raw.add_broken(row, rule, personal_number_in(text) is not None)
    raw.flush()
    return Source(
        relation=raw.name,
        numbered=True,
        headers=names,
        format="csv",
        broken=raw.broken if raw.any_broken else "",
        encoding=encoding.name,
        notes=encoding.notes,
    )
