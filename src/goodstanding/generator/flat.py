"""One large clean file and the register that it refers to, for measuring how fast intake is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Contract
from goodstanding.generator.cells import cells
from goodstanding.generator.chance import Chance, count_rows, literal
from goodstanding.generator.deliveries import DELIVERIES, Spread
from goodstanding.generator.facts import facts
from goodstanding.generator.faults import quoted
from goodstanding.generator.organisations import create_organisations
from goodstanding.generator.register import registered

PACK = "cn"
CHUNK = 500_000
"""Rows written at a time, so that memory does not grow with the file."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


@dataclass(frozen=True)
class FlatFiles:
    """Two CSV files in UTF-8 without a fault: `register` under `cn/registration`, `records` under `contract`."""

    register: Path
    records: Path
    contract: str
    register_rows: int
    record_rows: int


def generate_flat(
    folder: Path,
    *,
    records: int,
    organisations: int,
    seed: int,
    today: date = date(2026, 1, 1),
    contract: str = "cn/penalties",
    progress: Progress | None = None,
) -> FlatFiles:
    """Write `registration.csv` and `records.csv` into `folder`.

    Every row of the records is about an organisation of the register, each with a key of its own; counts per
    organisation are skewed as in the province.

    Args:
        folder: made if missing; files of the same name are replaced.
        contract: of the records: one that an agency of the province sends findings under.

    Raises:
        ValueError: numbers out of range, or no agency sends findings under this contract.
    """
    delivery = next(
        (one for one in DELIVERIES if one.contract == contract and one.spread is Spread.SKEWED), None
    )
    if delivery is None or records < 1:
        raise ValueError(f"no clean file of {records} findings can be made under {contract!r}")
    folder.mkdir(parents=True, exist_ok=True)
    pack, chance = load_pack(PACK), Chance(seed)
    form, register_form = pack.contract(contract), pack.contract("cn/registration")
    files = FlatFiles(folder / "registration.csv", folder / "records.csv", contract, organisations, records)
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        create_organisations(connection, chance, organisations, today)
        source = registered(register_form.target, chance, today)
        _copy(connection, register_form, source, files.register, header=True)
        part = folder / "records.csv.part"
        with files.records.open("wb") as whole:
            for start in range(0, records, CHUNK):
                stop = min(start + CHUNK, records)
                count_rows(connection, start, stop)
                source = facts(chance, pack, form, delivery, organisations=organisations, today=today)
                _copy(connection, form, source, part, header=start == 0)
                with part.open("rb") as reader:
                    shutil.copyfileobj(reader, whole, 1 << 20)
                if progress is not None:
                    progress("writing the clean file", stop / records)
        part.unlink()
    return files


def _copy(
    connection: duckdb.DuckDBPyConnection, contract: Contract, source: str, path: Path, *, header: bool
) -> None:
    listed = ", ".join(f"{value} AS {quoted(name)}" for name, value in cells(contract).items())
    connection.execute(
        f"COPY (SELECT {listed} FROM ({source}) ORDER BY j) TO {literal(str(path))} "
        f"(FORMAT csv, HEADER {header}, PRESERVE_ORDER true)"
    )
