"""The same rulebook and extract on Spark, where pyspark is installed: reported, held to no bar.

Lines and grades are written as by the other engine, and counted; starting the session is not timed.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
from pathlib import Path
from typing import Any

from bench.evaluation import extract_of, timed
from bench.evaluation_data import DAY, catalogue, rulebook_text
from goodstanding.rules import parse_rulebook

_ROUNDS = 3
_ENGINE = "goodstanding.rules.engines.spark"


def _here() -> str:
    """Why Spark is not measured, or nothing."""
    for name, lacking in (
        ("pyspark", "pyspark is not installed"),
        (_ENGINE, "this version has no such engine"),
    ):
        if importlib.util.find_spec(name) is None:
            return f"not measured: {lacking}"
    return ""


def measure(folder: Path, master: str) -> dict[str, Any]:
    """Seconds of each run over everyone, and how many lines there are."""
    if lacking := _here():
        return {"spark_seconds": lacking}
    engine = importlib.import_module(_ENGINE)
    rulebook = parse_rulebook(rulebook_text(), "bench")
    extract = extract_of(folder)
    counted: dict[str, int] = {}
    with engine.opened(master) as session:

        def run() -> None:
            to = folder / "spark"
            with engine.assess_all(
                rulebook, catalogue(), extract, DAY, session=session, write_to=to
            ) as found:
                counted.update(found.counts)

        times = [timed(run) for _ in range(_ROUNDS)]
    return {
        "spark_master": master,
        "spark_seconds": [round(one, 2) for one in times],
        "spark_median_seconds": round(statistics.median(times), 2),
        "spark_lines": counted["lines"],
    }
