"""A step is of its day, after the one before, and nothing has happened that is to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Record, Subject
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.steps import Said, open_case, take_step
from tests.integration.installation import Installation
from tests.integration.portal.conftest import MOTHER
from tests.integration.procedures.attacking import attack, official, step
from tests.integration.procedures.conftest import LAW, Bench, company
from tests.integration.procedures.test_listing import DAY, ONE, open_until


def test_a_document_is_not_served_before_it_was_made(bench: Bench) -> None:
    case = bench.open(DAY)
    bench.take(case, Act.REVIEW, DAY, Outcome.GO_ON)
    bench.take(case, Act.NOTIFY, DAY)
    with pytest.raises(Refusal, match="GS-CASE-009"):
        bench.take(case, Act.SERVE_NOTICE, DAY, served_on=date(2025, 1, 6))
    early = {"served_on": DAY - ONE, "served_how": "by hand", "open_until": DAY + timedelta(days=9)}
    found = attack(
        bench.installation, step(case.pk, 4, "serve_notice", DAY, **early, **official(bench, "official"))
    )
    assert "GS-CASE-075" in found


def test_what_is_to_come_has_not_happened(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    stage, day = bench.actors[Party.HEAD], open_until(case) + ONE
    with pytest.raises(Refusal, match="GS-CASE-011"):
        take_step(
            case, Deed(Act.DECIDE, day, stage.party, Outcome.LISTED), stage, bench.at(DAY), Said("so", LAW)
        )
    statement, row = step(case.pk, 5, "decide", day, outcome="listed", **official(bench))
    assert "GS-CASE-074" in attack(
        bench.installation, (statement.replace("%(on)s", f"DATE '{day}'"), {**row, "on": ""})
    )


def test_the_events_of_a_case_follow_each_other(bench: Bench) -> None:
    later = DAY + timedelta(days=9)
    case = bench.open(later)
    review = step(case.pk, 2, "review", later, outcome="go_on", **official(bench, "official"))
    assert "GS-CASE-078" in attack(bench.installation, review, dated=later - ONE)
    assert attack(bench.installation, review) == ""


def test_where_no_day_is_told_a_step_is_of_the_day_that_it_is(with_company: Installation) -> None:
    one = replace(with_company, clock=Clock())
    office = company(one)
    today = office.clock.today()
    case = open_case(
        office.catalogue.procedure("cn/listing/market-serious", today),
        Subject.objects.get(identifier=MOTHER),
        office,
        first=Deed(Act.PROPOSE, today, Party.MACHINE),
        by=Actor(Party.MACHINE),
        grounds=tuple(Record.objects.all()),
    )
    hurried = step(case.pk, 2, "mark", today + timedelta(days=40), party="machine")
    assert "GS-CASE-079" in attack(one, hurried)
