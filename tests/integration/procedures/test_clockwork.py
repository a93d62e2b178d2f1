"""Days pass: entries expire, deadlines follow a holiday that is moved, and both parties are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act
from goodstanding.core.calendars import Calendar
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Ending
from goodstanding.procedures.clockwork import expire, follow_calendar, pass_day, tell
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Message
from goodstanding.procedures.queries import Viewer, deadlines_of, open_cases
from goodstanding.procedures.steps import Office
from tests.integration.procedures.attacking import attack, official, step
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY, ONE, listed, open_until


def with_day_off(calendar: Calendar, *days: date) -> Calendar:
    """The calendar after a notice that makes days free."""
    return replace(
        calendar, version="moved", off={**calendar.off, **dict.fromkeys(days, next(iter(calendar.titles)))}
    )


def moved(bench: Bench, *days: date) -> Office:
    """The office under that calendar."""
    return replace(bench.office, calendar=with_day_off(bench.office.calendar, *days))


def test_a_holiday_is_moved_and_running_deadlines_follow_with_their_trail(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    office = moved(bench, until)
    assert follow_calendar(office, DAY) == 2, "the term to state views, and that to ask for a hearing"
    now = {one.act: one for one in deadlines_of(case)}[Act.STATE]
    assert now.last == until + ONE
    assert [until.isoformat(), next(iter(office.calendar.titles))] in now.not_counted
    assert (now.calendar_version, "moved" in now.because) == ("moved", True)
    told = Message.objects.filter(deadline=now, kind=Message.Kind.MOVED)
    assert {one.to for one in told} == {"office", "subject"}
    assert follow_calendar(office, DAY) == 0, "once is enough"


def test_nothing_is_decided_before_the_moved_day_in_code_and_in_the_database(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    follow_calendar(moved(bench, until), DAY)
    with pytest.raises(Refusal, match="GS-CASE-006"):
        bench.take(case, Act.DECIDE, until + ONE, Outcome.LISTED)
    given = {"outcome": "listed", **official(bench)}
    assert "GS-CASE-059" in attack(bench.installation, step(case.pk, 5, "decide", until + ONE, **given))
    bench.take(case, Act.DECIDE, until + ONE + ONE, Outcome.LISTED)


def test_a_served_notice_keeps_what_it_promised_when_a_day_off_becomes_a_working_day(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    calendar = bench.office.calendar
    office = replace(
        bench.office, calendar=replace(calendar, version="moved", worked=calendar.worked | {date(2026, 3, 7)})
    )
    follow_calendar(office, DAY)
    assert {one.act: one.last for one in deadlines_of(case)}[Act.STATE] < until
    with pytest.raises(Refusal, match="GS-CASE-006"):
        bench.take(case, Act.DECIDE, until, Outcome.LISTED)


def test_entries_expire_together_and_once(bench: Bench) -> None:
    case, day = listed(bench)
    bench.take(case, Act.PUBLISH, day)
    end = date(2029, day.month, day.day)
    assert expire(bench.at(end - ONE), end - ONE) == 0
    assert expire(bench.at(end), end) == 1
    assert expire(bench.at(end), end) == 0
    ending = Ending.objects.get(ground="expired")
    assert ending.counts_until == end
    assert case.steps.get(closes=True).act == Act.LIFT
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_parties_are_told_once_when_a_deadline_is_near_and_when_an_authority_is_late(bench: Bench) -> None:
    case, day = listed(bench)
    due = {one.act: one.last for one in deadlines_of(case)}[Act.PUBLISH]
    assert tell(bench.office, day) == 0
    assert tell(bench.office, due - ONE) == 2
    assert tell(bench.office, due) == 0
    assert tell(bench.office, due + ONE) == 2
    assert pass_day(bench.office, due + ONE).told == 0
    assert vars(open_cases(Viewer.of("acct-official", due)).get())["due"] == due
    bench.take(case, Act.PUBLISH, due + ONE)
    assert vars(open_cases(Viewer.of("acct-official", due)).get())["due"] is None


def test_an_organisation_that_keeps_silent_is_reminded_and_is_not_late(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    assert tell(bench.office, until - ONE) == 4, "its term to state views, and that to ask for a hearing"
    assert tell(bench.office, until + ONE) == 0
