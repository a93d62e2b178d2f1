"""The fictional rulebook as a decision graph of zen-engine; run by the Python of its own environment.

    python bench/peer_zen.py RULES.json FOLDER OUT.parquet

A decision table with a row for each rule is asked for every record of an organisation and collects what it
meets; expressions sum it up by rule, no lower than the cap. What an organisation costs is timed without
reading: `rules["sample"]` names the organisations.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import zen


def graph_of(rules: list[dict[str, Any]]) -> str:
    """Request, table, sums, response."""
    inputs = ("item", "day", "amount", "days", "level", "kind")
    rows = []
    for rule in rules:
        points = str(rule["points"])
        if rule["unit"] is not None:
            points = f"{rule['points']} * floor(amount / {rule['unit']})"
        levels = [str(one) for one in range(1, 4) if rule["levels"] >> one & 1]
        kinds = [str(one) for one in range(1, 9) if rule["kinds"] >> one & 1]
        rows.append(
            {
                "_id": f"row-{rule['rule']}",
                "item": str(rule["item"]),
                "day": f"[{rule['first']}..{rule['past']})",
                "amount": f">= {rule['amount']}" if rule["amount"] >= 0 else "",
                "days": f">= {rule['days']}" if rule["days"] >= 0 else "",
                "level": "" if len(levels) == 3 else ", ".join(levels),
                "kind": "" if len(kinds) == 8 else ", ".join(kinds),
                "rule": str(rule["rule"]),
                "points": points,
            }
        )
    table = {
        "hitPolicy": "collect",
        "executionMode": "loop",
        "inputField": "records",
        "outputPath": "met",
        "inputs": [{"id": one, "name": one, "field": one} for one in inputs],
        "outputs": [{"id": one, "name": one, "field": one} for one in ("rule", "points")],
        "rules": rows,
    }
    expressions = [{"id": "all", "key": "all", "value": "flatMap(met, #)"}]
    for rule in rules:
        summed = f"sum(map(filter($.all, #.rule == {rule['rule']}), #.points))"
        value = summed if rule["cap"] is None else f"max([{summed}, {rule['cap']}])"
        name = f"rule{rule['rule']}"
        expressions.append({"id": name, "key": name, "value": value})
    total = " + ".join(["10000", *(f"$.rule{rule['rule']}" for rule in rules)])
    expressions.append({"id": "total", "key": "total", "value": total})
    nodes = [
        {"id": "in", "type": "inputNode", "name": "request", "position": {"x": 0, "y": 0}},
        {
            "id": "table",
            "type": "decisionTableNode",
            "name": "rules",
            "content": table,
            "position": {"x": 1, "y": 0},
        },
        {
            "id": "sums",
            "type": "expressionNode",
            "name": "sums",
            "content": {"expressions": expressions},
            "position": {"x": 2, "y": 0},
        },
        {"id": "out", "type": "outputNode", "name": "response", "position": {"x": 3, "y": 0}},
    ]
    path = ("in", "table", "sums", "out")
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in pairwise(path)
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def requests_of(folder: Path, sample: list[int], first: int, on: int) -> dict[int, list[dict[str, int]]]:
    """The records of the sampled organisations that can count, as an application would hand them over."""
    parts = sorted(str(one) for one in folder.glob("records-*.parquet"))
    rows = ds.dataset(parts).to_table(filter=ds.field("subject_id").isin(sample)).to_pylist()
    endings = ds.dataset(str(folder / "endings.parquet")).to_table(
        filter=ds.field("record_id").isin([row["record_id"] for row in rows])
    )
    epoch = pa.scalar(0, pa.int32()).cast(pa.date32()).as_py()
    ended = {row["record_id"] for row in endings.to_pylist() if (row["counts_until"] - epoch).days <= on}
    found: dict[int, list[dict[str, int]]] = {one: [] for one in sample}
    for row in rows:
        day = (row["decided_on"] - epoch).days
        if first <= day <= on and row["record_id"] not in ended:
            found[row["subject_id"]].append(
                {
                    "item": row["item"],
                    "day": day,
                    "amount": row["amount"] if row["currency"] == "CNY" else 0,
                    "days": row["number_1"],
                    "level": row["seriousness"],
                    "kind": int(row["code_1"][1:]),
                }
            )
    return found


def main(rules_path: str, folder: str, out: str) -> None:
    """Evaluate the sample one by one, write the totals, print the seconds that it took."""
    given = json.loads(Path(rules_path).read_text(encoding="utf-8"))
    asked = requests_of(Path(folder), given["sample"], given["first"], given["on"])
    decision = zen.ZenEngine().create_decision(graph_of(given["rules"]))
    decision.evaluate({"records": next(iter(asked.values()))})
    start, used = time.perf_counter(), time.process_time()
    totals = [int(decision.evaluate({"records": one})["result"]["total"]) for one in asked.values()]
    seconds = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - used}
    pq.write_table(pa.table({"subject_id": list(asked), "total": totals}), out)
    print(json.dumps({**seconds, "organisations": len(asked)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
