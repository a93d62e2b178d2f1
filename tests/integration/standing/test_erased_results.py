"""Whatever rests on an erased record goes with it: under a merged file, in a group, and one result further on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodstanding.catalogue.model import Absence, Basis, Title
from goodstanding.core.clock import Clock
from goodstanding.ledger.checking import check
from goodstanding.ledger.ending import judge_merge
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content, Merge, Subject
from goodstanding.ledger.queries import find_subject
from goodstanding.rules import model as m
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.models import Assessment, AssessmentLine, Run
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import Installation
from tests.integration.portal.conftest import DAUGHTER, MOTHER, REGISTRATION, TIES
from tests.integration.portal.test_publicity import HEADER

PENALTY = "cn/environment.penalty"
TITLE, LAW = Title("Invented", "虚构"), Basis("invented")
ALONE, GROUP, RESTS = "cn/test-alone", "cn/test-group", "cn/test-rests"
DAY = date(2026, 7, 12)
BYSTANDER = "91990203MAWETFTT9F"
ROW = (
    "溟泉县榉晟化工有限公司,法人及非法人组织,{},,,,,,,,,,,岫环罚〔2026〕{}号,超标排放,排放超标,环境保护法,其他,警告,,,,"
    "2026/04/10,2099/12/31,,翠岫市生态环境局,,,,,其他环境行政处罚,轻微\n"
)


def book(path: str, *facts: m.Fact, **more: Any) -> m.Rulebook:
    """Grade "clean" without a penalty and "marked" with one."""
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
        grading=m.Bands((m.Band("clean", m.Range(None, 1)), m.Band("marked", m.Range(1, None))), "penalties"),
    )
    return replace(frame, **more)


def counted(item: str = PENALTY, group: tuple[str, ...] = ()) -> m.Count:
    return m.Count("penalties", TITLE, m.Select(item), m.Window(m.Span.ALL), group=group)


@pytest.fixture
def settled(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A mother with a daughter that has a penalty, a stranger with another, and three rulebooks."""
    other = next(
        one.path
        for one in installation.catalogue.items
        if one.absence is Absence.NONE and one.path != PENALTY
    )
    shelf = Shelf(
        (
            book(ALONE, counted()),
            book(GROUP, counted(group=("branch_of", "subsidiary_of"))),
            book(
                RESTS,
                m.ResultOf("first", TITLE, ALONE, False),
                counted(other),
                overrides=(m.Override("told", TITLE, (LAW,), m.FactIs("first", ("marked",)), "marked"),),
            ),
        )
    )
    monkeypatch.setattr(Shelf, "of", classmethod(lambda cls, packs: shelf))
    here = replace(installation, clock=Clock(DAY))
    here.deliver("registration.csv", REGISTRATION, "cn/registration")
    assert (
        here.deliver(
            "p.csv", HEADER + ROW.format(DAUGHTER, 7) + ROW.format(BYSTANDER, 8), "cn/penalties"
        ).loaded
        == 2
    )
    return here


def subject(identifier: str) -> Subject:
    found = find_subject(identifier)
    assert found is not None
    return found


def run(here: Installation, *rulebooks: str) -> None:
    for one in rulebooks:
        run_rulebook(one, on=DAY, catalogue=here.catalogue, home=here.home, clock=here.clock, actor="test")


def erase_penalty(here: Installation) -> int:
    """Erase the daughter's penalty; returns the record's id."""
    record = Content.objects.get(subject=subject(DAUGHTER), item__path=PENALTY).record
    erase(record.public_id, ground="Judgment 12", home=here.home, clock=here.clock, actor="test")
    return record.pk


def results() -> set[tuple[str, str]]:
    """Rulebook and organisation of every result that is kept, by an assessment or by a line."""
    rows = set(Assessment.objects.values_list("run__rulebook", "subject__identifier"))
    return rows | set(AssessmentLine.objects.values_list("run__rulebook", "subject__identifier"))


def test_what_stands_on_the_file_that_it_was_merged_into_goes(settled: Installation) -> None:
    judge_merge(
        Merge.Kind.SAME,
        subject(DAUGHTER),
        subject(MOTHER),
        reason="same",
        clock=settled.clock,
        actor="test",
    )
    run(settled, ALONE)
    assert results() == {(ALONE, MOTHER), (ALONE, BYSTANDER)}
    judge_merge(
        Merge.Kind.UNDONE,
        subject(DAUGHTER),
        subject(MOTHER),
        reason="it was not",
        clock=settled.clock,
        actor="test",
    )
    record = erase_penalty(settled)
    assert results() == {(ALONE, BYSTANDER)}
    assert not AssessmentLine.objects.filter(record_id=record).exists()


def test_what_its_group_was_given_for_it_goes(settled: Installation) -> None:
    settled.deliver("ties.csv", TIES, "cn/ties")
    run(settled, GROUP)
    assert AssessmentLine.objects.filter(subject=subject(MOTHER), record__isnull=False).exists()
    record = erase_penalty(settled)
    assert results() == {(GROUP, BYSTANDER)}
    assert not AssessmentLine.objects.filter(record_id=record).exists()


def test_what_looked_at_no_group_stays_with_a_parent(settled: Installation) -> None:
    settled.deliver("ties.csv", TIES, "cn/ties")
    run(settled, ALONE, GROUP)
    erase_penalty(settled)
    assert results() == {(ALONE, MOTHER), (ALONE, BYSTANDER), (GROUP, BYSTANDER)}


def test_of_a_run_that_does_not_say_whether_it_looked_at_groups_the_parents_results_go_too(
    settled: Installation,
) -> None:
    settled.deliver("ties.csv", TIES, "cn/ties")
    run(settled, ALONE)
    (kept,) = Run.objects.values_list("manifest", flat=True)
    assert '"groups":false' in kept
    with settled.administer() as connection:
        connection.execute("ALTER TABLE standing_run DISABLE TRIGGER USER")
        connection.execute("UPDATE standing_run SET manifest = replace(manifest, '\"groups\":false,', '')")
    erase_penalty(settled)
    assert results() == {(ALONE, BYSTANDER)}


def test_a_result_that_rests_on_a_result_goes_though_no_line_names_the_record(
    settled: Installation,
) -> None:
    run(settled, RESTS)
    assert Assessment.objects.get(subject=subject(DAUGHTER)).grade == "marked"
    assert not AssessmentLine.objects.filter(record__isnull=False).exists()
    erase_penalty(settled)
    assert (RESTS, DAUGHTER) not in results()
    assert results() >= {(RESTS, MOTHER), (RESTS, BYSTANDER)}


def test_a_run_that_did_not_know_the_record_keeps_its_results(settled: Installation) -> None:
    run(settled, GROUP)
    before = results()
    settled.deliver("later.csv", HEADER + ROW.format(DAUGHTER, 9), "cn/penalties")
    later = Content.objects.order_by("-record_id")[0].record
    erase(later.public_id, ground="Judgment 13", home=settled.home, clock=settled.clock, actor="test")
    assert results() == before


def test_the_check_names_a_line_of_an_erased_record(settled: Installation) -> None:
    run(settled, ALONE)
    record = erase_penalty(settled)
    assert check(settled.home).sound
    AssessmentLine.objects.create(
        run=Run.objects.get(), subject=subject(DAUGHTER), rule="penalties", record_id=record, status="counted"
    )
    (finding,) = check(settled.home).findings
    assert finding.code == "GS-LEDGER-077" and ALONE in finding.what
