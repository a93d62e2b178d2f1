"""The ledger is written as Parquet files: the same grades come out of them, and nothing that is not public is there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from goodstanding.cli.evaluating_files import on_files
from goodstanding.cli.handed import Files
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.generator import generate_province
from goodstanding.ledger.exporting import Exported, export
from goodstanding.ledger.models import Content
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.ledger.writing import current_position
from goodstanding.rules.engines.chosen import DUCKDB
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import TODAY, Installation

GRADE = "us-nyc/restaurant-grade"
NYC = "us-nyc/graded-inspections"
DAY = date(2015, 6, 1)
ROWS = (
    "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
    "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,C,31\n"
)
SHARED = Reader(Access.SHARED)


def exported(
    installation: Installation, folder: Path, reader: Reader | None = None, position: int = 0
) -> Exported:
    with duckdb.connect() as con:
        return export(
            installation.home,
            folder,
            reader or Reader.public(),
            installation.catalogue,
            Publicity(installation.catalogue, TODAY),
            con=con,
            position=position or current_position(),
        )


def kept_run(installation: Installation, rulebook: str, on: date) -> dict[str, int]:
    return run_rulebook(
        rulebook,
        on=on,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    ).grades


def grades_of(installation: Installation, folder: Path, rulebook: str, on: date) -> dict[str, int]:
    found = on_files(rulebook, Files.in_folder(folder), folder / "result", on, installation.catalogue, DUCKDB)
    return dict(found["grades"])


def test_the_files_give_the_grades_of_the_ledger(installation: Installation, tmp_path: Path) -> None:
    """Of one country's organisations too, where the ledger holds those of two."""
    made = generate_province(tmp_path / "p", organisations=30, records=300, seed=5, today=TODAY)
    for sent in made.files:
        installation.take_in(made.folder / sent.name, sent.contract)
    installation.deliver("nyc.csv", ROWS, NYC)
    folder = tmp_path / "exported"
    done = exported(installation, folder, SHARED)
    assert done.rows["records"] == Content.objects.filter(access__lte=Access.SHARED).count()
    assert grades_of(installation, folder, GRADE, DAY) == {"A": 1, "C": 1}
    assert grades_of(installation, folder, GRADE, DAY) == kept_run(installation, GRADE, DAY)
    said = json.loads((folder / "extract.json").read_text(encoding="utf-8"))
    assert (said["position"], said["access"]) == (done.position, "shared")
    assert not set(pq.read_schema(folder / "subjects.parquet").names) & {"name", "identifier", "public_id"}

    exported(installation, tmp_path / "public")
    public = tmp_path / "public"
    subjects = set(pq.read_table(public / "subjects.parquet")["subject_id"].to_pylist())
    records = pq.read_table(public / "records.parquet")
    assert subjects == set(subjects_visible_to(Reader.public()).values_list("pk", flat=True))
    assert set(records["access"].to_pylist()) == {0}
    assert set(records["subject_id"].to_pylist()) <= subjects
    shared = Content.objects.filter(access=Access.SHARED).values_list("record_id", flat=True)
    assert shared and not set(shared) & set(records["record_id"].to_pylist())


def test_an_earlier_position_holds_what_was_known_then(installation: Installation, tmp_path: Path) -> None:
    header, first, second = ROWS.splitlines(keepends=True)
    installation.deliver("one.csv", header + first, NYC)
    before = current_position()
    installation.deliver("two.csv", header + second, NYC)
    assert exported(installation, tmp_path / "then", position=before).rows["records"] == 1
    assert exported(installation, tmp_path / "now").rows["records"] == 2


def test_an_empty_ledger_has_nothing_to_export(installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        exported(installation, tmp_path / "none", position=1)
    assert refused.value.code == "GS-LEDGER-090"
    assert not (tmp_path / "none").exists()
