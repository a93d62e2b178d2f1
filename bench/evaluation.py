"""Evaluation over everyone, against hand-written SQL and a bare scan, on generated extracts.

    python -m bench evaluation --organisations 2000000 --records 20000000 --many-records 100000000

The fictional rulebook of 95 rules is run by the engine and by the peer (`bench.evaluation_peer`, what an
analyst would write by hand for this one rulebook) in turn; both must find the same lines and grades. The
scan reads the same columns and does nothing with them. The large extract is run in a process of its own,
so that its memory can be told.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bench import evaluation_peer
from bench.evaluation_data import DAY, FORMAT, catalogue, rulebook_text, write_extract
from goodstanding.rules import Extract, parse_rulebook
from goodstanding.rules.engines.duckdb import assess_all

_ROUNDS = 3
_THREADS = 2
_ARRAY = 22  # sums of up to 2^22 organisations stand in an array
_COLUMNS = (
    "record_id",
    "subject_id",
    "item",
    "decided_on",
    "amount",
    "currency",
    "seriousness",
    "number_1",
    "code_1",
)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def timed_both(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of the processor over all threads: on a busy machine they part."""
    used = time.process_time()
    clock = timed(act)
    return clock, time.process_time() - used


def extract_of(folder: Path) -> Extract:
    """The parts that `write_extract` wrote."""
    return Extract(
        records=tuple(sorted(folder.glob("records-*.parquet"))),
        endings=(folder / "endings.parquet",),
        subjects=(folder / "subjects.parquet",),
        items={path: number for number, path in enumerate(catalogue(), 1)},
    )


def engine_once(folder: Path, memory_limit: str | None = None) -> tuple[int, int]:
    """Run the engine once; returns how many lines and subjects there are."""
    rulebook = parse_rulebook(rulebook_text(), "bench")
    with assess_all(
        rulebook,
        catalogue(),
        extract_of(folder),
        DAY,
        write_to=folder / "result",
        threads=_THREADS,
        memory_limit=memory_limit,
    ) as run:
        return run.counts["lines"], run.counts["subjects"]


def _engine_unwritten(folder: Path) -> None:
    rulebook = parse_rulebook(rulebook_text(), "bench")
    with assess_all(rulebook, catalogue(), extract_of(folder), DAY, threads=_THREADS):
        pass


def _peer_once(folder: Path) -> tuple[int, int]:
    with duckdb.connect(config={"threads": _THREADS}) as db:
        # The settings that the engine found worth having are the peer's as well.
        db.execute(f"SET preserve_insertion_order = false; SET perfect_ht_threshold = {_ARRAY}")
        found = evaluation_peer.run(db, folder, parse_rulebook(rulebook_text(), "bench"), DAY)
        for table in ("line", "grade"):
            db.execute(f"COPY {table} TO '{folder}/peer-{table}.parquet' ({FORMAT})")
        return found


def _scan_once(folder: Path) -> None:
    columns = ", ".join(f"max({name})" for name in _COLUMNS)
    with duckdb.connect(config={"threads": _THREADS}) as db:
        db.execute(f"SELECT {columns} FROM read_parquet('{folder}/records-*.parquet')").fetchall()


def _alone(folder: Path, memory_limit: str) -> dict[str, Any]:
    """One run in a process of its own: seconds and peak memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.evaluation", str(folder), memory_limit],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def _compare(folder: Path) -> None:
    """Every line of the peer is one of the engine's; what the engine has beyond is what it cannot tell.

    The peer knows no three values: it leaves out records whose amount is not stated.
    """
    ours = f"read_parquet('{folder}/result/lines.parquet')"
    theirs = f"read_parquet('{folder}/peer-line.parquet')"
    with duckdb.connect() as db:
        missing, beyond = (
            db.execute(f"SELECT count(*) FROM {one}").fetchall()[0][0]
            for one in (
                f"{theirs} ANTI JOIN {ours} USING (subject_id, rule, record_id)",
                f"(FROM {ours} WHERE status = 1) ANTI JOIN {theirs} USING (subject_id, rule, record_id)",
            )
        )
    if missing or beyond:
        raise SystemExit(f"{missing} lines of the peer are not the engine's, {beyond} the other way round")


def measure(folder: Path, *, organisations: int, records: int, many_records: int) -> dict[str, Any]:
    """Run everything below `folder` and return seconds, ratios and peak memory."""
    small = folder / "small"
    write_extract(small, organisations, records, _THREADS)
    _scan_once(small)
    times: dict[str, list[float]] = {"engine": [], "peer": [], "scan": [], "unwritten": []}
    found: dict[str, tuple[int, int]] = {}

    def engine() -> None:
        found["engine"] = engine_once(small)

    def peer() -> None:
        found["peer"] = _peer_once(small)

    for _ in range(_ROUNDS):
        times["engine"].append(timed(engine))
        times["peer"].append(timed(peer))
        times["scan"].append(timed(lambda: _scan_once(small)))
        times["unwritten"].append(timed(lambda: _engine_unwritten(small)))
    _compare(small)
    # The peer writes its lines and grades as the engine does; a scan writes nothing, so that it is compared
    # with the same evaluation kept in memory, and with the written one beside it.
    against = {
        (one, other): statistics.median(a / b for a, b in zip(times[one], times[other], strict=True))
        for one, other in (("engine", "peer"), ("unwritten", "scan"), ("engine", "scan"))
    }
    result: dict[str, Any] = {
        "organisations": organisations,
        "records": records,
        "rules": 95,
        "lines": found["engine"][0],
        "lines_per_record": round(found["engine"][0] / records, 3),
        "engine_seconds": [round(one, 2) for one in times["engine"]],
        "peer_seconds": [round(one, 2) for one in times["peer"]],
        "scan_seconds": [round(one, 2) for one in times["scan"]],
        "unwritten_seconds": [round(one, 2) for one in times["unwritten"]],
        "times_the_peer": round(against["engine", "peer"], 2),
        "times_a_bare_scan": round(against["unwritten", "scan"], 2),
        "times_a_bare_scan_when_written": round(against["engine", "scan"], 2),
    }
    if many_records:
        first = _alone(small, "700MB")
        large = folder / "large"
        write_extract(large, organisations * many_records // records, many_records, _THREADS)
        second = _alone(large, "700MB")
        result |= {
            "many_records": many_records,
            "many_times_the_small": round(second["seconds"] / first["seconds"], 2),
            "many_peak_megabytes": second["megabytes"],
        }
    return result


if __name__ == "__main__":
    taken = timed(lambda: engine_once(Path(sys.argv[1]), sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": taken, "megabytes": peak}))
