"""A run over everyone is kept with its reasons and its manifest, and comes out the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.generator import generate_province
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Record
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import find_subject
from goodstanding.postgres import Role
from goodstanding.rules import closed_to
from goodstanding.rules.shelf import Shelf
from goodstanding.standing import running
from goodstanding.standing.models import Assessment, AssessmentLine, Run
from goodstanding.standing.queries import assessments_of
from goodstanding.standing.running import RunReport, explain, run_again, run_rulebook
from tests.integration.installation import TODAY, Installation

NYC = "us-nyc/graded-inspections"
GRADE = "us-nyc/restaurant-grade"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
ROWS = (
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
    "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2013-09-11,B,16\n"
    "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,C,31\n"
)
DAY = date(2015, 6, 1)


def kept_by(report: RunReport) -> Run:
    assert report.run is not None
    return Run.objects.get(public_id=report.run)


def run(installation: Installation, rulebook: str = GRADE, on: date = DAY) -> RunReport:
    return run_rulebook(
        rulebook,
        on=on,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )


def test_everyone_gets_a_grade_and_a_line_for_its_reason(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    report = run(installation)
    assert report.grades == {"A": 1, "C": 1}
    subject = find_subject("30112340")
    assert subject is not None
    (view,) = assessments_of(
        subject.pk,
        Shelf.of(installation.catalogue.packs),
        Reader.public(),
        Publicity(installation.catalogue, TODAY),
    )
    assert view.grade == "C"
    assert view.lines and view.lines[0].record_public_id is not None
    assert view.lines[0].basis


def test_one_explained_alone_is_what_the_run_over_everyone_said(
    installation: Installation, tmp_path: Path
) -> None:
    province = generate_province(tmp_path / "p", organisations=40, records=400, seed=5, today=TODAY)
    for sent in province.files:
        installation.take_in(province.folder / sent.name, sent.contract)
    for rulebook in ("cn/tax-credit", "cn/jiangsu/environmental-credit"):
        report = run(installation, rulebook, TODAY)
        assert report.subjects > 20
        kept = kept_by(report)
        for row in Assessment.objects.filter(run=kept).order_by("pk")[:6]:
            _, alone = explain(
                rulebook, row.subject_id, on=TODAY, catalogue=installation.catalogue, home=installation.home
            )
            assert (alone.grade, list(alone.possible), sorted(alone.missing)) == (
                row.grade,
                row.possible,
                sorted(row.missing),
            )
            lines = AssessmentLine.objects.filter(run=kept, subject_id=row.subject_id)
            assert sorted((one.rule, one.record_id or 0) for one in alone.lines) == sorted(
                (one.rule, one.record_id or 0) for one in lines
            )
        again, then = run_again(kept.public_id, catalogue=installation.catalogue, home=installation.home)
        assert again.result_digest == then == report.result_digest


def test_a_run_from_its_manifest_knows_nothing_that_came_later(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    first = run(installation)
    installation.deliver("nyc.csv", HEADER + ROWS.replace(",C,31", ",A,3"), NYC)
    assert first.run is not None
    again, then = run_again(first.run, catalogue=installation.catalogue, home=installation.home)
    assert again.result_digest == then and again.grades == {"A": 1, "C": 1}
    assert run(installation).grades == {"A": 2}
    assert Assessment.objects.count() == 2  # of the newest run only; the older one's manifest stays
    assert Run.objects.count() == 2


def test_a_rulebook_is_run_over_subjects_of_its_own_register_only(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    assert run(installation, "uk-food/hygiene-rating", TODAY).subjects == 0
    assert run(installation, "cn/tax-credit", TODAY).subjects == 0


def test_an_erased_record_takes_its_lines_and_assessment_along(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    report = run(installation)
    line = AssessmentLine.objects.filter(record__isnull=False).order_by("pk").first()
    assert line is not None and line.record_id is not None
    record = Record.objects.get(pk=line.record_id)
    erase(record.public_id, ground="test", home=installation.home, clock=installation.clock, actor="test")
    assert not AssessmentLine.objects.filter(subject_id=line.subject_id).exists()
    assert not Assessment.objects.filter(subject_id=line.subject_id).exists()
    assert report.subjects == 2 and Assessment.objects.count() == 1


def test_a_grade_is_never_more_open_than_the_most_closed_record_behind_it(
    installation: Installation,
) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    run(installation)
    subject = find_subject("30112340")
    assert subject is not None
    Assessment.objects.filter(subject=subject)._raw_delete("default")
    kept = Run.objects.get()
    Assessment.objects.create(run=kept, subject=subject, grade="C", access=Access.RESTRICTED)
    (view,) = assessments_of(
        subject.pk,
        Shelf.of(installation.catalogue.packs),
        Reader.public(),
        Publicity(installation.catalogue, TODAY),
    )
    assert view.closed and view.grade is None and view.points_low is None
    _, told = explain(GRADE, subject.pk, on=DAY, catalogue=installation.catalogue, home=installation.home)
    assert closed_to(told, Access.PUBLIC).grade == "C"


def test_the_app_role_cannot_rewrite_a_run(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    run(installation)
    with installation.connect(Role.APP) as app:
        for statement in ("UPDATE standing_run SET manifest = ''", "DELETE FROM standing_run",
                          "UPDATE standing_assessment SET grade = 'A'"):  # fmt: skip
            with pytest.raises(Exception, match="permission denied"):
                app.execute(statement.encode())


def test_an_empty_ledger_is_told_as_such(installation: Installation) -> None:
    with pytest.raises(Refusal, match="GS-STANDING-001"):
        run(installation)


def test_a_run_that_is_done_again_with_another_catalogue_says_so(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    kept = run(installation)
    assert kept.run is not None
    again, _ = run_again(kept.run, catalogue=installation.catalogue, home=installation.home)
    assert again.other_catalogue == ""
    first, *others = installation.catalogue.packs
    changed = [replace(first, digest="0" * 64), *others]
    other = replace(installation.catalogue, packs=tuple(changed))
    again, digest = run_again(kept.run, catalogue=other, home=installation.home)
    assert again.other_catalogue == installation.catalogue.digest
    assert again.result_digest == digest


def test_a_record_that_is_erased_during_a_run_does_not_come_back_with_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    subject = find_subject("30112340")
    assert subject is not None
    record = Record.objects.get(content__subject=subject)
    honest, times = running._evaluate, list[int]()

    def overtaken(*given: Any, **more: Any) -> Any:
        found = honest(*given, **more)
        if not times:
            erase(
                record.public_id,
                ground="Judgment 7",
                home=installation.home,
                clock=installation.clock,
                actor="test",
            )
        times.append(found.line_count)
        return found

    monkeypatch.setattr(running, "_evaluate", overtaken)
    run(installation)
    assert len(times) == 2, "it was worked out anew"
    assert Assessment.objects.get(subject=subject).grade is None
    assert not AssessmentLine.objects.filter(record=record).exists()
