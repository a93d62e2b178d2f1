"""Explaining one organisation from a large extract: how long, and with the same lines as in the run."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path
from typing import Any

from bench.evaluation import extract_of
from bench.evaluation_data import DAY, catalogue, rulebook_text, write_extract
from goodstanding.rules import parse_rulebook
from goodstanding.rules.engines.duckdb import assess_all, assessments_of
from goodstanding.rules.engines.explaining import Explaining
from goodstanding.rules.shelf import Asked

_THREADS = 2


def measure(folder: Path, *, organisations: int, records: int, asked: int) -> dict[str, Any]:
    """Milliseconds for one of `asked` random organisations: by the clock, and of the processor."""
    if not (folder / "subjects.parquet").is_file():
        write_extract(folder, organisations, records, _THREADS)
    rulebook = parse_rulebook(rulebook_text(), "bench")
    extract = extract_of(folder)
    dice = random.Random(200)
    subjects = sorted(dice.sample(range(1, organisations + 1), min(asked, organisations)))
    dice.shuffle(subjects)
    begun = time.perf_counter()
    clock, processor, explained = [], [], {}
    with Explaining((Asked(rulebook, DAY),), catalogue(), extract) as explaining:
        opened = time.perf_counter() - begun
        for one in subjects:
            start, used = time.perf_counter(), time.process_time()
            explained[one] = explaining.of(one)
            clock.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
    with assess_all(rulebook, catalogue(), extract, DAY, threads=_THREADS) as run:
        names = ", ".join(map(str, subjects))
        for place, kept in enumerate(("assessments", "lines")):
            source = f"'{run.written[place]}'" if run.written else kept
            run.db.execute(f"CREATE TEMP TABLE few_{kept} AS FROM {source} WHERE subject_id IN ({names})")
            run.db.execute(f"CREATE OR REPLACE TEMP VIEW {kept} AS FROM few_{kept}")
        run.written = None
        expected = {one.subject_id: one for one in assessments_of(run)}
    apart = sum(explained[one] != expected[one] for one in subjects)
    if apart:
        raise SystemExit(f"{apart} of {len(subjects)} were explained otherwise than the run assessed them")
    return {
        "organisations": organisations,
        "records": records,
        "asked": len(subjects),
        "opened_milliseconds": round(opened * 1e3, 1),
        "median_milliseconds": round(statistics.median(clock) * 1e3, 1),
        "median_processor_milliseconds": round(statistics.median(processor) * 1e3, 1),
        "nine_in_ten_milliseconds": round(statistics.quantiles(clock, n=10)[-1] * 1e3, 1),
    }
