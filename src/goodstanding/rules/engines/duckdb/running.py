"""Run a rulebook over an extract: the stages, in order, on one DuckDB connection."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from goodstanding.core.reader import Access

from ...bounds import too_large
from ...extract import Extract
from ...force import check_day
from ...lines import Assessment, Line, Status
from ...model import Interval, Rulebook, invalid
from ...ranking import CutOffs
from ...records import Catalogue
from .around import Results
from .buckets import KEPT, RESTED_ON, buckets_of, finish, in_buckets, rank
from .matching import quoted
from .pointing import ABSENT, MET, UNKNOWN
from .probes import build
from .stages import CLOSED, RESTED, Stages
from .store import DuckDBStore

STATUS = {MET: Status.MET, UNKNOWN: Status.UNKNOWN, ABSENT: Status.ABSENT, CLOSED: Status.CLOSED}


@dataclass
class Run:
    """The result of a rulebook over an extract.

    assessments: subject_id BIGINT, grade VARCHAR (NULL: cannot tell), possible BIGINT (bits: the grades of
        `rulebook.grades` from the lowest bit, then "no grade"), points_low, points_high BIGINT (hundredths,
        NULL: open, or no total), missing VARCHAR[] (ids of entries), access TINYINT
    lines: subject_id BIGINT, rule SMALLINT (ordinal in `rulebook.entries()`), record_id BIGINT,
        points_low, points_high BIGINT, status TINYINT (1 met, 2 unknown, 3 absent, 4 closed), access TINYINT

    held: in memory, the columns of the assessments that another rulebook may rest on, where these were asked for

    Use as a context manager, or call `close`.
    """

    rulebook: Rulebook
    on: date
    db: duckdb.DuckDBPyConnection
    folder: tempfile.TemporaryDirectory[str]
    written: tuple[Path, Path] | None = None
    held: pa.Table | None = None
    counts: dict[str, int] = field(default_factory=dict)
    cut_offs: CutOffs = field(default_factory=dict)

    def assessments(self) -> pa.Table:
        """The assessments, by subject."""
        source = quoted(str(self.written[0])) if self.written else "assessments"
        return self.db.sql(f"SELECT * FROM {source} ORDER BY subject_id").to_arrow_table()

    def lines(self) -> pa.Table:
        """The lines, by subject and entry."""
        source = quoted(str(self.written[1])) if self.written else "lines"
        order = "subject_id, rule, status, record_id NULLS FIRST"
        return self.db.sql(f"SELECT * FROM {source} ORDER BY {order}").to_arrow_table()

    def grades(self) -> dict[str, int]:
        """How many subjects have each grade; "" is "cannot tell"."""
        source = quoted(str(self.written[0])) if self.written else "assessments"
        rows = self.db.execute(
            f"SELECT coalesce(grade, ''), count(*) FROM {source} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        return {str(grade): int(number) for grade, number in rows}

    def close(self) -> None:
        """Free memory and scratch files."""
        self.db.close()
        self.folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _paths(folder: Path) -> tuple[Path, Path]:
    """Where assessments and lines are written below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "assessments.parquet", folder / "lines.parquet"


def _kept(db: duckdb.DuckDBPyConnection, paths: tuple[Path, Path] | None) -> dict[str, int]:
    """Write assessments and lines, if they are to be written; returns how many there are."""
    counts = {}
    for place, (counted, source) in enumerate(KEPT.items()):
        query = f"SELECT count(*) FROM {source}"
        if paths is not None:
            # Version 2's delta encodings make zstd dear for nothing.
            options = "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2"
            query = f"COPY {source} TO {quoted(str(paths[place]))} ({options})"
        counts[counted] = int(db.execute(query).fetchall()[0][0])
    return counts


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
    results: Results | None = None,
    cut_offs: CutOffs | None = None,
    lines: bool = True,
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
        results: of the rulebooks that this one rests on, as everyone may not read them: see `in_order`.
        cut_offs: of the quotas by rank. Without them everyone is ranked first; of one subject alone, who keeps
            the grade can then not be told.
        lines: without them only those columns of the assessments are kept that a rulebook may rest on,
            whole whatever `readable` says, and in memory (`Run.held`) where all fits in there.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day), 027 (parts), 028 (merges), 047 (a number of more than
            64 bits).
    """
    check_day(rulebook, on)
    probes = build(rulebook, catalogue, on, extract.coverage)
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
        stages = Stages(DuckDBStore(db), probes, extract, subject, results, cut_offs)
        stages.prepare()
        many = 1 if subject is not None else buckets_of(db, extract)
        paths = _paths(write_to) if write_to is not None else None
        kept = KEPT if lines else RESTED_ON
        if many > 1:
            run.written = paths or _paths(Path(folder.name) / "out")
            run.counts = in_buckets(db, stages, many, readable, run.written, Path(folder.name), kept)
        else:
            stages.universe()
            stages.table("matches", stages.match())
            if lines:
                finish(stages, readable)
                run.written = paths
                run.counts = _kept(db, paths)
            else:  # read once, and so narrow that a table in memory costs less than a file
                rank(stages)
                query = f"SELECT {', '.join(RESTED)} FROM ({stages.outcomes()}) AS q"
                run.held = db.sql(query).to_arrow_table()
                run.counts = {"subjects": run.held.num_rows}
        run.cut_offs = stages.cut_offs or {}
    except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
        run.close()
        raise too_large(rulebook.path, str(error).splitlines()[0]) from error
    except BaseException:
        run.close()
        raise
    return run


def explain_one(
    rulebook: Rulebook,
    catalogue: Catalogue,
    extract: Extract,
    subject_id: int,
    on: date,
    *,
    results: Results | None = None,
    cut_offs: CutOffs | None = None,
) -> Assessment:
    """Assess one subject by the same SQL as everyone: the same result, as an `Assessment` with its lines.

    `cut_offs` are those of a run over everyone (`Run.cut_offs`).

    Raises:
        Refusal: as `assess_all`; GS-RULES-032 if the subject is not assessed by this rulebook.
    """
    target = extract.resolved().get(subject_id, subject_id)
    with assess_all(
        rulebook, catalogue, extract, on, threads=1, subject=target, results=results, cut_offs=cut_offs
    ) as run:
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
        shown = rulebook.has_points and row["possible"] is not None
        found.append(
            Assessment(
                subject_id=row["subject_id"],
                grade=row["grade"],
                possible=tuple(name for place, name in enumerate(names) if bits >> place & 1),
                points=Interval(row["points_low"], row["points_high"]) if shown else None,
                missing=tuple(row["missing"] or ()),
                lines=tuple(by_subject.get(row["subject_id"], ())),
                access=row["access"],
            )
        )
    return found
