"""A generated ledger written straight as the columnar extract, for the bench and for researchers' trials.

No file of an authority stands behind it: the items, fields and amounts are what the caller says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from goodstanding.generator.chance import (
    Chance,
    array,
    below,
    count_rows,
    literal,
    skewed_rank,
    spread,
    weighted,
)
from goodstanding.generator.organisations import CLASSES
from goodstanding.generator.places import COUNTIES

VOID = date(1, 1, 1)
"""What `counts_until` says of a record that is void from the start (corrected, withdrawn, annulled)."""

PART = 5_000_000
"""Records of one part: as many as a large batch has, and few enough to be written in little memory."""


@dataclass(frozen=True)
class ExtractItem:
    """An item as the extract sees it.

    Args:
        number: what stands in the column `item`.
        weight: how often it is drawn, relative to the others.
        currency: ISO 4217 of the amounts; empty if records of it have none.
        amount: largest amount in minor units; amounts are spread evenly over their orders of magnitude.
        numbers: for number_1 … number_4, the exclusive upper bound of the values; fewer than four leave NULL.
        codes: for code_1 … code_4, the values drawn from; fewer than four leave NULL.
        seriousness: whether the records state one.
        access: 0 public, 1 shared, 2 restricted.
        term: days until `effective_to`, 0 if it stays open.
    """

    number: int
    weight: int = 1
    currency: str = "CNY"
    amount: int = 1_000_000_00
    numbers: tuple[int, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    seriousness: bool = True
    access: int = 0
    term: int = 0


@dataclass(frozen=True)
class ExtractFiles:
    """The Parquet parts of a generated extract, with the rows of each kind."""

    records: tuple[Path, ...]
    endings: tuple[Path, ...]
    subjects: tuple[Path, ...]
    record_rows: int
    ending_rows: int
    subject_rows: int


Progress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


def generate_extract(
    folder: Path,
    *,
    organisations: int,
    records: int,
    seed: int,
    items: Sequence[ExtractItem],
    today: date = date(2026, 1, 1),
    years: int = 6,
    part: int = PART,
    active_percent: int = 40,
    progress: Progress | None = None,
) -> ExtractFiles:
    """Write `records-NNN.parquet`, `endings-NNN.parquet` and `subjects-000.parquet` into `folder`.

    The columns are those of the ledger's extract. Record ids are 1 … records, subject ids 1 … organisations.
    About 3 in 100 records have an ending, one in four of these is void from the start. Counts per subject
    are skewed: `active_percent` of the subjects have records, their frequency falls as 1 / rank.

    Args:
        folder: made if missing; files of the same name are replaced.
        items: at least one.
        today: records are decided in the `years` before it.
        part: records of a part; memory grows with it, not with `records`.
    """
    if not items or organisations < 1 or records < 0 or part < 1:
        raise ValueError("an extract needs an item, an organisation and parts of at least one record")
    folder.mkdir(parents=True, exist_ok=True)
    chance = Chance(seed)
    parts: list[Path] = []
    endings: list[Path] = []
    ended = 0
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        subjects = folder / "subjects-000.parquet"
        count_rows(connection, 0, organisations)
        _write(connection, _subjects(chance, organisations, today), subjects)
        for number, start in enumerate(range(0, records, part)):
            stop = min(start + part, records)
            count_rows(connection, start, stop)
            parts.append(folder / f"records-{number:03d}.parquet")
            query = _records(chance, organisations, items, today, years, active_percent)
            _write(connection, query, parts[-1])
            endings.append(folder / f"endings-{number:03d}.parquet")
            ended += _write(connection, _endings(chance, today, years), endings[-1])
            if progress is not None:
                progress("writing the extract", stop / records)
    return ExtractFiles(tuple(parts), tuple(endings), (subjects,), records, ended, organisations)


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    row = connection.execute(
        f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION snappy, PRESERVE_ORDER true)"
    ).fetchone()
    return int(row[0]) if row else 0


def _subjects(chance: Chance, organisations: int, today: date) -> str:
    kinds = tuple((literal(one.kind), one.share) for one in CLASSES)
    divisions = array([county.code for county, _ in COUNTIES])
    return f"""
        SELECT i + 1 AS subject_id, {weighted("w_class", kinds)} AS kind,
               DATE {literal(today.isoformat())} - 30 - ({below("w_age", 365 * 25)})::INTEGER AS registered_on,
               {divisions}[{below("w_county", len(COUNTIES))} + 1] AS division
        FROM ({chance.drawn("numbered", "subject", ("class", "age", "county"))})"""


def _decided(today: date, years: int) -> str:
    """SQL of the day of decision, from `years` before today to the day before it."""
    return f"(DATE {literal(today.isoformat())} - 1 - ({below('w_decided', 365 * years)})::INTEGER)"


def _records(
    chance: Chance,
    organisations: int,
    items: Sequence[ExtractItem],
    today: date,
    years: int,
    active_percent: int,
) -> str:
    active = max(1, organisations * active_percent // 100)
    order = tuple((str(place), item.weight) for place, item in enumerate(items, 1))
    slot = [f"_{kind}_{number}" for kind in ("number", "code") for number in range(4)]
    used = [name for name in slot if any(_has(item, name) for item in items)]
    words = ("item", "decided", "within", "amount", "small", *(name[1:] for name in used))
    return f"""
        SELECT i + 1 AS record_id, {spread("rank", organisations)} + 1 AS subject_id,
               {_by_item(items, [str(one.number) for one in items])}::INTEGER AS item,
               decided_on - (w_small % 120)::INTEGER AS occurred_on, decided_on,
               decided_on AS effective_from,
               CASE WHEN term > 0 THEN decided_on + term END AS effective_to,
               CASE WHEN most > 0
                    THEN greatest((w_amount % most::UBIGINT)::BIGINT >> (w_small // 120 % 12)::BIGINT, 100)
                    END AS amount,
               {_by_item(items, [literal(one.currency) if one.currency else "NULL" for one in items])}::VARCHAR
                   AS currency,
               CASE WHEN {_by_item(items, [str(int(one.seriousness)) for one in items])} = 1
                    THEN [1, 1, 1, 1, 1, 1, 2, 2, 2, 3][(w_small // 1440 % 10)::INTEGER + 1] END::TINYINT
                   AS seriousness,
               {_by_item(items, [str(one.access) for one in items])}::TINYINT AS access,
               {", ".join(_number(items, slot) for slot in range(4))},
               {", ".join(_code(items, slot) for slot in range(4))}
        FROM (SELECT *, {skewed_rank("w_small // 14400", "w_within", active)} AS rank,
                     {_by_item(items, [str(one.term) for one in items])}::INTEGER AS term,
                     {_by_item(items, [str(one.amount if one.currency else 0) for one in items])}::BIGINT AS most
              FROM (SELECT *, {weighted("w_item", order)} AS place, {_decided(today, years)} AS decided_on
                    FROM ({chance.drawn("numbered", "record", words)})))"""


def _has(item: ExtractItem, slot: str) -> bool:
    _, kind, number = slot.split("_")
    return len(item.numbers if kind == "number" else item.codes) > int(number)


def _by_item(items: Sequence[ExtractItem], values: list[str]) -> str:
    """SQL that gives each item its value, and the value itself where all items share it."""
    if len(set(values)) == 1:
        return values[0]
    if all(value == "NULL" or value.isdigit() or value.startswith("'") for value in values):
        return f"[{', '.join(values)}][place]"
    # Not `place IN (…)`: DuckDB makes a mark join of it, and a join does not keep the order of rows.
    distinct = list(dict.fromkeys(values))
    group = f"[{', '.join(str(distinct.index(value)) for value in values)}][place]"
    return f"(CASE {group} {' '.join(f'WHEN {n} THEN {value}' for n, value in enumerate(distinct))} END)"


def _number(items: Sequence[ExtractItem], slot: int) -> str:
    limits = [str(one.numbers[slot]) if len(one.numbers) > slot else "NULL" for one in items]
    if set(limits) == {"NULL"}:
        return f"NULL::BIGINT AS number_{slot + 1}"
    return f"(w_number_{slot} % {_by_item(items, limits)}::UBIGINT)::BIGINT AS number_{slot + 1}"


def _code(items: Sequence[ExtractItem], slot: int) -> str:
    values = [
        f"{array(one.codes[slot])}[(w_code_{slot} % {len(one.codes[slot])})::INTEGER + 1]"
        if len(one.codes) > slot
        else "NULL"
        for one in items
    ]
    return f"{_by_item(items, values)}::VARCHAR AS code_{slot + 1}"


def _endings(chance: Chance, today: date, years: int) -> str:
    lasted = f"{_decided(today, years)} + 30 + ({below('w_lasted', 700)})::INTEGER"
    void = f"{below('w_void', 4)} = 0"
    ended = (
        f"SELECT * FROM ({chance.drawn('numbered', 'record', ('ended',))}) WHERE {below('w_ended', 100)} < 3"
    )
    return f"""
        SELECT i + 1 AS record_id,
               CASE WHEN {void} THEN DATE {literal(VOID.isoformat())}
                    ELSE least({lasted}, DATE {literal((today + timedelta(days=1)).isoformat())}) END AS counts_until
        FROM ({chance.drawn(f"({ended})", "record", ("decided", "lasted", "void"))})"""
