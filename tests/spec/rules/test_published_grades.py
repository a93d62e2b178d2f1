"""Grades that authorities published follow from the numbers alone, by the shipped rulebooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from goodstanding.catalogue.model import Item
from goodstanding.rules import Rulebook
from goodstanding.rules.reproduce import reproduce


def texts(file: Path, *names: str) -> pa.Table:
    """Columns of a CSV file as text."""
    options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), include_columns=list(names))
    return csv.read_csv(file, convert_options=options)


def test_every_published_hygiene_rating_follows_from_its_three_parts(
    shared: Path, catalogue: dict[str, Item], rulebooks: dict[str, Rulebook]
) -> None:
    parts = {"hygiene": "Hygiene", "structural": "Structural", "confidence": "ConfidenceInManagement"}
    file = shared / "data" / "uk-fhrs" / "fhrs_london_2021-08.csv.gz"
    rows = texts(file, *parts.values(), "RatingValue")
    for name in parts.values():
        rows = rows.filter(pc.not_equal(rows[name], ""))
    found = reproduce(
        rulebooks["hygiene-rating-2010"], catalogue, rows, parts, "RatingValue", date(2021, 8, 15)
    )
    assert (found.rows, found.agreeing, found.differences) == (58_853, 58_853, {})


def test_the_sum_alone_does_not_give_the_hygiene_rating(
    shared: Path, catalogue: dict[str, Item], rulebooks: dict[str, Rulebook]
) -> None:
    """The largest part is looked at as well: without it, ratings would differ."""
    rows = texts(
        shared / "data" / "uk-fhrs" / "fhrs_london_2021-08.csv.gz",
        *("Hygiene", "Structural", "ConfidenceInManagement", "RatingValue"),
    )
    rows = rows.filter(pc.not_equal(rows["Hygiene"], ""))
    nothing = pa.array(["0.0"] * rows.num_rows)
    total = pc.add(rows["Hygiene"].cast(pa.float64()), rows["Structural"].cast(pa.float64()))
    total = pc.add(total, rows["ConfidenceInManagement"].cast(pa.float64())).cast(pa.int64())
    spread = pa.table({"one": pc.divide(total, 3), "none": nothing, "published": rows["RatingValue"]})
    rest = pc.subtract(total, pc.multiply(pc.divide(total, 3), 2))
    spread = spread.append_column("rest", rest)
    found = reproduce(
        rulebooks["hygiene-rating-2010"],
        catalogue,
        spread,
        {"hygiene": "one", "structural": "one", "confidence": "rest"},
        "published",
        date(2021, 8, 15),
    )
    assert found.agreeing < found.rows


def test_new_yorks_letters_follow_from_the_scores_in_at_least_99_per_cent(
    shared: Path, catalogue: dict[str, Item], rulebooks: dict[str, Rulebook]
) -> None:
    rows = texts(shared / "data" / "us-nyc" / "nyc_graded_inspections_2010_2015.csv", "score", "grade")
    rows = rows.filter(pc.is_in(rows["grade"], pa.array(["A", "B", "C"])))
    found = reproduce(
        rulebooks["restaurant-grade-2010"], catalogue, rows, {"score": "score"}, "grade", date(2016, 1, 1)
    )
    assert found.rows == 90_399
    assert found.agreeing * 1000 >= found.rows * 990
    assert sum(found.differences.values()) == found.rows - found.agreeing
    # What differs, by kind: a C whose score would give a better letter is by far the most frequent.
    assert found.differences["C", "A"] == 749
    assert set(found.differences) == {
        ("C", "A"),
        ("C", "B"),
        ("B", "A"),
        ("A", "B"),
        ("B", "C"),
        ("B", None),  # a score of -1, or none
        ("C", None),
    }
