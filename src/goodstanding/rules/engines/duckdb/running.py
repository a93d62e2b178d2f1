"""Run a rulebook over an extract: the stages, in order, on one DuckDB connection."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access

from ...extract import Extract
from ...force import check_day
from ...lines import Assessment, Line, Status
from ...model import Interval, Per, Rulebook, Table, invalid
from ...records import Catalogue
from .emit import emit
from .matching import day, matches, quoted
from .outcome import Outcome
from .pointing import ABSENT, MET, UNKNOWN, absences, other_lines, rule_lines, tops
from .probes import Probes, build, table

CLOSED = 4
STATUS = {MET: Status.MET, UNKNOWN: Status.UNKNOWN, ABSENT: Status.ABSENT, CLOSED: Status.CLOSED}


def _files(parts: tuple[Path, ...]) -> str:
    """Parquet parts as a relation."""
    names = ", ".join(quoted(str(one)) for one in parts)
    return f"read_parquet([{names}], union_by_name = false)"


@dataclass
class Run:
    """The result of a rulebook over an extract.

    assessments: subject_id BIGINT, grade VARCHAR (NULL: cannot tell), possible BIGINT (bits: the grades of
        `rulebook.grades` from the lowest bit, then "no grade"), points_low, points_high BIGINT (hundredths,
        NULL: open, or no total), missing VARCHAR[] (ids of entries), access TINYINT
    lines: subject_id BIGINT, rule SMALLINT (ordinal in `rulebook.entries()`), record_id BIGINT,
        points_low, points_high BIGINT, status TINYINT (1 met, 2 unknown, 3 absent, 4 closed), access TINYINT

    Use as a context manager, or call `close`.
    """

    rulebook: Rulebook
    on: date
    db: duckdb.DuckDBPyConnection
    folder: tempfile.TemporaryDirectory[str]
    written: tuple[Path, Path] | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def assessments(self) -> pa.Table:
        """The assessments, by subject."""
        source = quoted(str(self.written[0])) if self.written else "assessments"
        return self.db.sql(f"SELECT * FROM {source} ORDER BY subject_id").to_arrow_table()

    def lines(self) -> pa.Table:
        """The lines, by subject and entry."""
        source = quoted(str(self.written[1])) if self.written else "lines"
        order = "subject_id, rule, status, record_id NULLS LAST"
        return self.db.sql(f"SELECT * FROM {source} ORDER BY {order}").to_arrow_table()

    def close(self) -> None:
        """Free memory and scratch files."""
        self.db.close()
        self.folder.cleanup()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Stages:
    """One run's tables, built in order."""

    def __init__(
        self, db: duckdb.DuckDBPyConnection, probes: Probes, extract: Extract, subject: int | None
    ) -> None:
        self.db = db
        self.probes = probes
        self.extract = extract
        self.subject = subject
        self.merged = extract.resolved()
        self.all_sure = False
        self.same_access: int | None = None

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query of the plan."""
        self.db.execute(f"CREATE TEMP TABLE {name} AS {emit(query)}")

    def columns(self, parts: tuple[Path, ...]) -> dict[str, str]:
        """Names and types of the columns of the parts."""
        try:
            rows = self.db.execute(f"DESCRIBE SELECT * FROM {_files(parts)}").fetchall()
        except duckdb.Error as error:
            raise Refusal(
                "GS-RULES-027",
                "a part of the extract cannot be read",
                where=", ".join(str(one) for one in parts[:3]),
                why=str(error).splitlines()[0],
                remedy="name Parquet files of the documented columns",
            ) from error
        return {row[0]: row[1] for row in rows}

    def prepare(self) -> None:
        """The small tables: probes, reaches, entries, merges."""
        types = self.columns(self.extract.records)
        needed = {"record_id", "subject_id", "item"}
        if not needed <= set(types):
            raise Refusal(
                "GS-RULES-027",
                f"the records lack {', '.join(sorted(needed - set(types)))}",
                where=str(self.extract.records[0]),
                remedy="name Parquet files of the documented columns",
            )
        columns, rows = table(self.probes)
        texts = types["item"] == "VARCHAR"
        if not texts and self.extract.items is None:
            raise invalid(
                27, "the records number their items, and no numbers are given", remedy="pass `items`"
            )
        place = columns.index("item VARCHAR")
        if not texts:
            columns[place] = "item INTEGER"
            numbers = self.extract.items or {}
            for row in rows:
                row[place] = numbers.get(str(row[place]))
        self.db.execute(f"CREATE TEMP TABLE probes ({', '.join(columns)})")
        self.db.executemany(f"INSERT INTO probes VALUES ({', '.join('?' * len(columns))})", rows)
        self.db.execute("CREATE TEMP TABLE reaches AS SELECT probe, reach FROM probes")
        self.db.execute("CREATE TEMP TABLE entries AS SELECT probe, entry FROM probes")
        self.db.execute("CREATE TEMP TABLE merges (from_subject_id BIGINT, into_subject_id BIGINT)")
        if self.merged:
            self.db.executemany("INSERT INTO merges VALUES (?, ?)", list(self.merged.items()))
        self.fill(types)

    def fill(self, types: dict[str, str]) -> None:
        """The records as a view, with the columns that a part may lack as NULL."""
        kinds = {
            **dict.fromkeys(("occurred_on", "decided_on", "effective_from", "effective_to"), "DATE"),
            "amount": "BIGINT",
            "currency": "VARCHAR",
            "seriousness": "TINYINT",
            "access": "TINYINT",
            **{f"number_{slot}": "BIGINT" for slot in range(1, 5)},
            **{f"code_{slot}": "VARCHAR" for slot in range(1, 5)},
        }
        lacking = [f"NULL::{kind} AS {name}" for name, kind in kinds.items() if name not in types]
        if "access" not in types:
            lacking = [one for one in lacking if not one.endswith(" AS access")] + ["0::TINYINT AS access"]
        where = ""
        if self.subject is not None:
            ids = [self.subject, *(one for one, into in self.merged.items() if into == self.subject)]
            where = f" WHERE subject_id IN ({', '.join(map(str, ids))})"
        self.db.execute(
            f"CREATE TEMP VIEW records AS SELECT {', '.join(['*', *lacking])} "
            f"FROM {_files(self.extract.records)}{where}"
        )

    def universe(self) -> None:
        """The subjects that get an assessment."""
        keep = ["subject_id NOT IN (SELECT from_subject_id FROM merges)"]
        if self.subject is not None:
            keep.append(f"subject_id = {self.subject}")
        if self.extract.subjects:
            kinds = ", ".join(quoted(one) for one in self.probes.rulebook.subject_kinds)
            keep.append(f"kind IN ({kinds})")
            source = f"SELECT subject_id, registered_on FROM {_files(self.extract.subjects)} WHERE {' AND '.join(keep)}"
        else:
            found = (
                "SELECT DISTINCT coalesce(m.into_subject_id, r.subject_id) AS subject_id FROM records AS r "
                "LEFT JOIN merges AS m ON r.subject_id = m.from_subject_id"
            )
            source = (
                f"SELECT subject_id, NULL::DATE AS registered_on FROM ({found}) WHERE {' AND '.join(keep)}"
            )
        self.db.execute(f"CREATE TEMP TABLE subjects AS {source}")

    def stated(self) -> frozenset[str]:
        """Columns of which every part's own statistics say that no record lacks them."""
        names = ", ".join(quoted(str(one)) for one in self.extract.records)
        rows = self.db.execute(
            f"SELECT path_in_schema FROM parquet_metadata([{names}]) GROUP BY path_in_schema "
            "HAVING bool_and(stats_null_count IS NOT NULL) AND sum(stats_null_count) = 0 "
            f"AND count(DISTINCT file_name) = {len(set(self.extract.records))}"
        ).fetchall()
        return frozenset(row[0] for row in rows)

    def match(self) -> None:
        """The matches: records that count, joined with the probes, of subjects that are assessed."""
        query = f"SELECT * FROM ({matches(self.probes, 'records', self.stated())}) AS q"
        if self.extract.endings:
            self.db.execute(
                f"CREATE TEMP TABLE ended AS SELECT record_id FROM {_files(self.extract.endings)} "
                f"WHERE counts_until <= {day(self.probes.on)}"
            )
            query += " ANTI JOIN ended AS e USING (record_id)"
        if self.merged:
            query = (
                f"SELECT q.* REPLACE (coalesce(m.into_subject_id, q.subject_id) AS subject_id) FROM ({query}) AS q "
                "LEFT JOIN merges AS m ON q.subject_id = m.from_subject_id"
            )
        if self.unfit():
            query = f"SELECT * FROM ({query}) AS q ANTI JOIN unfit AS s USING (subject_id)"
        self.table("matches", query)

    def unfit(self) -> bool:
        """Keep the subjects that get no assessment, if there are any: often there are none or few."""
        if not self.extract.subjects or self.subject is not None:
            return False
        self.db.execute(
            f"CREATE TEMP TABLE unfit AS SELECT subject_id FROM {_files(self.extract.subjects)} "
            "WHERE subject_id NOT IN (SELECT subject_id FROM subjects)"
        )
        return bool(self.db.execute("SELECT count(*) FROM unfit").fetchall()[0][0])

    def lines(self, readable: Access) -> None:
        """The lines: a view over what was matched where no cap applies, and a table where one does."""
        probes = self.probes
        absent = any(one.presence is not None for one in probes.all)
        unsure, lowest, highest = self.db.execute(
            "SELECT count(*) FILTER (WHERE NOT sure), min(access), max(access) FROM matches"
        ).fetchall()[0]
        self.all_sure = not unsure and not absent
        self.same_access = highest if lowest == highest and not absent else None
        if absent:
            self.table("absences", absences(probes, "matches"))
        latest = tops(probes, "matches")
        if latest:
            self.table("tops", latest)
        free, bound = rule_lines(probes, "matches", absent=absent, sure=self.all_sure)
        parts = [free, *other_lines(probes, "matches", absent=absent)]
        if bound:
            self.table("bound_lines", bound)
            parts.append("SELECT * FROM bound_lines")
        found = [one for one in parts if one] or [
            "SELECT NULL::BIGINT AS subject_id, NULL::SMALLINT AS rule, NULL::BIGINT AS record_id, "
            "NULL::BIGINT AS points_low, NULL::BIGINT AS points_high, NULL::TINYINT AS status, "
            "NULL::TINYINT AS access WHERE FALSE"
        ]
        every = " UNION ALL ".join(f"SELECT * FROM ({one}) AS p{number}" for number, one in enumerate(found))
        self.db.execute(f"CREATE TEMP VIEW every_line AS {emit(every)}")
        self.table("sums", Outcome(probes).sums("every_line", **self.sums_options()))
        strangers = "subject_id NOT IN (SELECT subject_id FROM subjects)"
        known = ""
        if self.db.execute(f"SELECT count(*) FROM sums WHERE {strangers}").fetchall()[0][0]:
            known = " SEMI JOIN subjects USING (subject_id)"  # records of subjects that no part holds
        self.db.execute(f"CREATE TEMP VIEW all_lines AS SELECT * FROM every_line{known}")
        self.show_lines(readable)

    def sums_options(self) -> dict[str, Any]:
        """What is known of the lines before they are summed up."""
        rules = self.probes.with_role("rule")
        return {
            "open_ended": any(one.rule is not None and _may_be_open(one.rule, one.presence) for one in rules),
            "sure": self.all_sure,
            "access": self.same_access,
        }

    def show_lines(self, readable: Access) -> None:
        """The lines as a reader may see them."""
        closed = f"access > {int(readable)}"
        self.db.execute(
            f"CREATE TEMP VIEW lines AS SELECT subject_id, rule, "
            f"CASE WHEN NOT {closed} THEN record_id END AS record_id, "
            f"CASE WHEN NOT {closed} THEN points_low END AS points_low, "
            f"CASE WHEN NOT {closed} THEN points_high END AS points_high, "
            f"CASE WHEN {closed} THEN {CLOSED}::TINYINT ELSE status END AS status, access FROM all_lines"
            if readable < Access.RESTRICTED
            else "CREATE TEMP VIEW lines AS SELECT * FROM all_lines"
        )

    def outcome(self, readable: Access) -> None:
        """One row per subject."""
        probes = self.probes
        outcome = Outcome(probes)
        rules = len(probes.with_role("rule"))
        joins = ["LEFT JOIN sums AS s USING (subject_id)"]
        if probes.with_role("fact", "exists"):
            joins.append(f"LEFT JOIN ({outcome.counts('matches')}) AS c USING (subject_id)")
        if tops(probes, "matches"):
            joins.append(f"LEFT JOIN ({outcome.latest_values()}) AS v USING (subject_id)")
        if any(one.presence is not None for one in probes.with_role("fact", "exists")):
            joins.append(f"LEFT JOIN ({outcome.absent_flags()}) AS a USING (subject_id)")
        names = "CASE rule " + " ".join(
            f"WHEN {one.number} THEN {quoted(one.owner)}" for one in probes.with_role("rule")
        )
        if rules and not self.all_sure:
            joins.append(
                f"LEFT JOIN (SELECT subject_id, list(DISTINCT {names} END) AS unsure_rules FROM all_lines "
                f"WHERE status <> {MET} AND rule <= {rules} AND points_low IS DISTINCT FROM points_high "
                "GROUP BY subject_id) AS m USING (subject_id)"
            )
        else:
            joins.append("CROSS JOIN (SELECT NULL::VARCHAR[] AS unsure_rules) AS m")
        self.table("results", outcome.query(f"SELECT * FROM subjects {' '.join(joins)}"))
        closed = f"access > {int(readable)}"
        shown = ", ".join(
            f"CASE WHEN NOT {closed} THEN {one} END AS {one}"
            for one in ("grade", "possible", "points_low", "points_high", "missing")
        )
        self.db.execute(
            f"CREATE TEMP VIEW assessments AS SELECT subject_id, {shown}, access FROM results"
            if readable < Access.RESTRICTED
            else "CREATE TEMP VIEW assessments AS SELECT * FROM results"
        )


def _may_be_open(rule: Any, presence: int | None) -> bool:
    """Whether a line of the rule can be without bound."""
    if rule.reach is not None:
        return False
    award = rule.award
    return (
        presence is not None
        or isinstance(award, Per)
        or (not isinstance(award, Table) and getattr(award, "at_most", 0) is None)
    )


def assess_all(
    rulebook: Rulebook,
    catalogue: Catalogue,
    extract: Extract,
    on: date,
    *,
    write_to: Path | None = None,
    threads: int | None = None,
    memory_limit: str | None = None,
    readable: Access = Access.RESTRICTED,
    subject: int | None = None,
) -> Run:
    """Assess every subject of a fitting kind.

    Args:
        rulebook: a checked rulebook, in force on the day.
        catalogue: items by full path.
        extract: the parts of the ledger; what is passed in is what is known.
        on: the day of the assessment.
        write_to: a folder for assessments.parquet and lines.parquet; None keeps them in memory.
        threads, memory_limit: bounds for DuckDB, for instance 2 and "800MB".
        readable: lines of more closed records show the rule alone, and hide grade and total.
        subject: only this subject.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day), 027 (parts), 028 (merges).
    """
    check_day(rulebook, on)
    probes = build(rulebook, catalogue, on)
    folder = tempfile.TemporaryDirectory(prefix="goodstanding-run-")
    config: dict[str, str | bool | int | float | list[str]] = {"temp_directory": folder.name}
    if threads is not None:
        config["threads"] = threads
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    db = duckdb.connect(config=config)
    run = Run(rulebook, on, db, folder)
    try:
        db.execute("SET preserve_insertion_order = false")
        stages = Stages(db, probes, extract, subject)
        stages.prepare()
        stages.universe()
        stages.match()
        stages.lines(readable)
        stages.outcome(readable)
        for name, source in (("subjects", "results"), ("lines", "all_lines")):
            run.counts[name] = db.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
        if write_to is not None:
            write_to.mkdir(parents=True, exist_ok=True)
            paths = (write_to / "assessments.parquet", write_to / "lines.parquet")
            for path, source in zip(paths, ("assessments", "lines"), strict=True):
                db.execute(f"COPY {source} TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
            run.written = paths
    except BaseException:
        run.close()
        raise
    return run


def explain_one(
    rulebook: Rulebook, catalogue: Catalogue, extract: Extract, subject_id: int, on: date
) -> Assessment:
    """Assess one subject by the same SQL as everyone: the same result, as an `Assessment` with its lines.

    Raises:
        Refusal: as `assess_all`; GS-RULES-032 if the subject is not assessed by this rulebook.
    """
    target = extract.resolved().get(subject_id, subject_id)
    with assess_all(rulebook, catalogue, extract, on, threads=1, subject=target) as run:
        found = assessments_of(run)
    if not found:
        raise invalid(
            32,
            f"{rulebook.path} does not assess subject {subject_id}",
            why=f"it assesses {', '.join(rulebook.subject_kinds)}",
            remedy="ask about a subject of such a kind",
        )
    return found[0]


def assessments_of(run: Run) -> list[Assessment]:
    """The results of a run as `Assessment` objects, for few subjects."""
    rulebook = run.rulebook
    ids = {one.ordinal: one.id for one in rulebook.entries()}
    by_subject: dict[int, list[Line]] = {}
    for row in run.lines().to_pylist():
        points = None if row["status"] == CLOSED else Interval(row["points_low"], row["points_high"])
        line = Line(ids[row["rule"]], row["record_id"], points, STATUS[row["status"]], row["access"])
        by_subject.setdefault(row["subject_id"], []).append(line)
    found = []
    names = (*rulebook.grades, "")
    for row in run.assessments().to_pylist():
        bits = row["possible"] or 0
        found.append(
            Assessment(
                subject_id=row["subject_id"],
                grade=row["grade"],
                possible=tuple(name for place, name in enumerate(names) if bits >> place & 1),
                points=Interval(row["points_low"], row["points_high"]) if rulebook.has_points else None,
                missing=tuple(row["missing"] or ()),
                lines=tuple(by_subject.get(row["subject_id"], ())),
                access=row["access"],
            )
        )
    return found
