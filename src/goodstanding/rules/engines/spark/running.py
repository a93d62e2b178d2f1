"""Run a rulebook over an extract on Spark: the stages of the one plan, in a session of their own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access

from ...bounds import too_large
from ...extract import Extract
from ...force import check_day
from ...model import Rulebook
from ...ranking import CutOffs
from ...records import Catalogue
from ..duckdb.around import Results
from ..duckdb.probes import build
from ..duckdb.running import Run
from ..duckdb.stages import Stages

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BEYOND = ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE")  # Spark's names of the error

SCRATCH = "_scratch"  # below the folder of the result, gone at the end; Spark passes over names with "_"


@dataclass
class SparkRun(Run):
    """A run whose assessments and lines are folders of Parquet parts, written by the workers.

    Everything of :class:`Run` is there: `assessments()` and `lines()` read the parts on this machine.
    """

    session: SparkSession | None = None

    def frames(self) -> tuple[DataFrame, DataFrame]:
        """Assessments and lines as data frames of the session, for whatever follows on the cluster."""
        assert self.session is not None and self.written is not None
        assessments, lines = (self.session.read.parquet(str(one.parent)) for one in self.written)
        return assessments, lines


def assess_all(
    rulebook: Rulebook,
    catalogue: Catalogue,
    extract: Extract,
    on: date,
    *,
    session: SparkSession,
    write_to: Path | None = None,
    readable: Access = Access.RESTRICTED,
    results: Results | None = None,
    cut_offs: CutOffs | None = None,
    lines: bool = True,
) -> SparkRun:
    """Assess every subject of a fitting kind, as `engines.duckdb.assess_all` does.

    Args:
        session: of Spark, for instance from `opened`; its own settings and views are not touched.
        write_to: a folder for the folders assessments and lines. Driver and workers read the extract and write
            here under the same paths: on a cluster, a shared file system. None writes to a folder of this
            machine that goes with the run; only a local master can.
        lines: as of `engines.duckdb.assess_all`.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day), 027 (parts), 028 (merges), 047 (a number of more than
            64 bits), 068 (Spark ended the run).
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, ParseException, PySparkException

    from .store import SparkStore

    check_day(rulebook, on)
    probes = build(rulebook, catalogue, on, extract.coverage)
    folder = tempfile.TemporaryDirectory(prefix="goodstanding-run-")
    place = write_to or Path(folder.name)
    store = SparkStore(session, place / SCRATCH)
    run = SparkRun(rulebook, on, duckdb.connect(), folder, session=session)
    try:
        stages = Stages(store, probes, extract, None, results, cut_offs)
        stages.prepare()
        stages.universe()
        stages.table("matches", stages.match())
        stages.lines()
        if stages.unranked:
            stages.rank()
            stages.cut()
        stages.outcome()
        stages.show(readable)
        paths = {"subjects": store.path("assessments", place), "lines": store.path("lines", place)}
        for counted, path in paths.items():
            if lines or counted == "subjects":
                store.written(path.parent.name, store.session.table(path.parent.name), place)
                run.counts[counted] = store.count(path)
        run.written = (paths["subjects"], paths["lines"])
        run.cut_offs = stages.cut_offs or {}
    except (AnalysisException, ParseException):  # a fault of ours, not of the data
        run.close()
        raise
    except (PySparkException, Py4JError) as error:
        run.close()
        raise _refusal(rulebook, f"{error}\n{getattr(error, '_stackTrace', None) or ''}") from error
    except BaseException:
        run.close()
        raise
    finally:
        shutil.rmtree(place / SCRATCH, ignore_errors=True)
    return run


def _refusal(rulebook: Rulebook, text: str) -> Refusal:
    """What Spark's error means for whoever started the run."""
    lines = [one.strip() for one in text.splitlines() if one.strip()] or ["no reason given"]
    beyond = [one for one in lines if any(name in one for name in BEYOND)]
    if beyond:
        return too_large(rulebook.path, beyond[0])
    return Refusal(
        "GS-RULES-068",
        "Spark ended the run.",
        where=rulebook.path,
        why=lines[0],
        remedy="See that every worker can read the parts and write to the folder, and Spark's own log.",
    )
