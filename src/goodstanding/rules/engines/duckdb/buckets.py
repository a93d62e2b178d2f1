"""More records than fit in memory: matched in one pass, then finished one bucket of subjects at a time.

Reading the records again for each bucket would cost a whole scan each (they are sorted by arrival, not by
subject), so that the pass writes its matches, a third of the records and far narrower, in one file per bucket.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from goodstanding.core.reader import Access

from ...extract import Extract
from .matching import quoted
from .stages import Stages

BYTES = 80  # of the memory limit for each record: its matches, their lines and sums, and room to spare
UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
ROWS = 250_000  # rows of one group of the written files


def at_once(db: duckdb.DuckDBPyConnection) -> int:
    """How many records may be evaluated at once, by DuckDB's memory limit."""
    number, unit = str(db.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]).split()
    whole, _, _ = number.partition(".")
    return max(1, int(whole) * UNITS[unit] // BYTES)


def buckets_of(db: duckdb.DuckDBPyConnection, extract: Extract) -> int:
    """How many buckets an extract needs; 1 is none."""
    if not extract.records:
        return 1
    names = ", ".join(quoted(str(one)) for one in extract.records)
    found = db.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata([{names}])").fetchall()
    return max(1, -(-int(found[0][0] or 0) // at_once(db)))


def finish(stages: Stages, readable: Access) -> dict[str, int]:
    """From matches to lines and assessments; returns how many there are."""
    stages.lines()
    if stages.unranked:
        stages.rank()
        stages.cut()
    stages.outcome()
    stages.show(readable)
    counts = {}
    for name, source in (("subjects", "results"), ("lines", "all_lines")):
        counts[name] = int(stages.store.rows(f"SELECT count(*) FROM {source}")[0][0])
    return counts


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
) -> dict[str, int]:
    """Run in buckets of subjects, and append each to the files."""
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
    total = {"subjects": 0, "lines": 0}
    writers: dict[str, pq.ParquetWriter] = {}
    try:
        for bucket in range(many):
            gather(bucket)
            for name, count in finish(stages, readable).items():
                total[name] += count
            for name, path in zip(("assessments", "lines"), paths, strict=True):
                batches = db.sql(f"SELECT * FROM {name}").to_arrow_reader(ROWS)
                if name not in writers:
                    writers[name] = pq.ParquetWriter(path, batches.schema, compression="snappy")
                for batch in batches:
                    writers[name].write_batch(batch, row_group_size=ROWS)
                del batches
            stages.forget()
    finally:
        for writer in writers.values():
            writer.close()
    return total
