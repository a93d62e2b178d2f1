"""What New York and the United Kingdom published comes out again from the numbers alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app


def told(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(app, ["rulebook", "reproduce", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_new_yorks_letters_follow_the_score_in_99_of_100_rows(shared: Path) -> None:
    file = shared / "data/us-nyc/nyc_graded_inspections_2010_2015.csv"
    found = told("us-nyc/restaurant-grade", str(file), "--source", "us-nyc/graded-inspections")
    assert (found["rows"], found["compared"]) == (94_195, 90_399)
    assert found["agreeing"] == 89_556  # 99.06 %
    differences = found["differences"]
    assert isinstance(differences, list)
    kinds = {(one["published"], one["computed"]): one["rows"] for one in differences}
    assert kinds[("C", "A")] == 749  # not explained by the columns of the file
    assert kinds[("B", None)] == 9  # a score of -1 is none


def test_every_rating_of_the_uk_follows_from_its_three_parts(shared: Path) -> None:
    file = shared / "data/uk-fhrs/fhrs_london_2021-08.csv.gz"
    found = told("uk-food/hygiene-rating", str(file), "--source", "uk-food/establishments")
    assert (found["compared"], found["agreeing"], found["differences"]) == (58_853, 58_853, [])


@pytest.mark.parametrize("score", ["13", "14", "27", "28"])
def test_a_letter_changes_at_the_published_threshold(tmp_path: Path, score: str) -> None:
    grade = {"13": "A", "14": "B", "27": "B", "28": "C"}[score]
    file = tmp_path / "nyc.csv"
    file.write_text(f"score,grade\n{score},{grade}\n")
    found = told("us-nyc/restaurant-grade", str(file), "--source", "us-nyc/graded-inspections")
    assert found["agreeing"] == 1
