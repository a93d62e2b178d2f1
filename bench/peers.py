"""Other rule engines, each in an environment of its own, under the same rules and on the same extract.

    python -m bench peers --organisations 2000000 --records 20000000

Each is written for as its users would (`bench/peer_*.py`), run by its own Python, and believed only where its
totals lie in what we say: exactly, or in our interval where an amount is not stated. OpenFisca assesses
everyone at once and writes no lines; zen-engine, which takes one case at a time, assesses a sample.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bench import evaluation, on_spark
from bench.evaluation_data import DAY, rulebook_text, write_extract
from bench.evaluation_peer import rule_rows
from goodstanding.rules import parse_rulebook

ROOT = Path(__file__).resolve().parents[1]
_NAMES = ("rule", "item", "first", "past", "amount", "days", "levels", "kinds", "points", "unit", "cap")
_EPOCH = date(1970, 1, 1)
_ROUNDS = 3
_THREADS = 2


@dataclass(frozen=True)
class Peer:
    """A rule engine: `bar` is how many times as long it must take for each organisation.

    `ways` are how it is used: as its documentation has it first, tuned beyond that after it.
    """

    name: str
    bar: int
    ways: tuple[str, ...] = ("documented",)

    @property
    def python(self) -> Path:
        """Its own Python, below the environment of this checkout, so that `make clean` takes it along."""
        return ROOT / ".venv" / "peers" / self.name / "bin" / "python"

    def prepare(self) -> str:
        """Make its environment; returns why that could not be, or nothing."""
        stamp = self.python.parents[1] / "made"
        wanted = (ROOT / "requirements" / f"bench-{self.name}.txt").read_text(encoding="utf-8")
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return ""
        venv.create(self.python.parents[1], with_pip=True, clear=True)
        done = subprocess.run(
            [
                *(self.python, "-m", "pip", "--disable-pip-version-check", "-q", "install"),
                *("--only-binary", ":all:", "--require-hashes"),
                *("-r", ROOT / "requirements" / f"bench-{self.name}.txt"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = [one for one in done.stderr.splitlines() if one.startswith("ERROR")] or ["pip failed"]
            return f"not measured: its environment could not be made (is the network there?): {said[-1]}"
        stamp.write_text(wanted, encoding="utf-8")
        return ""

    def called(self, way: str) -> str:
        """What its figures are called in the table."""
        return self.name if way == self.ways[0] else f"{self.name}_{way}"

    def run(self, rules: Path, folder: Path, way: str) -> dict[str, float]:
        """One run: seconds, cpu seconds, organisations. Totals go to a file that is compared with ours."""
        out = folder / f"peer-{self.name}.parquet"
        script = ROOT / "bench" / f"peer_{self.name}.py"
        done = subprocess.run(
            [self.python, script, rules, folder, out, *([way] if len(self.ways) > 1 else [])],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{self.name} failed: {done.stderr[-2000:]}")
        compare(self.name, out, folder)
        found: dict[str, float] = json.loads(done.stdout)
        return found


PEERS = (Peer("openfisca", 8, ("documented", "tuned")), Peer("zen", 300))


def write_rules(folder: Path, sample: int, organisations: int) -> Path:
    """The rules as rows of numbers, and whom a peer of single cases is asked about."""
    rows = [
        {
            name: (one - _EPOCH).days if isinstance(one, date) else one
            for name, one in zip(_NAMES, row, strict=True)
        }
        for row in rule_rows(parse_rulebook(rulebook_text(), "bench"), DAY)
    ]
    dice = random.Random(2024)
    path = folder / "rules.json"
    path.write_text(
        json.dumps(
            {
                "rules": rows,
                "first": min(int(str(row["first"])) for row in rows),
                "on": (DAY - _EPOCH).days,
                "sample": sorted(dice.sample(range(1, organisations + 1), min(sample, organisations))),
            }
        ),
        encoding="utf-8",
    )
    return path


def compare(name: str, out: Path, folder: Path) -> None:
    """Every total of the peer lies in ours; where ours is exact, it is the same."""
    with duckdb.connect() as db:
        many, apart = db.execute(
            "SELECT count(*), count(*) FILTER (WHERE a.subject_id IS NULL OR total < a.points_low "
            f"OR total > a.points_high) FROM '{out}' LEFT JOIN '{folder}/result/assessments.parquet' AS a "
            "USING (subject_id)"
        ).fetchall()[0]
    if apart or not many:
        raise SystemExit(f"{apart} of {many} totals of {name} are not ours")


def measure(folder: Path, *, organisations: int, records: int, sample: int, master: str) -> dict[str, Any]:
    """Seconds for each organisation of every peer, against the engine with every line written."""
    if not (folder / "subjects.parquet").is_file():
        write_extract(folder, organisations, records, _THREADS)
    rules = write_rules(folder, sample, organisations)
    absent = {peer.name: peer.prepare() for peer in PEERS}
    here = [peer for peer in PEERS if not absent[peer.name]]
    ours: list[tuple[float, float]] = []
    theirs: dict[str, list[tuple[float, float]]] = {
        peer.called(way): [] for peer in here for way in peer.ways
    }
    for _ in range(_ROUNDS):
        clock, processor = evaluation.timed_both(lambda: evaluation.engine_once(folder))
        ours.append((clock / organisations, processor / organisations))
        for peer in here:
            for way in peer.ways:
                found = peer.run(rules, folder, way)
                many = found["organisations"]
                theirs[peer.called(way)].append((found["seconds"] / many, found["cpu"] / many))
    result: dict[str, Any] = {
        "organisations": organisations,
        "records": records,
        "sample_of_single_cases": sample,
        "engine_microseconds": round(statistics.median(one[0] for one in ours) * 1e6, 3),
    }
    for peer in PEERS:
        if absent[peer.name]:
            print(f"{peer.name}: {absent[peer.name]}", file=sys.stderr)
            result[f"{peer.name}_microseconds"] = absent[peer.name]
            continue
        for name in map(peer.called, peer.ways):
            times = theirs[name]
            result[f"{name}_microseconds"] = round(statistics.median(one[0] for one in times) * 1e6, 3)
            pairs = list(zip(times, ours, strict=True))
            clock, processor = (statistics.median(a[by] / b[by] for a, b in pairs) for by in (0, 1))
            result[f"times_as_fast_as_{name}"] = round(clock, 1)
            result[f"times_as_fast_as_{name}_by_processor"] = round(processor, 1)
    return result | on_spark.measure(folder, master)
