"""What the contracts make of the real files beside the project: every row has one outcome.

No server is needed: the check of a file runs in DuckDB, and nothing is loaded.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.intake import check_file
from goodstanding.intake.batch import Counts


class Taken:
    """A real file after its check."""

    def __init__(self, source: str, path: Path, work: Path) -> None:
        pack = load_pack(source.partition("/")[0])
        self.con = duckdb.connect()
        self.batch = check_file(
            path,
            pack.contract(source),
            {one.path: one for one in pack.items},
            work=work,
            con=self.con,
            today=date(2026, 1, 1),
            currency=pack.currency,
            schemes=pack.own_schemes,
        )

    @property
    def counts(self) -> Counts:
        """Rows by outcome."""
        return self.batch.counts

    def problems(self, outcome: str) -> dict[str, int]:
        """Rows by rule."""
        found = self.con.execute(
            f"SELECT rule, count(DISTINCT row) FROM {self.batch.problems} WHERE outcome = ? GROUP BY rule",
            [outcome],
        ).fetchall()
        return dict(found)

    def good(self, what: str) -> tuple[Any, ...]:
        """One row of what is asked of the good rows."""
        row = self.con.execute(f"SELECT {what} FROM {self.batch.table}").fetchone()
        assert row is not None
        return row


def test_new_york(shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "us-nyc" / "nyc_graded_inspections_2010_2015.csv"
    taken = Taken("us-nyc/graded-inspections", file, tmp_path / "work")

    counts = taken.counts
    assert counts.rows_read == 94_195
    assert counts.agree()
    assert taken.problems("reported") == {"number-range": 13}  # the scores of -1
    # 738 rows name a restaurant and no inspection; three of them bear a title and a name, and are refused.
    assert taken.good("count(*) FILTER (subject_only)") == (735,)
    assert taken.good("count(*) FILTER (NOT subject_only AND number_1 IS NULL)") == (13,)


def test_the_united_kingdom(shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "uk-fhrs" / "fhrs_london_2021-08.csv.gz"
    taken = Taken("uk-food/establishments", file, tmp_path / "work")

    counts = taken.counts
    assert counts.rows_read == 71_659
    assert counts.agree()
    refused = taken.problems("refused")
    assert refused["no-address"] == 9_858
    assert refused["courtesy-title"] > 150
    assert taken.problems("reported") == {"required": 1}  # a row without a name
    assert taken.good("min(decided_on)")[0] >= date(2002, 1, 1)  # no placeholder day
    assert taken.good(
        "count(*) FILTER (number_1 IS NOT NULL AND number_1 NOT IN (0, 5, 10, 15, 20, 25))"
    ) == (0,)


@pytest.mark.parametrize(
    ("source", "name", "suppressed"),
    [
        ("br/ceis", "ceis_2018-03.csv", 100),
        ("br/cnep", "cnep_2023-09.csv", 2),
        ("br/cepim", "cepim_2023-09.csv", 0),
    ],
)
def test_brazil(source: str, name: str, suppressed: int, shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "br" / name
    taken = Taken(source, file, tmp_path / "work")

    counts = taken.counts
    with file.open(encoding="utf-8") as lines:
        written = [line for line in lines if "NOME SUPRIMIDO" in line]
    assert len(written) == suppressed
    assert counts.agree()
    assert taken.problems("refused").get("suppressed-name", 0) == suppressed
    assert taken.good("count(*) FILTER (name LIKE '%SUPRIMIDO%')") == (0,)


def test_numbers_of_brazil_that_fail_their_check_are_reported(shared: Path, tmp_path: Path) -> None:
    taken = Taken("br/ceis", shared / "data" / "br" / "ceis_2018-03.csv", tmp_path / "work")

    # The third of them stands in a row that carries a person's name: refused, and so not shown.
    assert taken.problems("reported") == {"identifier-check": 2}


def test_the_last_day_of_a_sanction_is_in_force(shared: Path, tmp_path: Path) -> None:
    taken = Taken("br/ceis", shared / "data" / "br" / "ceis_2018-03.csv", tmp_path / "work")

    # 28/02/2018 is the most frequent last day: the entry counts until the day after.
    assert taken.good("count(*) FILTER (effective_to = DATE '2018-03-01')")[0] >= 20
