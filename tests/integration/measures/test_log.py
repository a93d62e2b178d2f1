"""The log of the counter is append-only until its time is over, and what its owner does to it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.measure import Process
from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.ledger.checking import check
from goodstanding.ledger.ending import judge_merge
from goodstanding.ledger.models import Event, Merge, Subject
from goodstanding.ledger.writing import writing
from goodstanding.measures.counter import ask, use
from goodstanding.measures.log import asked_about, forget
from goodstanding.measures.models import Question, Use
from goodstanding.postgres import Role
from goodstanding.procedures.queries import Viewer
from tests.integration.measures.conftest import ASKED_ON as DAY
from tests.integration.measures.conftest import ONE, Desk, asked, at_counters, paths
from tests.integration.portal.conftest import DAUGHTER


@pytest.fixture
def counter(richer: Desk) -> Desk:
    """Counters over an installation of this test's own."""
    return at_counters(richer)


def test_nothing_applies_after_the_entry_was_lifted(counter: Desk) -> None:
    end = counter.order("cn/public-funds").to_on
    case = counter.bench.subject.cases.get()
    later = replace(counter.bench.office, clock=Clock(end))
    bench = replace(counter.bench, office=later)
    bench.take(case, Act.PUBLISH, DAY)
    bench.take(case, Act.LIFT, end)
    answer = ask(
        "cn/ndrc", counter.planner, bench.subject, Process.SUBSIDY, "File 8", day=end, clock=later.clock
    )
    assert answer.lines == ()


def test_the_log_goes_when_its_time_is_over_and_not_before(counter: Desk) -> None:
    answer = asked(counter, counter.planner, Process.TENDER)
    use(
        answer.question,
        counter.planner,
        order=None,
        applied=False,
        why="Withdrawn.",
        on=DAY,
        clock=counter.clock,
    )
    until = answer.question.keep_until
    assert until == date(2031, 4, 1)
    assert forget(Clock(until - ONE)) == 0 and Question.objects.exists()
    assert forget(Clock(until)) == 1
    assert not Question.objects.exists() and not Use.objects.exists()
    assert check(counter.bench.installation.home).findings == ()


def test_the_check_finds_what_its_owner_changed_or_removed(counter: Desk) -> None:
    asked(counter, counter.planner, Process.TENDER)
    asked(counter, counter.planner, Process.SUBSIDY)
    home = counter.bench.installation.home
    with counter.bench.installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE measures_question DISABLE TRIGGER USER")
        owner.execute("UPDATE measures_question SET purpose = 'another' WHERE process = 'tender'")
        owner.execute("ALTER TABLE measures_question ENABLE TRIGGER USER")
    assert [one.code for one in check(home).findings] == ["GS-COUNTER-060"]
    with counter.bench.installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE measures_question DISABLE TRIGGER USER")
        owner.execute("DELETE FROM measures_question WHERE process = 'tender'")
        owner.execute("ALTER TABLE measures_question ENABLE TRIGGER USER")
    assert [one.code for one in check(home).findings] == ["GS-COUNTER-061"]
    with counter.bench.installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE measures_order DISABLE TRIGGER USER")
        owner.execute("UPDATE measures_order SET to_on = to_on - 1")
        owner.execute("ALTER TABLE measures_order ENABLE TRIGGER USER")
    assert {one.code for one in check(home).findings} == {"GS-COUNTER-061", "GS-LEDGER-065"}


def test_the_check_finds_that_the_app_role_may_empty_the_log(counter: Desk) -> None:
    with counter.bench.installation.connect(Role.OWNER) as owner:
        owner.execute("GRANT EXECUTE ON FUNCTION measures_forget(bigint) TO goodstanding_app")
    assert "GS-COUNTER-062" in {one.code for one in check(counter.bench.installation.home).findings}


def test_the_digest_of_an_event_covers_what_another_room_wrote(counter: Desk) -> None:
    with writing(Event.Kind.RUN, actor="test", clock=counter.clock, digest="ab" * 32) as event:
        pass
    assert Event.objects.get(pk=event.pk).digest == "ab" * 32


def test_who_asked_follows_a_merge_and_a_measure_meets_only_whom_it_was_decided_about(
    counter: Desk,
) -> None:
    asked(counter, counter.planner, Process.SUBSIDY)
    other = Subject.objects.get(identifier=DAUGHTER)
    judge_merge(
        Merge.Kind.SAME, counter.bench.subject, other, reason="One firm.", clock=counter.clock, actor="t"
    )
    assert paths(asked(counter, counter.planner, Process.SUBSIDY, other)) == set(), (
        "judged after the decision"
    )
    assert paths(asked(counter, counter.planner, Process.SUBSIDY)) == {"cn/public-funds"}
    own = counter.bench.actors[Party.SUBJECT].mandate
    assert own is not None
    assert len(asked_about(other, Viewer(mandates=(own,)))) == 3


def test_a_measure_meets_the_organisation_under_each_number_that_was_known_when_it_was_decided(
    richer: Desk,
) -> None:
    mother, other = richer.bench.subject, Subject.objects.get(identifier=DAUGHTER)
    judge_merge(Merge.Kind.SAME, other, mother, reason="One firm.", clock=richer.clock, actor="t")
    counter = at_counters(richer)
    assert paths(asked(counter, counter.planner, Process.SUBSIDY, other)) == {"cn/public-funds"}
    judge_merge(Merge.Kind.UNDONE, other, mother, reason="An error.", clock=richer.clock, actor="t")
    assert paths(asked(counter, counter.planner, Process.SUBSIDY, other)) == set()
