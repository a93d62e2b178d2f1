"""What the public is not told of results: by a restricted file, a record past its publicity, a group, a candidacy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from goodstanding.catalogue.model import Basis, Title
from goodstanding.cli.reading import from_ledger
from goodstanding.cli.rulebook.diff import as_data, run_both
from goodstanding.core.clock import Clock
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import find_subject
from goodstanding.ledger.writing import current_position
from goodstanding.rules import model as m
from goodstanding.rules.comparing import NOT_PUBLIC
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.placing import Places, places_in
from goodstanding.standing.queries import assessments_of, assessments_then
from goodstanding.standing.running import run_rulebook
from goodstanding.standing.showing import AssessmentView
from tests.integration.installation import Installation
from tests.integration.portal.conftest import DAUGHTER, MOTHER, REGISTRATION, TIES
from tests.integration.portal.test_publicity import HEADER, LAST, OVER, ROW, TAKEN_IN

TITLE, LAW = Title("Invented", "虚构"), Basis("invented")
EVER = m.Window(m.Span.ALL)
PENALTY = m.Select("cn/environment.penalty")
PUBLIC, SHARED = Reader.public(), Reader(Access.SHARED)
GROUP = ("branch_of", "subsidiary_of")


def book(path: str, fact: m.Fact, **more: Any) -> m.Rulebook:
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
        facts=(fact,),
        grading=m.Bands((m.Band("A", m.Range(None, 1)), m.Band("B", m.Range(1))), "n"),
    )
    return replace(frame, **more)


COUNTED = book("cn/test-counted", m.Count("n", TITLE, PENALTY, EVER))
RESTS = book(
    "cn/test-rests",
    m.ResultOf("f", TITLE, COUNTED.path, False),
    grading=m.Ladder((m.Step("X", m.FactIs("f", ("A",))), m.Step("Y", None))),
)
GROUPED = book("cn/test-grouped", m.Count("n", TITLE, PENALTY, EVER, group=GROUP))
LISTED = replace(COUNTED, path="cn/test-listed", kind=m.Kind.LIST)
TIERED = replace(COUNTED, path="cn/test-tiered", kind=m.Kind.TIER)
INTERNAL = replace(COUNTED, path="cn/test-internal", internal=TITLE)


@pytest.fixture
def known(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A mother with a minor penalty under Order 36 and a daughter."""
    shelf = Shelf((COUNTED, RESTS, GROUPED, LISTED, TIERED, INTERNAL))
    monkeypatch.setattr(Shelf, "of", classmethod(lambda cls, packs: shelf))
    one = replace(installation, clock=Clock(TAKEN_IN))
    one.deliver("registration.csv", REGISTRATION, "cn/registration")
    one.deliver("ties.csv", TIES, "cn/ties")
    assert one.deliver("penalties.csv", HEADER + ROW, "cn/penalties").loaded == 1
    replace(one, clock=Clock(LAST)).nothing_from("cn/penalties")  # and nothing since
    return one


def assess(known: Installation, rulebook: m.Rulebook) -> UUID:
    report = run_rulebook(
        rulebook.path,
        on=LAST,
        catalogue=known.catalogue,
        home=known.home,
        clock=known.clock,
        actor="test",
    )
    assert report.run is not None
    return report.run


def views(known: Installation, rulebook: m.Rulebook, who: Reader, today: date) -> list[AssessmentView]:
    """The mother's result by one rulebook, as kept and as worked out."""
    subject = find_subject(MOTHER)
    assert subject is not None
    shelf, publicity = Shelf.of(()), Publicity(known.catalogue, today)
    items = {one.path: one for one in known.catalogue.items}
    kept = assessments_of(subject.pk, shelf, who, publicity, items=items)
    position = current_position()
    then = assessments_then(
        subject, [rulebook], who, publicity, on=LAST, position=position, items=items, shelf=shelf
    )
    return [*(one for one in kept if one.rulebook == rulebook.path), *then]


def hide(known: Installation, identifier: str) -> None:
    """As if only rows that are shared between authorities had named it."""
    with known.administer() as database:
        for table in ("ledger_subject", "ledger_subjectopening"):
            database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        database.execute("UPDATE ledger_subject SET access = 1 WHERE identifier = %s", [identifier])
        database.execute(
            "DELETE FROM ledger_subjectopening USING ledger_subject AS s WHERE subject_id = s.id AND identifier = %s",
            [identifier],
        )


def test_a_result_that_rests_on_one_past_its_publicity_is_closed_with_it(known: Installation) -> None:
    assess(known, RESTS)
    told = views(known, RESTS, PUBLIC, LAST)
    assert [(one.grade, one.closed) for one in told] == [("Y", False)] * 2
    for one in views(known, RESTS, PUBLIC, OVER):
        assert (one.closed, one.grade, one.possible, one.workings) == (True, None, (), None)
        assert {line.status for line in one.lines} <= {"closed"}
    assert [one.grade for one in views(known, RESTS, SHARED, OVER)] == ["Y", "Y"]


@pytest.mark.parametrize("rulebook", [COUNTED, RESTS], ids=["its own records", "a result it rests on"])
def test_who_is_closed_has_no_place(known: Installation, rulebook: m.Rulebook) -> None:
    run = assess(known, rulebook)

    def placed(who: Reader, today: date) -> set[str]:
        found = places_in(run, who, Shelf.of(()), Publicity(known.catalogue, today))
        return {one.identifier for one in found.shown}

    assert placed(PUBLIC, LAST) == placed(SHARED, OVER) == {MOTHER, DAUGHTER}
    assert placed(PUBLIC, OVER) == {DAUGHTER}


@pytest.mark.parametrize("rulebook", [COUNTED, RESTS], ids=["its own records", "a result it rests on"])
def test_a_comparison_counts_it_as_not_public(
    known: Installation, rulebook: m.Rulebook, tmp_path: Path
) -> None:
    for today, told in ((LAST, 0), (OVER, 1)):
        room = tmp_path / str(today)
        room.mkdir()
        found = run_both(rulebook, rulebook, LAST, from_ledger(known.catalogue, known.home, room, today))
        assert sum(one.subjects for one in found.cells if one.one == NOT_PUBLIC) == told
        assert found.subjects == 2


@pytest.mark.parametrize("rulebook", [LISTED, TIERED, INTERNAL], ids=["list", "tier", "internal class"])
def test_before_an_official_decides_the_public_is_told_nothing(
    known: Installation, rulebook: m.Rulebook, tmp_path: Path
) -> None:
    run = assess(known, rulebook)
    assert views(known, rulebook, PUBLIC, LAST) == []
    assert [one.closed for one in views(known, rulebook, SHARED, LAST)] == [False, False]
    assert places_in(run, PUBLIC, Shelf.of(()), Publicity(known.catalogue, LAST)) == Places()
    found = run_both(rulebook, COUNTED, LAST, from_ledger(known.catalogue, known.home, tmp_path, LAST))
    assert found.subjects == 2 and found.movers == ()


def test_whom_the_public_may_not_know_a_comparison_neither_counts_nor_names(
    known: Installation, tmp_path: Path
) -> None:
    other = replace(COUNTED, grading=m.Bands((m.Band("B", m.Range(None, 9)),), "n"))
    seen, unseen = tmp_path / "seen", tmp_path / "unseen"
    seen.mkdir()
    unseen.mkdir()
    key = Subject.objects.get(identifier=DAUGHTER).pk

    def compared(room: Path) -> tuple[int, list[str]]:
        source = from_ledger(known.catalogue, known.home, room, LAST)
        found = run_both(COUNTED, other, LAST, source)
        assert key in source.names([key]) or room == unseen
        names = source.names([one.subject_id for one in found.movers])
        return found.subjects, [one["subject"] for one in as_data(found, names)["movers"]]

    assert compared(seen) == (2, [DAUGHTER])
    hide(known, DAUGHTER)
    assert compared(unseen) == (1, [])


def test_a_group_with_a_member_that_the_reader_may_not_know_closes_the_result(
    known: Installation, tmp_path: Path
) -> None:
    run = assess(known, GROUPED)
    assert [one.closed for one in views(known, GROUPED, PUBLIC, LAST)] == [False, False]
    hide(known, DAUGHTER)
    for one in views(known, GROUPED, PUBLIC, LAST):
        assert (one.closed, one.grade, one.points_low, one.missing, one.workings) == (
            True,
            None,
            None,
            (),
            None,
        )
        assert [(line.rule, line.status, line.record_public_id) for line in one.lines] == [
            ("n", "closed", None)
        ]
    assert not any(one.closed for one in views(known, GROUPED, SHARED, LAST))
    assert places_in(run, PUBLIC, Shelf.of(()), Publicity(known.catalogue, LAST)) == Places()
    found = run_both(GROUPED, GROUPED, LAST, from_ledger(known.catalogue, known.home, tmp_path, LAST))
    assert [(one.one, one.subjects) for one in found.cells] == [(NOT_PUBLIC, 1)]
