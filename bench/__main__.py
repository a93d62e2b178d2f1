"""Speed, as ratios measured in one run: `python -m bench [intake|evaluation] [sizes]`.

No absolute time is a bar: machines differ, and this one is shared. What a bar compares stands beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench import evaluation, intake


def main() -> None:
    """Run the named benches, or both, and print one table and one JSON document."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("which", nargs="*", choices=["intake", "evaluation", []], default=[])
    parser.add_argument("--intake-records", type=int, default=5_000_000)
    parser.add_argument("--organisations", type=int, default=2_000_000)
    parser.add_argument("--records", type=int, default=20_000_000)
    parser.add_argument("--many-records", type=int, default=100_000_000)
    parser.add_argument(
        "--folder", type=Path, help="where the generated files go; a temporary one by default"
    )
    given = parser.parse_args()
    wanted = given.which or ["evaluation", "intake"]
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
        if "intake" in wanted:
            result["intake"] = intake.measure(folder / "intake", given.intake_records)
    for bench, figures in result.items():
        print(bench)
        for name, value in figures.items():
            print(f"  {name:<40} {value}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
