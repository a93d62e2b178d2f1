"""Check one file against its contract."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from goodstanding.catalogue.model import Contract, Item, Scheme
from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import suspect_macro
from goodstanding.intake.admission import persons_in
from goodstanding.intake.batch import CheckedBatch, Counts, Note, Outcome
from goodstanding.intake.findings import gather
from goodstanding.intake.keys import fold_keys
from goodstanding.intake.mapping import columns, folded_columns, mapped, shown
from goodstanding.intake.plan import Plan, plan
from goodstanding.intake.readers import Source, digest, read, unpack
from goodstanding.intake.readers.parquet import damaged
from goodstanding.intake.repeats import set_aside
from goodstanding.intake.stage import stage_sql

_ONE_BUFFER = 1 << 20
"""Bytes that DuckDB reads in one piece, however many threads it has."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1."""


def check_file(
    path: Path,
    contract: Contract,
    catalogue_items: Mapping[str, Item],
    *,
    work: Path,
    con: duckdb.DuckDBPyConnection,
    today: date,
    currency: str = "",
    schemes: Sequence[Scheme] = (),
    progress: Progress | None = None,
) -> CheckedBatch:
    """Read, check and type every row of a file; nothing is written but to `work`, which is removed.

    Args:
        path: the file as received: CSV, XLSX, JSON lines or Parquet, plain or gzipped (by content).
        contract: columns, types, mapping, key and refusals of the source.
        catalogue_items: the items that the contract's rows may become, by full path.
        work: a folder that does not exist yet, made with mode 0700 and removed before returning, also on
            error; unpacked or re-encoded text lies there for as long as it is read.
        con: an in-memory connection, best from `intake.workspace`; the batch's tables stay in it until
            `CheckedBatch.drop` or its end.
        today: the civil day in the authority's zone, from the one Clock.
        currency: the pack's, for amounts without a column of their own (`Pack.currency`).
        schemes: identifier schemes of the pack's own (`Pack.own_schemes`).
        progress: called now and then.

    Raises:
        Refusal: GS-INTAKE-001 … -014, when the file as a whole cannot be read under this contract. A bad row
            never raises: it is in the problems.
    """
    tell = progress or (lambda _what, _share: None)
    work.mkdir(mode=0o700, parents=True)
    con.execute("SET preserve_insertion_order = true")
    con.execute(suspect_macro())
    check = _Check(path, contract, catalogue_items, work, con, today, currency, schemes, tell)
    try:
        return check.run()
    except BaseException:
        check.clear()
        raise
    finally:
        shutil.rmtree(work)


class _Check:
    """One file on its way through the stages."""

    def __init__(
        self,
        path: Path,
        contract: Contract,
        items: Mapping[str, Item],
        work: Path,
        con: duckdb.DuckDBPyConnection,
        today: date,
        currency: str,
        schemes: Sequence[Scheme],
        tell: Progress,
    ) -> None:
        self.path = path
        self.contract = contract
        self.items = items
        self.work = work
        self.con = con
        self.today = today
        self.currency = currency
        self.schemes = schemes
        self.tell = tell
        self.prefix = f"intake_{uuid.uuid4().hex[:12]}"

    def run(self) -> CheckedBatch:
        """All stages."""
        if not self.path.is_file():
            raise Refusal(
                "GS-INTAKE-013", "there is no such file", where=str(self.path), remedy="check the path"
            )
        self.tell("reading", 0.0)
        found, size = digest(self.path)
        plain = unpack(self.path, self.work)
        self.tell("checking", 0.1)
        source, made, notes = self._staged(plain)
        self.tell("looking for repeats", 0.8)
        row = "row" if source.numbered else "(rowid + 2)"
        if any(folded_columns(made)):
            fold_keys(self.con, self.contract, self._name("stage"), folded_columns(made))
        persons = persons_in(self.con, made, self._name("stage"), row, self._name("persons"))
        listed = [f"{made_of} AS {name}" for name, made_of in shown(made, mapped(made)).items()]
        listed = [f"{row} AS row", *listed, "body"]
        right = (
            f"(SELECT {', '.join(listed)} FROM {self._name('stage')} WHERE {self._right(row, bool(persons))})"
        )
        compared = [one for one in (*columns(made), "body") if one != "source_key"]
        repeated, conflicting = set_aside(self.con, right, compared, self._name("set_aside"))
        gather(self.con, made, self.prefix, row)
        counts = self._counts(source, row, bool(persons), repeated)
        notes += self._floors(made, counts)
        if conflicting:
            notes += (
                Note(
                    "conflicting-keys",
                    f"{conflicting} rows contradict an earlier row of this file under the same key; a file has "
                    "no order that means anything, so they are reported and the first is taken",
                ),
            )
        if repeated:
            notes += (
                Note("repeated-rows", f"{repeated} rows say again what an earlier row of this file says"),
            )
        self._view(listed, row, bool(persons), bool(repeated or conflicting))
        clauses = self._clauses()
        self._drop("raw", "broken")
        self.tell("checked", 1.0)
        return CheckedBatch(
            contract=self.contract,
            con=self.con,
            table=self._name("good"),
            problems=self._name("problems"),
            rejected=self._name("rejected"),
            rejected_keys=self._name("keys"),
            legacy_schemes=tuple(scheme for scheme, _ in self.contract.subject.legacy),
            file_digest=found,
            file_size=size,
            counts=counts,
            refused_by_clause=clauses,
            notes=notes,
            format=source.format,
            encoding=source.encoding,
            path_taken=source.path_taken,
        )

    def clear(self) -> None:
        """Leave nothing in the connection."""
        self.con.execute(f"DROP VIEW IF EXISTS {self._name('good')}")
        self._drop("stage", "problems", "rejected", "keys", "set_aside", "persons", "raw", "broken", "found")

    def _name(self, part: str) -> str:
        return f'"{self.prefix}_{part}"'

    def _drop(self, *parts: str) -> None:
        for part in parts:
            self.con.execute(f"DROP TABLE IF EXISTS {self._name(part)}")

    def _staged(self, plain: Path) -> tuple[Source, Plan, tuple[Note, ...]]:
        """The stage table, made the fast way if the file allows it."""
        for fast in (True, False):
            source = read(
                plain,
                self.contract,
                self.path.name,
                work=self.work,
                con=self.con,
                prefix=self.prefix,
                fast=fast,
            )
            made, notes = plan(
                self.contract,
                self.items,
                source,
                schemes=self.schemes,
                currency=self.currency,
                today=self.today,
                where=self.path.name,
            )
            several = plain.stat().st_size > _ONE_BUFFER  # a smaller file is read by one thread, in order
            query = stage_sql(made, few=not several)
            if source.path_taken == "fast" and several and not self._keeps_order(query):
                continue
            # DuckDB's own messages quote the line that it stumbled over: they are never passed on
            try:
                self.con.execute(f"CREATE TABLE {self._name('stage')} AS {query}")
            except duckdb.Error as fault:
                if source.path_taken == "fast":
                    continue
                if source.format == "parquet":
                    raise damaged(self.path.name, fault) from None
                raise
            if source.path_taken == "fast" and self._number("stage") != source.lines:
                self._drop("stage")
                continue
            return source, made, (*source.notes, *notes)
        raise AssertionError("the careful way either ends or raises")

    def _keeps_order(self, query: str) -> bool:
        """Whether DuckDB's plan keeps the file's rows in order, as their numbers need: no join, no sort."""
        shown = self.con.execute(f"EXPLAIN (FORMAT json) {query}").fetchone()
        waiting = json.loads(shown[1]) if shown else [{"name": "none"}]
        while waiting:
            node = waiting.pop()
            if node["name"].strip().upper() not in ("PROJECTION", "READ_CSV"):
                return False
            waiting.extend(node.get("children", []))
        return True

    def _number(self, part: str, where: str = "") -> int:
        found = self.con.execute(f"SELECT count(*) FROM {self._name(part)} {where}").fetchone()
        return int(found[0]) if found else 0

    def _counts(self, source: Source, row: str, persons: bool, repeated: int) -> Counts:
        broken = self._number("broken") if source.broken else 0
        read_rows = self._number("stage") + broken
        refused = self._distinct(Outcome.REFUSED)
        reported = self._distinct(Outcome.REPORTED)
        wrong = self._number("stage", f"WHERE NOT ({self._right(row, persons)})")
        good = self._number("stage") - wrong - self._number("set_aside")
        return Counts(read_rows, good, refused, reported, repeated)

    def _distinct(self, outcome: Outcome) -> int:
        found = self.con.execute(
            f"SELECT count(DISTINCT row) FROM {self._name('problems')} WHERE outcome = ?", [outcome.value]
        ).fetchone()
        return int(found[0]) if found else 0

    def _clauses(self) -> tuple[tuple[str, int], ...]:
        found = self.con.execute(
            f"SELECT clause, count(*) FROM {self._name('problems')} WHERE outcome = ? GROUP BY clause "
            "ORDER BY count(*) DESC, clause",
            [Outcome.REFUSED.value],
        ).fetchall()
        return tuple((str(clause), int(number)) for clause, number in found)

    def _floors(self, made: Plan, counts: Counts) -> tuple[Note, ...]:
        floors = self.contract.floors
        if not floors or not counts.rows_read:
            return ()
        sums = ", ".join(f"count(*) FILTER (filled_{number})" for number, _ in enumerate(floors))
        found = self.con.execute(f"SELECT count(*), {sums} FROM {self._name('stage')}").fetchone() or (0,)
        return tuple(
            Note(
                "fill-rate",
                f"{filled} of {found[0]} cells are filled; the contract expects at least {least} %",
                column,
            )
            for (column, least), filled in zip(floors, found[1:], strict=True)
            if filled * 100 < least * found[0]
        )

    def _right(self, row: str, persons: bool) -> str:
        """SQL of what is right with a row by itself."""
        right = "refused IS NULL AND NOT bad"
        return f"{right} AND {row} NOT IN (SELECT row FROM {self._name('persons')})" if persons else right

    def _view(self, listed: Sequence[str], row: str, persons: bool, aside: bool) -> None:
        """The good rows: a view, so that five million rows are not written twice."""
        right = self._right(row, persons)
        if aside:
            right += f" AND {row} NOT IN (SELECT row FROM {self._name('set_aside')})"
        self.con.execute(
            f"CREATE VIEW {self._name('good')} AS SELECT {', '.join(listed)} FROM {self._name('stage')} WHERE {right}"
        )
