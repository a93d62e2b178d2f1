"""A listing from candidate to removal: nothing before its time, and nothing without a decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Content, Ending
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Case, Deadline
from tests.integration.procedures.conftest import Bench

DAY = date(2026, 3, 2)
ONE = timedelta(days=1)


def open_until(case: Case) -> date:
    """The last day for the organisation's statement."""
    until = case.steps.get(act=Act.SERVE_NOTICE).open_until
    assert until is not None
    return until


def listed(bench: Bench) -> tuple[Case, date]:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    bench.take(case, Act.SERVE_DECISION, day)
    return case, day


def test_a_candidate_is_listed_after_notice_and_decision_and_leaves_at_the_end_of_its_term(
    bench: Bench,
) -> None:
    case, day = listed(bench)
    entry = Content.objects.get(item__path="cn/listing.market-serious")
    assert (entry.subject_id, entry.effective_from) == (bench.subject.pk, day)
    assert entry.effective_to is not None and entry.effective_to == date(2029, day.month, day.day)
    bench.take(case, Act.PUBLISH, day + ONE)
    with pytest.raises(Exception, match="GS-CASE-070"):
        bench.take(case, Act.LIFT, entry.effective_to - ONE)
    bench.take(case, Act.LIFT, entry.effective_to)
    assert Ending.objects.get(record=entry.record_id).ground == Ending.Ground.EXPIRED
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_nothing_is_decided_while_the_organisation_may_speak(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    assert until == date(2026, 3, 9), "five working days after service"
    with pytest.raises(Refusal, match="GS-CASE-006"):
        bench.take(case, Act.DECIDE, until, Outcome.LISTED)
    assert not Content.objects.filter(item__path__contains="/listing.").exists()


def test_a_deadline_shows_its_trail(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    found = Deadline.objects.get(case=case, act=Act.STATE)
    assert (found.starts, found.last, found.provisional) == (DAY, date(2026, 3, 9), False)
    assert found.not_counted == [["2026-03-07", "weekend"], ["2026-03-08", "weekend"]]
