"""The fictional province as a folder of agencies' files, with a manifest that says what is in them.

`manifest.json` states each file's contract, rows, digest and planted faults by kind; `planted.csv` states
where each fault is (file, data row counted from 1, kind), so that a check can be held to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Contract, Pack
from goodstanding.generator import faults as fault
from goodstanding.generator.cells import cells
from goodstanding.generator.chance import Chance, count_rows, literal
from goodstanding.generator.cities import stated
from goodstanding.generator.deliveries import DELIVERIES, Delivery, Spread
from goodstanding.generator.determined import determined
from goodstanding.generator.facts import facts
from goodstanding.generator.organisations import create_organisations
from goodstanding.generator.outlets import outlets
from goodstanding.generator.places import PROVINCE
from goodstanding.generator.register import classes, registered
from goodstanding.generator.sending import send

PACK = "cn"
FURTHER_DOWN = 5000
"""A repeated row comes at most so many rows after the one that it repeats."""

_FILLS_UP = "tax-matters"
"""The file that gets as many rows as are missing to the number of records asked for."""

_COUNTED_FIRST = (Spread.FILINGS, Spread.CASES, Spread.OUTLETS)
"""Of these files some rows fall away, because an organisation cannot have them."""

_FAULTLESS = (Spread.CITIES, Spread.CLASSES)
"""What counts and indices need all of."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


@dataclass(frozen=True)
class SentFile:
    """A file of an agency.

    Args:
        name: of the file in the folder.
        contract: path of its contract, for instance `cn/penalties`.
        rows: data rows, the added ones (repeated, conflicting) included.
        encoding: `utf-8` or `gb18030`.
        digest: SHA-256 of its bytes, hex.
        faults: planted faults by kind (`faults.Kind`).
    """

    name: str
    contract: str
    rows: int
    encoding: str
    digest: str
    faults: dict[str, int]

    @property
    def added(self) -> int:
        """Rows that were added as faults."""
        return sum(self.faults.get(kind, 0) for kind in fault.ADDED)


@dataclass(frozen=True)
class Province:
    """What was generated; `files` are in the order in which an intake takes them: the register first."""

    folder: Path
    organisations: int
    records: int
    seed: int
    today: date
    files: tuple[SentFile, ...]

    @property
    def faults(self) -> dict[str, int]:
        """Planted faults of all files, by kind."""
        total: dict[str, int] = {}
        for file in self.files:
            for kind, many in file.faults.items():
                total[kind] = total.get(kind, 0) + many
        return total


def generate_province(
    folder: Path,
    *,
    organisations: int,
    records: int,
    seed: int,
    today: date,
    faults: bool = True,
    progress: Progress | None = None,
) -> Province:
    """Invent a province and write its agencies' files, `manifest.json` and `planted.csv` into `folder`.

    The same arguments give the same bytes. Nothing in it exists: codes are of a division that GB/T 2260
    assigns to no one, names are invented.

    Args:
        folder: made if missing; files of the same name are replaced.
        organisations: 1 … `organisations.MOST`.
        records: rows of all record files together, but for the cities' own and the classes of enterprises, before
            rows are added as faults.
        today: findings lie in the five years before it; yearly filings in the years that were due by then.
        faults: whether to plant any.

    Raises:
        ValueError: numbers out of range.
        Refusal: GS-PACK-…, if the pack of China cannot be loaded.
    """
    if records < 0:
        raise ValueError(f"records must not be negative: {records}")
    folder.mkdir(parents=True, exist_ok=True)
    pack, chance = load_pack(PACK), Chance(seed)
    tell = progress or _silence
    with TemporaryDirectory(prefix="spill-", dir=folder) as spill, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = {literal(spill)}")
        connection.execute("SET enable_progress_bar = false")
        tell("inventing the organisations", 0.0)
        create_organisations(connection, chance, organisations, today)
        connection.execute("CREATE TABLE planted (file VARCHAR, row BIGINT, kind VARCHAR)")
        work = _Work(connection, chance, pack, folder, organisations, today, faults)
        sent = _write_all(work, records, tell)
        connection.execute(
            f"COPY (SELECT * FROM planted ORDER BY file, row) TO {literal(str(folder / 'planted.csv'))} "
            "(FORMAT csv, HEADER true, PRESERVE_ORDER true)"
        )
    files = tuple(sent[delivery.name] for delivery in DELIVERIES)
    province = Province(folder, organisations, records, seed, today, files)
    _write_manifest(province)
    tell("done", 1.0)
    return province


def _write_all(work: _Work, records: int, tell: Progress) -> dict[str, SentFile]:
    """Write every file, two at a time: while one is compressed or encoded, DuckDB makes the next."""
    filings = [one for one in DELIVERIES if one.spread in _COUNTED_FIRST]
    others = [one for one in DELIVERIES if one.spread not in _COUNTED_FIRST]
    sent: dict[str, SentFile] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for stage in (filings, others):
            rows = {one.name: _rows_of(one, records) for one in stage}
            if _FILLS_UP in rows:  # who has nothing to file is known only when these are written
                filed = sum(file.rows - file.added for file in sent.values())
                rest = sum(many for name, many in rows.items() if name != _FILLS_UP)
                rows[_FILLS_UP] = max(records - filed - rest, 0)
            largest_first = sorted(stage, key=lambda one: -rows[one.name])
            waiting = {pool.submit(work.write, one, rows[one.name]): one for one in largest_first}
            for done in as_completed(waiting):
                name = waiting[done].name
                sent[name] = done.result()
                tell(f"wrote {name}", len(sent) / (len(DELIVERIES) + 1))
    return sent


def _rows_of(delivery: Delivery, records: int) -> int:
    """Rows of a file before faults; 0 for a register's, the classes and the cities', which have their own size."""
    rows = records * delivery.share // 1000
    return min(rows, delivery.most) if delivery.most else rows


def _silence(doing: str, share: float) -> None:
    """Nobody asked to be told."""


@dataclass(frozen=True)
class _Work:
    connection: duckdb.DuckDBPyConnection
    chance: Chance
    pack: Pack
    folder: Path
    organisations: int
    today: date
    faults: bool

    def write(self, delivery: Delivery, rows: int) -> SentFile:
        """Generate and write one file of `rows` rows before faults, or of a register's own size."""
        contract = self.pack.contract(delivery.contract)
        connection = self.connection.cursor()  # its own temporary tables, the same organisations
        connection.execute("SET enable_progress_bar = false")
        if delivery.spread is Spread.REGISTER:
            source = registered(contract.target, self.chance, self.today)
        elif delivery.spread is Spread.CLASSES:
            source = classes(self.chance, delivery)
        elif delivery.spread is Spread.CITIES:
            source = stated(self.chance, contract, delivery, self.today)
        elif delivery.spread is Spread.OUTLETS:
            source = outlets(self.chance, self.pack, contract, delivery, rows, self.today)
        else:
            count_rows(connection, 0, rows)
            find = determined if delivery.spread is Spread.CASES else facts
            source = find(
                self.chance, self.pack, contract, delivery, organisations=self.organisations, today=self.today
            )
        faults = self.faults and delivery.spread not in _FAULTLESS
        connection.execute(f"CREATE OR REPLACE TEMP TABLE sent AS {self._rows(contract, source, faults)}")
        name = f"{delivery.name}.{delivery.form}"
        columns = ", ".join(fault.quoted(column.name) for column in contract.columns)
        digest = send(
            connection,
            f"SELECT {columns} FROM sent ORDER BY _order, _row",
            self.folder / name,
            delivery.form,
            delivery.encoding,
        )
        connection.execute(
            f"INSERT INTO planted SELECT {literal(name)}, row, fault FROM "
            "(SELECT fault, row_number() OVER (ORDER BY _order, _row) AS row FROM sent) WHERE fault IS NOT NULL"
        )
        counted = connection.execute(
            "SELECT fault, count(*) FROM sent GROUP BY fault ORDER BY fault"
        ).fetchall()
        planted = {kind: many for kind, many in counted if kind is not None}
        total = sum(many for _, many in counted)
        return SentFile(name, contract.path, total, delivery.encoding, digest, planted)

    def _rows(self, contract: Contract, source: str, faults: bool) -> str:
        """SQL of the rows with their order (`_order`, then `_row`: added rows may fall on one place), their
        fault and their cells."""
        written = cells(contract)
        plain = ", ".join(f"{value} AS {fault.quoted(name)}" for name, value in written.items())
        if not faults:
            return f"SELECT j * 2 AS _order, j AS _row, NULL::VARCHAR AS fault, {plain} FROM ({source})"
        spots = fault.Spots.of(contract)
        kind = fault.drawn(spots.kinds(contract), "w_fault")
        names = list(written)
        spoiled = ", ".join(
            f"{fault.spoiled(contract, spots, name, before, '_number')} AS {fault.quoted(name)}"
            for before, name in zip(["", *names], names, strict=False)
        )
        added = ", ".join(fault.added(contract, spots, name) for name in names)
        repeated = " OR ".join(f"fault = {literal(one)}" for one in fault.ADDED)
        return f"""
            WITH plain AS MATERIALIZED (
                SELECT * REPLACE ({fault.possible(spots, "fault")} AS fault)
                FROM (SELECT j AS _row, (w_fault // 100000)::BIGINT AS _number, {kind} AS fault, {plain}
                      FROM ({source}))
            )
            SELECT _row * 2 AS _order, _row, CASE WHEN {repeated} THEN NULL ELSE fault END AS fault, {spoiled}
            FROM plain
            UNION ALL
            SELECT (_row + 1 + _number % {FURTHER_DOWN}) * 2 + 1, _row, fault, {added} FROM plain WHERE {repeated}"""


def _write_manifest(province: Province) -> None:
    content = {
        "province": {"code": PROVINCE.code, "zh": PROVINCE.zh, "en": PROVINCE.en, "fictional": True},
        "organisations": province.organisations,
        "records": province.records,
        "seed": province.seed,
        "today": province.today.isoformat(),
        "rates_per_100000": {str(kind): rate for kind, rate in fault.PER_HUNDRED_THOUSAND.items()},
        "files": [asdict(file) for file in province.files],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False)
    (province.folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
