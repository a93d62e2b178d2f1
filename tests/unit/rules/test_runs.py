"""A run over an extract: what counts on a day, who may read what, and what is needed to run again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access
from goodstanding.rules import (
    Assessment,
    Catalogue,
    Extract,
    Record,
    Status,
    Subject,
    closed_to,
    digest,
    parse_rulebook,
)
from goodstanding.rules.engines.duckdb import assess_all, assessments_of, explain_one
from goodstanding.rules.manifest import Manifest
from goodstanding.rules.model import Interval
from tests.unit.rules.invented import CATALOGUE
from tests.unit.rules.parts import VOID, write
from tests.unit.rules.test_checks import GOOD

RULEBOOK = parse_rulebook(GOOD)
ON = date(2020, 3, 1)
FIRM = Subject(1, "enterprise")


def violation(number: int, **changes: object) -> Record:
    """A record that costs 11 points."""
    parts: dict[str, Any] = {
        "record_id": number,
        "item": "t/a",
        "decided_on": date(2020, 2, 1),
        "numbers": (3, None, None, None),
        "codes": ("x", None, None, None),
    }
    return Record(**(parts | changes))


def explained(folder: Path, *records: Record, on: date = ON) -> Assessment:
    """The assessment of the one firm."""
    extract = write(folder, [FIRM], [(1, one) for one in records])
    return explain_one(RULEBOOK, CATALOGUE, extract, 1, on)


@pytest.mark.parametrize(
    ("until", "points"),
    [(None, 8900), (date(2020, 3, 2), 8900), (date(2020, 3, 1), 10000), (VOID, 10000)],
)
def test_a_record_counts_on_the_days_before_its_ending(
    tmp_path: Path, until: date | None, points: int
) -> None:
    assert explained(tmp_path, violation(1, counts_until=until)).points == Interval.exactly(points)


def test_a_field_that_is_not_stated_leads_to_an_interval_and_never_to_nothing(tmp_path: Path) -> None:
    found = explained(tmp_path, violation(1, codes=(None, None, None, None)), violation(2))
    assert found.points == Interval(7800, 8900)
    assert found.grade == "B"  # both ends agree
    assert [one.status for one in found.lines] == [Status.MET, Status.UNKNOWN]
    unclear = explained(tmp_path / "other", violation(1, codes=(None, None, None, None)))
    assert unclear.grade is None
    assert unclear.possible == ("A", "B")
    assert unclear.missing == ("first",)


def test_a_line_on_a_closed_record_shows_its_rule_alone(tmp_path: Path) -> None:
    records = [(1, violation(1, access=int(Access.SHARED))), (1, violation(2)), (2, violation(3))]
    extract = write(tmp_path, [FIRM, Subject(2, "enterprise")], records)
    with assess_all(RULEBOOK, CATALOGUE, extract, ON, readable=Access.PUBLIC) as run:
        closed, other = assessments_of(run)
    assert closed.access == Access.SHARED
    assert (closed.grade, closed.points, closed.possible, closed.missing) == (None, None, (), ())
    assert [(one.status, one.record_id, one.points) for one in closed.lines] == [
        (Status.MET, 2, Interval.exactly(-1100)),
        (Status.CLOSED, None, None),
    ]
    assert other.grade == "B"
    everything = explain_one(RULEBOOK, CATALOGUE, extract, 1, ON)
    assert everything.grade == "B"
    assert [one.status for one in closed_to(everything, Access.PUBLIC).lines] == [Status.CLOSED, Status.MET]
    assert closed_to(everything, Access.SHARED) == everything


def test_every_subject_of_a_fitting_kind_is_assessed_and_no_other(tmp_path: Path) -> None:
    people = [FIRM, Subject(2, "enterprise"), Subject(3, "government_body"), Subject(4, "enterprise")]
    records = [(1, violation(1)), (3, violation(2)), (4, violation(3)), (99, violation(4))]
    extract = write(tmp_path, people, records, merges=((4, 1),))
    with assess_all(RULEBOOK, CATALOGUE, extract, ON, write_to=tmp_path / "out") as run:
        assert run.counts == {"subjects": 2, "lines": 2}
        assert run.written is not None
        rows = pq.read_table(run.written[0]).sort_by("subject_id").to_pylist()
        lines = pq.read_table(run.written[1]).sort_by("record_id").to_pylist()
    assert [(row["subject_id"], row["grade"], row["points_low"]) for row in rows] == [
        (1, "B", 7800),
        (2, "A", 10000),
    ]
    assert [(line["subject_id"], line["record_id"]) for line in lines] == [(1, 1), (1, 3)]
    assert explain_one(RULEBOOK, CATALOGUE, extract, 4, ON).subject_id == 1  # read where it was merged into
    with pytest.raises(Refusal, match="GS-RULES-032"):
        explain_one(RULEBOOK, CATALOGUE, extract, 3, ON)


def test_a_ledger_without_any_record_is_assessed(tmp_path: Path) -> None:
    extract = write(tmp_path, [FIRM], [])
    assert explain_one(RULEBOOK, CATALOGUE, extract, 1, ON).grade == "A"
    none = Extract((), subjects=extract.subjects)
    assert explain_one(RULEBOOK, CATALOGUE, none, 1, ON).grade == "A"


def test_records_alone_are_enough(tmp_path: Path) -> None:
    extract = Extract(write(tmp_path, [], [(7, violation(1))]).records)
    with assess_all(RULEBOOK, CATALOGUE, extract, ON) as run:
        assert [(one.subject_id, one.grade) for one in assessments_of(run)] == [(7, "B")]


def refused(extract: Extract, catalogue: Catalogue = CATALOGUE, on: date = ON) -> str:
    """The code of a refusal."""
    with pytest.raises(Refusal) as caught, assess_all(RULEBOOK, catalogue, extract, on):
        pass
    return caught.value.code


def test_what_cannot_be_run_is_refused(tmp_path: Path) -> None:
    extract = write(tmp_path, [FIRM], [(1, violation(1))])
    assert refused(extract, on=date(2014, 9, 30)) == "GS-RULES-026"
    assert refused(extract, catalogue={}) == "GS-RULES-021"
    assert refused(Extract((tmp_path / "none.parquet",))) == "GS-RULES-027"
    assert refused(Extract(extract.endings)) == "GS-RULES-027"
    for merges in (((1, 1),), ((1, 2), (2, 1)), ((1, 2), (1, 3))):
        assert refused(Extract(extract.records, merges=merges)) == "GS-RULES-028"
    numbered = write(tmp_path / "numbered", [FIRM], [(1, violation(1))], numbers={"t/a": 1})
    assert refused(Extract(numbered.records)) == "GS-RULES-027"


def test_a_manifest_says_what_was_applied() -> None:
    manifest = Manifest.of(RULEBOOK, ON, position=7, catalogue_digest="c" * 64)
    assert json.loads(manifest.as_bytes()) == {
        "position": 7,
        "on": "2020-03-01",
        "rulebook": {
            "path": "t/checked",
            "in_force_from": "2014-10-01",
            "on": "2020-03-01",
            "digest": digest(RULEBOOK),
        },
        "catalogue": "c" * 64,
    }
    assert manifest.digest != Manifest.of(RULEBOOK, ON, position=8, catalogue_digest="c" * 64).digest
