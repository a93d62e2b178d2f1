"""Speed, as ratios measured in one run: `python -m bench [evaluation|peers|shapes|explaining|intake|…] [sizes]`.

No absolute time is a bar: machines differ, and this one is shared. What a bar compares stands beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench import cases, evaluation, explaining, intake, log, peers, shapes

_ALL = ["evaluation", "peers", "shapes", "explaining", "intake", "cases", "log"]


def main() -> None:
    """Run the named benches, or all, and print one table and one JSON document."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("which", nargs="*", choices=[*_ALL, []], default=[])
    parser.add_argument("--intake-records", type=int, default=5_000_000)
    parser.add_argument("--cases", type=int, default=500_000)
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the public log")
    parser.add_argument("--organisations", type=int, default=2_000_000)
    parser.add_argument("--records", type=int, default=20_000_000)
    parser.add_argument("--many-records", type=int, default=100_000_000)
    parser.add_argument(
        "--sample", type=int, default=2000, help="organisations that zen-engine is asked about"
    )
    parser.add_argument("--master", default="local[2]", help="of Spark, where pyspark is installed")
    parser.add_argument("--explained", type=int, default=200, help="organisations that are explained")
    parser.add_argument(
        "--folder", type=Path, help="where the generated files go; a temporary one by default"
    )
    given = parser.parse_args()
    wanted = given.which or _ALL
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="goodstanding-bench-", dir=given.folder) as place:
        folder = Path(place)
        folder.chmod(0o711)  # the embedded server's account passes through
        if "evaluation" in wanted:
            result["evaluation"] = evaluation.measure(
                folder / "evaluation",
                organisations=given.organisations,
                records=given.records,
                many_records=given.many_records,
            )
        shared = folder / "evaluation" / "small"  # the same extract for all that are compared
        sizes = {"organisations": given.organisations, "records": given.records}
        if "peers" in wanted:
            result["peers"] = peers.measure(shared, **sizes, sample=given.sample, master=given.master)
        if "shapes" in wanted:
            result["shapes"] = shapes.measure(shared, **sizes)
        if "explaining" in wanted:
            result["explaining"] = explaining.measure(shared, **sizes, asked=given.explained)
        if "intake" in wanted:
            result["intake"] = intake.measure(folder / "intake", given.intake_records)
        if "cases" in wanted:
            result["cases"] = cases.measure(folder / "cases", given.cases)
        if "log" in wanted:
            result["log"] = log.measure(folder / "log", given.entries)
    for bench, figures in result.items():
        print(bench)
        for name, value in figures.items():
            print(f"  {name:<40} {value}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
