"""Spark for real: a master and two workers on this machine, and the command that uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from goodstanding.core.reader import Access
from goodstanding.rules import model as m
from goodstanding.rules.engines import spark as spark_engine
from goodstanding.rules.engines.duckdb import assess_all, assessments_of
from goodstanding.rules.extract import Extract
from goodstanding.rules.records import Record, Subject
from tests.integration.rules.conftest import driver, need_spark
from tests.integration.rules.standalone import standalone
from tests.unit.rules.bothways import index
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

# py4j leaves its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
ON = date(2025, 3, 1)
MANY = 3000
RULEBOOK = index(
    m.Rule("first", TITLE, (LAW,), m.Select("t/a"), m.Window(m.Span.MONTHS, 6), m.Each(-300), cap=-700),
    m.Rule("second", TITLE, (LAW,), m.Select("t/c"), m.Window(m.Span.ALL), m.Per(m.Number("days"), 3, -25)),
    start=(m.Start(10_000),),
    grading=m.Bands(
        (m.Band("A", m.Range(9500)), m.Band("B", m.Range(9000, 9500)), m.Band("C", m.Range(None, 9000)))
    ),
)


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    """Three thousand organisations with some records each, some of them closed."""
    subjects = [Subject(number, "enterprise", date(2020, 1, 1)) for number in range(MANY)]
    records = [
        (
            number % MANY,
            Record(
                number,
                "t/c" if number % 3 else "t/a",
                decided_on=date(2024, 1 + number % 12, 28),
                numbers=(number % 11, None, None, None),
                access=int(number % 97 == 0),
            ),
        )
        for number in range(3 * MANY + 100)
    ]
    return write(tmp_path_factory.mktemp("extract"), subjects, records)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A master with two workers."""
    need_spark()
    with standalone(tmp_path_factory.mktemp("spark"), workers=2) as address:
        yield address


def test_two_workers_give_what_one_machine_gives(master: str, extract: Extract, tmp_path: Path) -> None:
    with assess_all(RULEBOOK, CATALOGUE, extract, ON, readable=Access.PUBLIC) as run:
        expected, counts = assessments_of(run), run.counts
    local = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    settings = {**local, "spark.executor.memory": "512m", "spark.cores.max": "2"}
    with driver(master, **settings) as session:
        with spark_engine.assess_all(
            RULEBOOK, CATALOGUE, extract, ON, session=session, write_to=tmp_path, readable=Access.PUBLIC
        ) as found:
            assert assessments_of(found) == expected
            assert found.counts == counts
            assert [one.count() for one in found.frames()] == [counts["subjects"], counts["lines"]]
        used = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()
    assert used == 3  # the driver and two workers
    assert sorted(one.name for one in tmp_path.iterdir()) == ["assessments", "lines"]


def test_the_command_runs_on_the_cluster(master: str, extract: Extract, tmp_path: Path) -> None:
    """From a shell, with Spark's own file of settings."""
    table, people = pq.read_table(extract.records[0]), pq.read_table(extract.subjects[0])
    item = pa.array(["us-nyc/food.graded_inspection"] * table.num_rows)
    table = table.set_column(2, "item", item).set_column(3, "occurred_on", table.column("decided_on"))
    place = table.column_names.index("number_1")
    table = table.set_column(place, "number_1", pc.multiply(table.column(place), 4))  # scores of every grade
    pq.write_table(table, tmp_path / "records.parquet")
    kind = pa.array(["establishment"] * people.num_rows)
    pq.write_table(people.set_column(1, "kind", kind), tmp_path / "subjects.parquet")
    (tmp_path / "spark-defaults.conf").write_text(
        "spark.executor.memory 512m\nspark.sql.shuffle.partitions 2\n"
    )
    environment = {**os.environ, "SPARK_CONF_DIR": str(tmp_path), "SPARK_LOCAL_IP": "127.0.0.1"}
    words = ["us-nyc/restaurant-grade", "--on", "2025-06-01", "--records", "records.parquet"]
    words += ["--subjects", "subjects.parquet", "--json"]
    said = []
    for engine in (["--engine", "duckdb"], ["--engine", "spark", "--master", master]):
        command = [sys.executable, "-m", "goodstanding", "evaluate", *words, "--out", engine[1], *engine]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        said.append(json.loads(done.stdout) | {"out": ""})
    assert said[0] == said[1]
    assert said[0]["subjects"] == MANY
    assert len(said[0]["grades"]) > 1
