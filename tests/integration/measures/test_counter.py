"""At the counter an office gets exactly what it has to apply there, and the organisation sees that it asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.measure import Process
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Subject
from goodstanding.measures.counter import ask, open_business, use
from goodstanding.measures.log import asked_about
from goodstanding.measures.models import Order, Question, Use
from goodstanding.postgres import Lease
from goodstanding.procedures.acting import mandate
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.queries import PUBLIC, Viewer
from tests.integration.installation import Template, installed
from tests.integration.measures.conftest import (
    ASKED_ON as DAY,
)
from tests.integration.measures.conftest import (
    GREEN,
    KEEPER,
    LOCAL,
    ONE,
    SUED,
    Desk,
    asked,
    at_counters,
    paths,
    richer_desk,
)
from tests.integration.portal.conftest import DAUGHTER
from tests.integration.procedures.conftest import COMPANY, FROM, TO


@pytest.fixture(scope="module")
def counter(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Counters over one installation for this module: each test leaves nothing behind that another would meet."""
    with installed(server, template, tmp_path_factory.mktemp("counter"), COMPANY) as one:
        yield at_counters(richer_desk(one))


def test_an_office_gets_exactly_what_it_has_to_apply_there(counter: Desk) -> None:
    answer = asked(counter, counter.planner, Process.SUBSIDY)
    assert paths(answer) == {"cn/public-funds"}
    assert answer.lines[0].law == (("国发〔2016〕33号", ""),)
    assert paths(asked(counter, counter.planner, Process.TENDER)) == {"cn/bidding-qualification", SUED}
    assert asked(counter, counter.planner, Process.PERMIT).lines == (), "it owes no measure there"
    other = Subject.objects.get(identifier=DAUGHTER)
    assert asked(counter, counter.planner, Process.SUBSIDY, other).lines == (), (
        "nothing passes to a subsidiary"
    )
    before = ask(
        "cn/ndrc",
        counter.planner,
        counter.bench.subject,
        Process.SUBSIDY,
        "x",
        day=date(2026, 3, 2),
        clock=counter.clock,
    )
    assert before.lines == (), "not before the entry begins"


def test_a_local_measure_applies_at_the_counters_of_its_place(counter: Desk) -> None:
    assert paths(asked(counter, counter.planner, Process.LAND)) == {LOCAL}
    elsewhere = counter.seat("elsewhere", "cn/ndrc", level="municipal", division="990300")
    assert asked(counter, elsewhere, Process.LAND).lines == ()
    assert paths(asked(counter, elsewhere, Process.SUBSIDY)) == {"cn/public-funds"}


def test_a_benefit_and_a_restriction_are_both_shown_with_the_one_that_prevails(counter: Desk) -> None:
    answer = asked(counter, counter.keeper, Process.PERMIT)
    first, second = answer.lines
    assert (first.measure, first.stands, first.prevails_over) == (GREEN, True, ("cn/stricter-permits",))
    assert (second.measure, second.stands, second.yields_to) == ("cn/stricter-permits", False, GREEN)
    assert GREEN in second.why


def test_only_an_office_that_has_the_business_asks_and_says_for_what(counter: Desk) -> None:
    before = Question.objects.count()
    with pytest.raises(Refusal, match="GS-COUNTER-003"):
        asked(counter, counter.builder, Process.TENDER)
    with pytest.raises(Refusal, match="GS-COUNTER-002"):
        ask(
            "cn/ndrc",
            counter.builder,
            counter.bench.subject,
            Process.TENDER,
            "x",
            day=DAY,
            clock=counter.clock,
        )
    with pytest.raises(Refusal, match="GS-COUNTER-004"):
        ask(
            "cn/ndrc",
            counter.planner,
            counter.bench.subject,
            Process.TENDER,
            " ",
            day=DAY,
            clock=counter.clock,
        )
    with pytest.raises(Refusal, match="GS-COUNTER-005"):
        ask(
            "cn/ndrc",
            counter.planner,
            counter.bench.subject,
            Process.TENDER,
            "x",
            day=DAY + ONE,
            clock=counter.clock,
        )
    with pytest.raises(Refusal, match="GS-COUNTER-001"):
        open_business(
            "cn/lenders",
            Process.FINANCING,
            from_on=FROM,
            to_on=TO,
            catalogue=counter.bench.office.catalogue,
            clock=counter.clock,
            actor="test",
        )
    assert Question.objects.count() == before, "what is refused is not answered"


def test_the_organisation_sees_who_asked_for_what_and_what_followed_and_nobody_elses_does(
    counter: Desk,
) -> None:
    answer = asked(counter, counter.planner, Process.TENDER, purpose="File 9 of 2026")
    order = counter.order("cn/bidding-qualification")
    use(answer.question, counter.planner, order=order, applied=True, on=DAY, clock=counter.clock)
    use(
        answer.question,
        counter.planner,
        order=counter.order(SUED),
        applied=False,
        why="The tender is below the threshold.",
        on=DAY,
        clock=counter.clock,
    )
    seen = asked_about(counter.bench.subject, Viewer(mandates=(counter.own,)))[0]
    assert (seen.office, seen.on, seen.process) == ("cn/ndrc county 990105", DAY, "tender")
    assert seen.purpose == "File 9 of 2026" and len(seen.answer) == 2
    assert [(one.measure, one.applied, one.why) for one in seen.followed] == [
        ("cn/bidding-qualification", True, ""),
        (SUED, False, "The tender is below the threshold."),
    ]
    assert "planner" not in str(seen)
    other = Subject.objects.get(identifier=DAUGHTER)
    theirs = mandate("other", other, from_on=FROM, to_on=TO, clock=counter.clock, actor="test")
    assert asked_about(counter.bench.subject, Viewer(mandates=(theirs,))) == ()
    assert asked_about(counter.bench.subject, PUBLIC) == ()
    assert asked_about(counter.bench.subject, Viewer((counter.builder,))) == ()
    office = asked_about(counter.bench.subject, Viewer((counter.planner,)))
    assert office[0] == seen and seen.office in {one.office for one in office}
    assert check(counter.bench.installation.home, catalogue=counter.bench.office.catalogue).findings == ()


def test_what_the_answer_did_not_name_or_let_stand_is_not_applied(counter: Desk) -> None:
    answer = asked(counter, counter.keeper, Process.PERMIT)

    def said(order: Order | None, applied: bool, by: Appointment = counter.keeper, why: str = "") -> Use:
        return use(answer.question, by, order=order, applied=applied, why=why, on=DAY, clock=counter.clock)

    with pytest.raises(Refusal, match="GS-COUNTER-006"):
        said(counter.order("cn/public-funds"), True)
    with pytest.raises(Refusal, match="GS-COUNTER-006"):
        said(counter.order("cn/stricter-permits", KEEPER), True)
    with pytest.raises(Refusal, match="GS-COUNTER-007"):
        said(counter.order(GREEN, KEEPER), False)
    with pytest.raises(Refusal, match="GS-COUNTER-002"):
        said(counter.order(GREEN, KEEPER), True, by=counter.planner)
    with pytest.raises(Refusal, match="GS-COUNTER-054"):
        use(answer.question, counter.keeper, order=None, applied=False, why="x", on=TO, clock=counter.clock)


class Evening(Clock):
    """Evening in UTC: where the day begins earlier, it is the next one."""

    def today(self, zone: str = "UTC") -> date:
        """The day there."""
        return super().today() + (ONE if zone != "UTC" else timedelta(0))


def test_an_office_asks_on_its_own_day_while_the_ledger_has_the_one_before(counter: Desk) -> None:
    answer = ask(
        "cn/ndrc",
        counter.planner,
        counter.bench.subject,
        Process.TENDER,
        "File 8",
        day=DAY + ONE,
        clock=Evening(DAY),
    )
    assert answer.question.on == DAY + ONE
