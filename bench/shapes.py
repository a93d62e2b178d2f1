"""What a quota by rank, group scope, absence and a dependency add to the fictional rulebook of 95 rules.

    python -m bench shapes --organisations 2000000 --records 20000000

Each shape is the same rulebook with one thing more, on the same extract, with every line written; all shapes
take turns in one process. One organisation in ten is a branch of another. A dependency is on a small rulebook
(eight of the rules), whose own run is counted; it is no shape of one that is as large again.
"""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench.evaluation import extract_of, timed_both
from bench.evaluation_data import DAY, catalogue, rulebook_text, write_extract
from goodstanding.rules import Extract, parse_rulebook
from goodstanding.rules.engines.duckdb import in_order
from goodstanding.rules.shelf import Asked

_ROUNDS = 3
_THREADS = 2
_LAW = "basis: [{instrument: invented for the bench}]"
_SAID = "title: {en: Invented, zh: 虚构}"

_QUOTA = f"""\
quotas:
  - {{id: few, {_SAID}, {_LAW}, grade: A, best: 20 %, of: everyone, by: points, otherwise: B, ties: in}}
"""
_GROUP = f"""\
facts:
  - id: in-group
    {_SAID}
    count: {{item: matter.01, seriousness: [serious]}}
    group: {{ties: [branch_of]}}
    window: {{months: 12}}
overrides:
  - {{id: group, {_SAID}, {_LAW}, when: {{fact: in-group, at_least: 3}}, grade: D}}
"""
_ABSENCE = f"""\
  - id: nothing
    {_SAID}
    {_LAW}
    when: {{not: {{exists: {{item: matter.02}}, window: {{months: 12}}}}}}
    once: 5
"""
_RESTING = f"""\
facts:
  - id: other
    {_SAID}
    result: {{of: bench/small, what: grade, on: same_day}}
overrides:
  - {{id: other-d, {_SAID}, {_LAW}, when: {{fact: other, one_of: D}}, grade: D}}
"""


def texts() -> dict[str, tuple[str, ...]]:
    """The rulebooks of each shape, in the order in which they run."""
    plain = rulebook_text()
    few = plain.split("  - id: r09")[0].replace("bench/fictional-95", "bench/small")
    return {
        "plain": (plain,),
        "quota": (plain + _QUOTA,),
        "group": (plain + _GROUP,),
        "absence": (plain + _ABSENCE,),
        "dependency": (few, plain + _RESTING),
    }


def write_ties(folder: Path, organisations: int) -> Path:
    """One organisation in ten is a branch of another of a smaller number."""
    path = folder / "ties.parquet"
    with duckdb.connect() as db:
        db.execute(
            "COPY (SELECT s AS subject_id, (hash(s, 20) % (s - 1))::BIGINT + 1 AS other_id, 'branch_of' AS kind, "
            f"NULL::DATE AS from_on, NULL::DATE AS to_on FROM range(2, {organisations} + 1) AS t(s) "
            f"WHERE hash(s, 21) % 10 = 0) TO '{path}' (FORMAT parquet)"
        )
    return path


def measure(folder: Path, *, organisations: int, records: int) -> dict[str, Any]:
    """Seconds of each shape, and how many times the plain rulebook that is."""
    if not (folder / "subjects.parquet").is_file():
        write_extract(folder, organisations, records, _THREADS)
    parts = extract_of(folder)
    extract = Extract(
        parts.records,
        parts.endings,
        parts.subjects,
        ties=(write_ties(folder, organisations),),
        items=parts.items,
    )
    orders = {
        shape: tuple(Asked(parse_rulebook(text, shape), DAY) for text in books)
        for shape, books in texts().items()
    }
    times: dict[str, list[tuple[float, float]]] = {shape: [] for shape in orders}

    def run(order: tuple[Asked, ...]) -> None:
        with in_order(order, catalogue(), lambda _: extract, write_to=folder / "result", threads=_THREADS):
            pass

    for _ in range(_ROUNDS):
        for shape, order in orders.items():
            times[shape].append(timed_both(partial(run, order)))
    result: dict[str, Any] = {"organisations": organisations, "records": records}
    for shape, found in times.items():
        result[f"{shape}_seconds"] = [round(clock, 2) for clock, _ in found]
    for shape in list(orders)[1:]:
        pairs = list(zip(times[shape], times["plain"], strict=True))
        clock, processor = (statistics.median(a[by] / b[by] for a, b in pairs) for by in (0, 1))
        result[f"{shape}_times_the_plain"] = round(clock, 2)
        result[f"{shape}_times_the_plain_by_processor"] = round(processor, 2)
    return result
