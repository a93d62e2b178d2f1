"""A run of a rulebook that rests on another, looks at groups and ranks; and one organisation of it alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue.model import Absence, Basis, Title
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.generator import generate_province
from goodstanding.ledger.models import Subject as SubjectRow
from goodstanding.ledger.models import Tie
from goodstanding.ledger.publicity import Publicity
from goodstanding.rules import digest
from goodstanding.rules import model as m
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.models import Assessment, AssessmentLine, Run
from goodstanding.standing.queries import assessments_of, assessments_then
from goodstanding.standing.running import RunReport, explain, run_again, run_rulebook
from tests.integration.installation import TODAY, Installation

TITLE, LAW = Title("Invented", "虚构"), Basis("invented")
EVER = m.Window(m.Span.ALL)
RANKED, COUNTED = "cn/test-ranked", "cn/test-counted"


def book(path: str, facts: tuple[m.Fact, ...], **more: Any) -> m.Rulebook:
    frame = m.Rulebook(
        path=path,
        kind=m.Kind.GRADE,
        title=TITLE,
        authority="cn/sta",
        basis=(LAW,),
        in_force_from=date(2020, 1, 1),
        in_force_to=None,
        subject_kinds=("enterprise",),
        start=(),
        rules=(),
        facts=facts,
        grading=m.Bands((m.Band("A", m.Range(None, 1_000)),), "all"),
    )
    return replace(frame, **more)


def invented(item: str) -> Shelf:
    """The first counts the group's records and ranks by them; the second rests on the first."""
    select = m.Select(item)
    counted = book(
        COUNTED,
        (m.Count("all", TITLE, select, EVER, group=("branch_of", "subsidiary_of")),),
        quotas=(m.Quota("most", TITLE, (LAW,), "A", 1_000, "B", "all"),),
    )
    result = m.ResultOf("first", TITLE, COUNTED, False)
    rests = book(
        RANKED,
        (result, m.Count("all", TITLE, select, EVER)),
        overrides=(m.Override("told", TITLE, (LAW,), m.FactIs("first", ("A",)), "C"),),
        quotas=(m.Quota("fewest", TITLE, (LAW,), "A", 5_000, "B", "all", ties_in=False),),
    )
    return Shelf((counted, rests))


@pytest.fixture
def province(installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = generate_province(tmp_path / "p", organisations=120, records=900, seed=5, today=TODAY)
    for sent in made.files:
        installation.take_in(made.folder / sent.name, sent.contract)
    shelf = invented(_commonest(installation))
    monkeypatch.setattr(Shelf, "of", classmethod(lambda cls, packs: shelf))
    return shelf


def _commonest(installation: Installation) -> str:
    """The item with the most records of groups, all dated, of those of which no record means that there is none."""
    from django.db.models import Count, Q

    from goodstanding.ledger.models import Content

    grouped = {end for tie in Tie.objects.values_list("subject_id", "other_id") for end in tie}
    told = [one.path for one in installation.catalogue.items if one.absence is Absence.NONE]
    rows = (
        Content.objects.filter(item__path__in=told)
        .values_list("item__path")
        .annotate(
            many=Count("pk", filter=Q(subject_id__in=grouped)),
            undated=Count("pk", filter=Q(decided_on__isnull=True)),
        )
        .filter(undated=0)
        .order_by("-many", "item__path")
    )
    return str(rows[0][0])


def kept_by(report: RunReport) -> Run:
    assert report.run is not None
    return Run.objects.get(public_id=report.run)


def run(installation: Installation, rulebook: str) -> RunReport:
    return run_rulebook(
        rulebook,
        on=TODAY,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )


def test_one_alone_is_what_the_run_said_with_the_cut_offs_that_it_kept(
    installation: Installation, province: Shelf
) -> None:
    report = run(installation, RANKED)
    kept = kept_by(report)
    assert [one["quota"] for one in kept.cut_offs] == ["most", "fewest"]
    assert set(report.grades) >= {"B", "C"}
    tied = set(Tie.objects.values_list("other_id", flat=True))
    rows = sorted(Assessment.objects.filter(run=kept), key=lambda one: one.subject_id not in tied)
    for row in rows[:12]:
        _, alone = explain(
            RANKED, row.subject_id, on=TODAY, catalogue=installation.catalogue, home=installation.home
        )
        assert (alone.grade, list(alone.possible), list(alone.missing)) == (
            row.grade,
            row.possible,
            row.missing,
        )
        lines = AssessmentLine.objects.filter(run=kept, subject_id=row.subject_id)
        assert sorted((one.rule, one.record_id or 0) for one in alone.lines) == sorted(
            (one.rule, one.record_id or 0) for one in lines
        )


def test_the_steps_are_worked_out_again_with_group_and_ranks(
    installation: Installation, province: Shelf
) -> None:
    run(installation, COUNTED)
    run(installation, RANKED)
    items = {one.path: one for one in installation.catalogue.items}
    reader = Reader(Access.RESTRICTED, frozenset(items))
    publicity = Publicity(installation.catalogue, TODAY)
    tied = Tie.objects.filter(kind__in=("branch_of", "subsidiary_of")).values_list("other_id", flat=True)
    seen = 0
    for number, subject in enumerate(
        SubjectRow.objects.filter(pk__in=list(tied), kind="enterprise").order_by("pk")
    ):
        if seen and number >= 6:
            break
        views = assessments_of(subject.pk, province, reader, publicity, items=items)
        assert [one.workings is not None for one in views] == [True, True]
        position = views[0].position
        again = assessments_then(
            subject,
            [province.on(path, TODAY) for path in province.paths],
            reader,
            publicity,
            on=TODAY,
            position=position,
            items=items,
            shelf=province,
        )
        assert [(one.rulebook, one.grade) for one in again] == [(one.rulebook, one.grade) for one in views]
        seen += len({line.record_public_id for line in views[0].lines}) > 1
    assert seen


def test_the_manifest_names_all_that_it_rests_on_and_is_enough_to_run_again(
    installation: Installation, province: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = run(installation, RANKED)
    assert report.run is not None
    manifest = json.loads(kept_by(report).manifest)
    first, last = province.rulebooks
    assert manifest["rulebook"]["digest"] == digest(last)
    assert [one["digest"] for one in manifest["rests_on"]] == [digest(first)]
    assert set(manifest["rests_on"][0]["cut_offs"]) == {"most"}
    assert set(manifest["rulebook"]["cut_offs"]) == {"fewest"}
    again, then = run_again(report.run, catalogue=installation.catalogue, home=installation.home)
    assert again.result_digest == then == report.result_digest
    without = Shelf((last,))
    monkeypatch.setattr(Shelf, "of", classmethod(lambda cls, packs: without))
    with pytest.raises(Refusal, match="GS-STANDING-003"):
        run_again(report.run, catalogue=installation.catalogue, home=installation.home)


def test_without_a_run_for_the_day_a_rank_cannot_be_told(installation: Installation, province: Shelf) -> None:
    report = run(installation, RANKED)
    kept = kept_by(report)
    row = Assessment.objects.filter(run=kept, grade="B").first()
    assert row is not None
    _, alone = explain(
        RANKED,
        row.subject_id,
        on=date(2026, 3, 1),
        catalogue=installation.catalogue,
        home=installation.home,
    )
    assert alone.grade is None and "fewest" in alone.missing
