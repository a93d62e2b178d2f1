"""The engine takes most subjects in one pass and the others with windows: both are read as one at a time is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench import explaining
from bench.evaluation import extract_of
from bench.evaluation_data import DAY, catalogue, rulebook_text, write_extract
from goodstanding.rules import Extract, parse_rulebook
from goodstanding.rules.engines.duckdb import assess_all


def test_everyone_is_assessed_as_when_explained_alone_whoever_shares_a_bound(tmp_path: Path) -> None:
    # Forty records each under 95 rules: bounds that several records share, and more rules than bits of a number.
    found = explaining.measure(tmp_path, organisations=100, records=4000, asked=100)
    assert found["asked"] == 100


def test_few_matches_give_what_many_give_and_strangers_have_no_lines(tmp_path: Path) -> None:
    write_extract(tmp_path, 100, 2000)
    parts = extract_of(tmp_path)
    rulebook = parse_rulebook(rulebook_text(), "bench")
    with duckdb.connect() as db:
        known = db.sql(f"FROM '{parts.subjects[0]}' WHERE subject_id <= 50").to_arrow_table()
        kinds = pa.array(["enterprise"] * 5000)
        none = pa.table({"subject_id": pa.array(range(1000, 6000)), "kind": kinds})
    pq.write_table(known, tmp_path / "half.parquet")
    more = pa.concat_tables([known.select(["subject_id", "kind"]), none], promote_options="permissive")
    pq.write_table(
        more.append_column("registered_on", pa.nulls(more.num_rows, pa.date32())), tmp_path / "more.parquet"
    )
    seen = []
    for subjects in ("half", "more"):
        extract = Extract(
            parts.records, parts.endings, (tmp_path / f"{subjects}.parquet",), items=parts.items
        )
        with assess_all(rulebook, catalogue(), extract, DAY, threads=1) as run:
            assessments = run.assessments()
            seen.append((run.lines(), assessments.slice(0, 50)))
            assert set(run.lines()["subject_id"].to_pylist()) <= set(range(1, 51))
            assert set(assessments.slice(50)["points_low"].to_pylist()) <= {10000}
    assert seen[0] == seen[1]
