"""More records than fit in memory: matched in one pass, then finished one bucket of subjects at a time.

Reading the records again for each bucket would cost a whole scan each (they are sorted by arrival, not by
subject), so that the pass writes its matches, a third of the records and far narrower, in one file per bucket.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from goodstanding.core.reader import Access

from ...extract import Extract
from .footers import rows_of
from .matching import quoted
from .stages import RESTED, Stages
from .store import memory

BYTES = 80  # of the memory limit for each record: its matches, their lines and sums, and room to spare
ROWS = 250_000  # rows of one group of the written files
KEPT = {"subjects": "assessments", "lines": "lines"}  # what a run keeps, by what is counted
RESTED_ON = {"subjects": f"(SELECT {', '.join(RESTED)} FROM assessments)"}


def at_once(db: duckdb.DuckDBPyConnection) -> int:
    """How many records may be evaluated at once, by DuckDB's memory limit."""
    return max(1, memory(db) // BYTES)


def buckets_of(db: duckdb.DuckDBPyConnection, extract: Extract) -> int:
    """How many buckets an extract needs; 1 is none."""
    return max(1, -(-rows_of(extract.records) // at_once(db)))


def rank(stages: Stages) -> None:
    """From matches to lines and sums, and everyone ranked where quotas ask for it."""
    stages.lines()
    if stages.unranked:
        stages.rank()
        stages.cut()


def finish(stages: Stages, readable: Access) -> None:
    """From matches to lines and assessments."""
    rank(stages)
    stages.outcome()
    stages.show(readable)


def _bucket(many: int) -> str:
    """The bucket of a subject, from 0; also of ids below 0, which a table of one's own may hold."""
    return f"((subject_id % {many} + {many}) % {many})"


def _scatter(db: duckdb.DuckDBPyConnection, query: str, folder: Path, many: int) -> Path:
    """Write the rows of a query, one file or more for each bucket of subjects."""
    db.execute(
        f"COPY (SELECT *, {_bucket(many)} AS bucket FROM ({query}) AS q) TO {quoted(str(folder))} "
        "(FORMAT parquet, COMPRESSION snappy, PARTITION_BY (bucket))"
    )
    return folder


def _gather(folder: Path, bucket: int, query: str) -> str:
    """The rows of one bucket; one without rows has no file."""
    part = folder / f"bucket={bucket}"
    if not part.is_dir():
        return f"SELECT * FROM ({query}) AS q LIMIT 0"
    return f"SELECT * FROM read_parquet({quoted(str(part / '*.parquet'))}, hive_partitioning = false)"


def in_buckets(
    db: duckdb.DuckDBPyConnection,
    stages: Stages,
    many: int,
    readable: Access,
    paths: tuple[Path, Path],
    scratch: Path,
    kept: Mapping[str, str],
) -> dict[str, int]:
    """Run in buckets of subjects, and append each to the files; `kept` is `KEPT` or `RESTED_ON`."""
    query = stages.match()
    folder = _scatter(db, query, scratch / "matches", many)
    people = None
    if stages.extract.subjects:
        people = _scatter(db, stages.fitting(), scratch / "subjects", many)

    def gather(bucket: int) -> None:
        if people is None:
            stages.universe(f"{_bucket(many)} = {bucket}")
        else:
            stages.table("subjects", _gather(people, bucket, stages.fitting()))
        stages.table("matches", _gather(folder, bucket, query))

    if stages.unranked:  # all are ranked before the first gets a grade
        for bucket in range(many):
            gather(bucket)
            stages.lines()
            stages.rank()
            stages.forget()
        stages.cut()
    total = dict.fromkeys(kept, 0)
    writers: dict[str, pq.ParquetWriter] = {}
    try:
        for bucket in range(many):
            gather(bucket)
            finish(stages, readable)
            for (counted, name), path in zip(kept.items(), paths, strict=False):
                batches = db.sql(f"SELECT * FROM {name}").to_arrow_reader(ROWS)
                if name not in writers:
                    writers[name] = pq.ParquetWriter(path, batches.schema, compression="snappy")
                for batch in batches:
                    writers[name].write_batch(batch, row_group_size=ROWS)
                    total[counted] += batch.num_rows
                del batches
            stages.forget()
    finally:
        for writer in writers.values():
            writer.close()
    return total
