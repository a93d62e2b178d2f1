"""An office enters a stay of its decision and its end; every page that tells of the measures says so, and who asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from goodstanding.catalogue.measure import Process
from goodstanding.catalogue.procedure import Act
from goodstanding.ledger.ending import judge_merge
from goodstanding.ledger.models import Merge, Subject
from goodstanding.measures.counter import ask, open_business, use
from goodstanding.measures.lines import lines_of
from goodstanding.measures.models import MeasureVersion, Order, Pause, Report, Resumption
from goodstanding.measures.reporting import report
from goodstanding.measures.resting import Over, Plan, Shown, Suit, pause, resume, shield
from goodstanding.measures.rests import rests_of
from goodstanding.measures.succession import follow_memoranda
from goodstanding.office.alerts.collecting import collect
from goodstanding.office.alerts.saying import headline
from goodstanding.office.alerts.sending import fan_out
from goodstanding.office.casepage import case_page
from goodstanding.office.following import follows_from
from goodstanding.office.models import Channel, Delivery
from goodstanding.portal.language import Language
from goodstanding.postgres import Lease
from goodstanding.procedures.acting import appoint, mandate
from goodstanding.procedures.queries import Viewer
from tests.integration.installation import Template, installed
from tests.integration.measures.conftest import ASKED_ON, DAY, KEEPER, Desk, _desk
from tests.integration.measures.test_succession import changed
from tests.integration.office.conftest import Person, office_over, person
from tests.integration.office.test_paper import text_of
from tests.integration.portal.conftest import DAUGHTER
from tests.integration.procedures.conftest import COMPANY, FROM, TO

LAW = {"instrument_1": "中华人民共和国行政诉讼法", "article_1": "56"}


@pytest.fixture
def desk(
    server: Lease, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The company on the list of wage arrears, published, over the pages of the office."""
    with installed(server, template, tmp_path, COMPANY) as company, office_over(company):
        one = _desk(company, DAY)
        case, day = one.listed()
        one.bench.take(case, Act.PUBLISH, day)
        monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", ASKED_ON.isoformat())
        yield one


def official(desk: Desk, name: str, authority: str) -> Person:
    who = person(name)
    given: dict[str, Any] = {
        "level": "county",
        "division": desk.bench.subject.division,
        "from_on": FROM,
        "to_on": TO,
    }
    appoint(who.account.key, authority, actor="test", clock=desk.clock, **given)
    return who


def channel(who: Person) -> Channel:
    """A mailbox that was confirmed."""
    now = timezone.now()
    return Channel.objects.create(
        account=who.account,
        kind=Channel.Kind.MAIL,
        address=f"{who.account.username}@example.org",
        lang="en",
        confirm_by=now,
        confirmed_at=now,
    )


def heard(told: dict[str, Channel]) -> dict[str, set[str]]:
    """What each is told after a round, in both languages."""
    collect()
    fan_out()
    return {
        name: {
            headline(each.alert, lang)
            for each in Delivery.objects.filter(channel=one).select_related("alert__subject")
            for lang in Language
            if each.alert
        }
        for name, one in told.items()
    }


def plain(text: str) -> str:
    return text.replace("（", "(").replace("）", ")").replace(" ", "")


def test_a_stay_is_entered_shown_everywhere_and_ended(desk: Desk) -> None:
    keeper, other = official(desk, "keeper", KEEPER), official(desk, "other", "cn/samr")
    rep = person("rep")
    mandate(rep.account.key, desk.bench.subject, from_on=FROM, to_on=TO, clock=desk.clock, actor="test")
    clerk = official(desk, "clerk", "cn/ndrc")
    mails = {one: channel(who) for one, who in (("rep", rep), ("clerk", clerk), ("other", other))}
    assert "Orders were given to your office on 10 March 2026: 3" in heard(mails)["clerk"]
    case = desk.bench.subject.cases.get()
    own, public = f"/en/office/cases/{case.public_id}", f"/en/case/{case.public_id}"
    file = f"/en/file/{desk.bench.subject.public_id}"
    assert "Enter a suit or a plan" in keeper.read(own)
    assert other.get(f"{own}/rests").status_code == 404
    order = Order.objects.first()
    assert order is not None
    filled = {
        "kind": "administrative_suit",
        "stayed": "on",
        "from_on": str(ASKED_ON),
        "to_on": str(order.to_on),
    }
    filled |= {"reference": "Court, No. 1", "evidence": "Ruling of 1 April", **LAW}
    empty = keeper.post(f"{own}/rests", **{**filled, "evidence": ""})
    assert empty.status_code == 422 and not Pause.objects.exists()
    wrong = keeper.post(f"{own.replace('/en/', '/zh/')}/rests", **{**filled, "stayed": ""})
    assert wrong.status_code == 422
    assert "GS-ORDER-068" in wrong.content.decode() and "没有惩戒措施的法律规定" in wrong.content.decode()
    assert keeper.post(f"{own}/rests", **filled).status_code == 302
    assert "Court, No. 1" in keeper.read(own) and "rests (the decision was stayed)" in keeper.read(own)
    assert "Court, No. 1" in rep.read(f"/en/desk/cases/{case.public_id}")
    assert rep.get(f"{own}/rests").status_code == 404
    for page in (public, file):
        told = keeper.read(page)
        assert "Administrative suit (the decision was stayed)" in told, page
        assert "Court, No. 1" not in told, "the court's number may name a person: the parties see it"
    assert "(决定已停止执行)" in keeper.read(public.replace("/en/", "/zh/")).replace("（", "(").replace(
        "）", ")"
    )
    rests = {"en": "Measures rest from 1 April 2026", "zh": "自2026年4月1日起暂停措施"}
    said = heard(mails)
    assert said["other"] == set(), "an office that owes none of its measures hears nothing"
    for who in ("rep", "clerk"):
        assert all(any(one.startswith(text) for one in said[who]) for text in rests.values()), said
    paper = text_of(rep.get(f"/en/desk/cases/{case.public_id}.pdf"))
    for one in (
        "What follows from it",
        "rests (the decision was stayed)",
        "Court, No. 1",
        "Ruling of 1 April",
    ):
        assert one in paper, one
    assert "暂停(决定已停止执行)" in plain(text_of(keeper.get(f"{own.replace('/en/', '/zh/')}.pdf")))
    stay = Pause.objects.get()
    assert keeper.get(f"{own}/rests/{uuid4()}").status_code == 404
    ended = {"outcome": "upheld", "on": str(ASKED_ON), "evidence": "Judgment"}
    assert keeper.post(f"{own}/rests/{stay.public_id}", **{**ended, "outcome": "failed"}).status_code == 422
    assert keeper.post(f"{own}/rests/{stay.public_id}", **ended).status_code == 302
    assert Resumption.objects.get().outcome == "upheld"
    assert "The decision was upheld." in keeper.read(own)
    assert "Administrative suit" not in keeper.read(file)
    over = "Measures that rested apply again from 1 April 2026: Administrative suit The decision was upheld."
    assert all(over in heard(mails)[who] for who in ("rep", "clerk"))
    repealed = changed(desk.bench.office.catalogue, lambda one: replace(one, valid_to=ASKED_ON))
    assert follow_memoranda(repealed, desk.bench.at(ASKED_ON).clock).lifted == 11
    assert any(one.startswith("Measures were lifted on 1 April 2026, because") for one in heard(mails)["rep"])
    assert any(one.startswith("Orders of your office ended on 1 April 2026") for one in heard(mails)["clerk"])
    assert "The memorandum was repealed on 1 April 2026." in rep.read(f"/en/desk/cases/{case.public_id}")
    assert "The memorandum was repealed on 1 April 2026." in text_of(keeper.get(f"{own}.pdf"))
    assert (
        clerk.get("/en/office/alerts/").status_code == 200
        and clerk.get("/en/desk/alerts/").status_code == 404
    )
    assert "Orders of your office ended" in clerk.read("/en/office/alerts/")


def test_the_organisation_sees_on_its_desk_which_office_asked_and_what_it_made_of_it(desk: Desk) -> None:
    rep, rival = person("rep"), person("rival")
    mandate(rep.account.key, desk.bench.subject, from_on=FROM, to_on=TO, clock=desk.clock, actor="test")
    address = f"/en/desk/organisations/{desk.bench.subject.public_id}"
    assert "Nobody asked." in rep.read(address)
    day = date(2026, 3, 31)
    catalogue, clock = desk.bench.office.catalogue, desk.bench.at(ASKED_ON).clock
    open_business(
        "cn/ndrc", Process.SUBSIDY, from_on=FROM, to_on=TO, catalogue=catalogue, clock=clock, actor="test"
    )
    answer = ask("cn/ndrc", desk.planner, desk.bench.subject, Process.SUBSIDY, "File 9", day=day, clock=clock)
    assert "has not said yet" in rep.read(address) and "File 9" in rep.read(address)
    order = desk.order("cn/public-funds")
    use(answer.question, desk.planner, order=order, applied=False, why="Too small.", on=day, clock=clock)
    told = rep.read(address)
    assert "Not applied:" in told and "Too small." in told and "planner" not in told
    assert rival.get(address).status_code == 404


def test_the_page_of_a_case_says_by_one_statement_what_the_sets_say_of_its_orders(desk: Desk) -> None:
    case, subject, clock = desk.bench.subject.cases.get(), desk.bench.subject, desk.bench.at(ASKED_ON).clock
    keeper = official(desk, "keeper", KEEPER)
    viewer = Viewer.of(keeper.account.key, ASKED_ON)
    by, order = viewer.appointments[0], desk.order("cn/public-funds")
    record = order.record
    other = Subject.objects.get(identifier=DAUGHTER)
    shown = Shown((("国办发〔2025〕22号", ""),), "Court, No. 2", "Ruling")

    def told() -> tuple[list[str], int]:
        page = case_page(case.public_id, viewer, Language.EN)
        follows = follows_from(page) if page else None
        assert follows is not None
        orders = [one.line for one in follows.orders]
        assert orders == list(lines_of(Order.objects.filter(record=record), ASKED_ON))
        assert [one.line for one in follows.rests] == list(rests_of([record.pk], subject, ASKED_ON))
        return sorted(f"{one.state} {one.rests}" for one in orders if one.order == order), len(follows.rests)

    assert told() == (["owed None"], 0)
    report(order, Report.About.CARRIED_OUT, desk.planner, on=ASKED_ON, clock=clock, what="Struck off.")
    assert told() == (["done None"], 0)
    pause(record, by, Suit.COURT, shown, stayed=True, from_on=ASKED_ON, to_on=order.to_on, clock=clock)
    assert told() == (["rests stayed"], 1)
    resume(Pause.objects.get(), by, Over.STAY_ENDED, "Ruling", on=ASKED_ON, clock=clock)
    assert told() == (["done None"], 1)
    assert MeasureVersion.objects.get(pk=order.measure_id).shielded_by_plan
    shield(subject, by, Plan.REORGANISATION, shown, from_on=ASKED_ON, to_on=order.to_on, clock=clock)
    assert told() == (["rests plan"], 2)
    judge_merge(Merge.Kind.SAME, subject, other, reason="One company.", clock=clock, actor="test")
    assert told() == (["rests plan"], 2), (
        "a plan shields also under the name of which it was judged to be one"
    )
