"""A redlist at the counter: the benefit with its law; and what prevails where the organisation is restricted too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.measure import Process
from goodstanding.catalogue.procedure import Act
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.measures.counter import open_business
from goodstanding.measures.models import Order, Subscription
from goodstanding.procedures.acting import appoint, mandate
from goodstanding.procedures.deed import Outcome
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import Person, person
from tests.integration.portal.conftest import MOTHER
from tests.integration.procedures.conftest import COMPANY, FROM, TO, Bench, company, staff

ONE = timedelta(days=1)


def listed(one: Installation, name: str, authority: str, on: date) -> date:
    """The company on a list, from candidate to service; the day since when."""
    at = replace(one, clock=Clock(on))
    subject = Subject.objects.get(identifier=MOTHER)
    acting = mandate(f"{name}-firm", subject, from_on=FROM, to_on=TO, clock=at.clock, actor="test")
    bench = Bench(
        at,
        company(at),
        at.catalogue.procedure(f"cn/listing/{name}", on),
        subject,
        tuple(Record.objects.filter(steps=None)),
        staff(authority, subject.division, at.clock, acting, prefix=name),
    )
    case = bench.until_notice(on)
    until = case.steps.get(act=Act.SERVE_NOTICE).open_until
    assert until is not None
    bench.take(case, Act.DECIDE, until + ONE, Outcome.LISTED)
    if bench.procedure.stage(Act.CONFIRM) is not None:
        bench.take(case, Act.CONFIRM, until + ONE, Outcome.CONFIRMED)
    bench.take(case, Act.SERVE_DECISION, until + ONE)
    return until + ONE


def told(who: Person, process: Process, lang: str = "en") -> str:
    """What the page of the answer says, below what was asked."""
    sent = who.post(
        f"/{lang}/office/counter/", business=f"cn/ndrc {process}", organisation=MOTHER, purpose="File 7"
    )
    assert sent.status_code == 302, sent.content.decode()[-1500:]
    return who.read(sent.headers["Location"]).partition("File 7")[2]


def test_a_benefit_is_told_with_its_law_and_gives_way_to_a_restriction_of_one_rank(
    office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text, source in COMPANY:
        office.deliver(name, text, source)
    planner = person("planner")
    division = Subject.objects.get(identifier=MOTHER).division
    appoint(
        planner.account.key,
        "cn/ndrc",
        level="county",
        division=division,
        from_on=FROM,
        to_on=TO,
        clock=office.clock,
        actor="test",
    )
    for process in (Process.PERMIT, Process.SUBSIDY):
        open_business(
            "cn/ndrc",
            process,
            from_on=FROM,
            to_on=TO,
            catalogue=office.catalogue,
            clock=office.clock,
            actor="test",
        )
    day = listed(office, "redlist-tax", "cn/sta", TODAY)
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", day.isoformat())

    permit = told(planner, Process.PERMIT)
    assert "CreditEase Approvals" in permit and "信易+" in permit and "yields" not in permit
    assert "信易批" in told(planner, Process.PERMIT, "zh")
    first = told(planner, Process.SUBSIDY)
    assert "国发〔2016〕33号" in first and "yields" not in first
    loans = Subscription.objects.filter(measure__path="cn/creditease-loans")
    assert [one.authority.path for one in loans] == ["cn/lenders"], "lenders are told, and decide themselves"
    assert not Order.objects.filter(authority__path="cn/lenders").exists(), "nobody orders a loan"

    later = listed(office, "wage-arrears", "cn/mohrss", day)
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", later.isoformat())
    both = told(planner, Process.SUBSIDY)
    restriction, benefit = both.index("No application for public funds"), both.index("Priority")
    assert restriction < benefit, "what prevails stands first"
    assert "Prevails over" in both[restriction:benefit]
    assert "yields" in both[benefit:] and "Gives way to “No application for public funds" in both[benefit:]
    chinese = told(planner, Process.SUBSIDY, "zh")
    assert "让位于" in chinese and "higher instrument" not in chinese
    assert "CreditEase Approvals" in told(planner, Process.PERMIT), (
        "where nothing stands against it, it stays"
    )
