"""An official's day: what is due, a case on one page, acts by forms, two who sign, and nothing lost."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from goodstanding.ledger.models import Content
from goodstanding.office.models import Draft
from goodstanding.postgres import Role
from goodstanding.procedures.models import Case, Step
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import Person, person
from tests.integration.office.team import LAW, SECTIONS, Team, team_over

QUEUE = "/en/office/"
WRITTEN = {one: f"What is said of {one}." for one in SECTIONS}


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def page_of(case: Case, act: str = "", lang: str = "en") -> str:
    return f"/{lang}/office/cases/{case.public_id}" + (f"/{act}" if act else "")


def done(who: Person, case: Case, act: str, **values: object) -> None:
    """An act that is taken at once."""
    sent = who.post(page_of(case, act), send="1", **values)
    assert sent.status_code == 302, text_of_any(sent)
    assert Step.objects.filter(case=case, act=act).exists()


def test_a_restricted_record_of_another_authority_is_not_opened_by_a_case(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    assert "岫环罚〔2026〕7号" in clerk.read(page_of(case))
    with team.installation.connect(Role.OWNER) as connection:
        connection.execute("ALTER TABLE ledger_content DISABLE TRIGGER USER")
        connection.execute("UPDATE ledger_content SET access = 2")
    assert "岫环罚〔2026〕7号" not in clerk.read(page_of(case))


def test_nobody_writes_over_what_another_has_written(team: Team) -> None:
    case, clerk, head = team.candidate(), team.people["clerk"], team.people["head"]
    done(clerk, case, "review", outcome="go_on", **LAW)
    clerk.post(page_of(case, "notify"), keep="1", facts="The clerk's.")
    unseen = head.post(page_of(case, "notify"), keep="1", facts="The head's.")
    assert unseen.status_code == 422 and "GS-OFFICE-011" in unseen.content.decode()
    assert "The head&#x27;s." in unseen.content.decode(), "and loses nothing"
    assert "The clerk&#x27;s." in unseen.content.decode(), "and reads what is there now"
    assert Draft.objects.get(case=case).values["facts"] == "The clerk's."
    read = Draft.objects.get(case=case).digest
    assert head.post(page_of(case, "notify"), keep="1", facts="Both.", read=read).status_code == 302
    done(clerk, case, "notify", reasons="As follows.", read=Draft.objects.get().digest, **WRITTEN, **LAW)
    assert not Draft.objects.exists(), "what was done is no draft any more"


def test_a_refusal_is_told_beside_the_form_in_words(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    done(clerk, case, "review", outcome="go_on", **LAW)
    done(clerk, case, "notify", reasons="As follows.", **WRITTEN, **LAW)
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    sent = clerk.post(page_of(case, "serve_notice"), send="1", served_on=tomorrow, served_how="in-person")
    assert sent.status_code == 422
    assert "A service needs the day on which the document arrived." in sent.content.decode()
    assert f'value="{tomorrow}"' in sent.content.decode(), "what was filled in is still there"
    chinese = clerk.post(
        page_of(case, "serve_notice", "zh"), send="1", served_on=tomorrow, served_how="in-person"
    ).content.decode()
    assert "送达须载明文书到达日期" in chinese and "GS-CASE-009" in chinese


def text_of_any(response: object) -> str:
    return str(getattr(response, "content", b"").decode())[-3000:]


def noticed(team: Team) -> tuple[Case, date]:
    """A case whose notice was served, and the first day after the organisation's term."""
    case, clerk = team.candidate(), team.people["clerk"]
    done(clerk, case, "review", outcome="go_on", reasons="Two penalties.", **LAW)
    done(clerk, case, "notify", reasons="As follows.", **WRITTEN, **LAW)
    done(clerk, case, "serve_notice", served_on=TODAY.isoformat(), served_how="in-person")
    until = case.steps.get(act="serve_notice").open_until
    assert until is not None
    return case, until + timedelta(days=1)


def test_a_case_goes_from_the_queue_to_the_list_with_two_who_sign(team: Team) -> None:
    clerk, head, above = (team.people[one] for one in ("clerk", "head", "above"))
    case, day = noticed(team)
    assert "5 working days, counted from 2 March 2026" in clerk.read(page_of(case))
    team.on(day)
    decision = {"outcome": "listed", "reasons": "It weighs enough.", **WRITTEN, **LAW}
    assert head.post(page_of(case, "decide"), send="1", **decision).status_code == 302
    assert not case.steps.filter(act="decide").exists(), "one alone decides nothing"
    draft = Draft.objects.get(case=case)
    alone = head.post(page_of(case, "decide"), sign="1", digest=draft.digest)
    assert alone.status_code == 422 and "GS-OFFICE-010" in alone.content.decode()
    shown = clerk.read(page_of(case, "decide"))
    assert "It weighs enough." in shown and "Official head proposes this" in shown
    stale = clerk.post(page_of(case, "decide"), sign="1", digest="of another text")
    assert "GS-OFFICE-011" in stale.content.decode()
    assert clerk.post(page_of(case, "decide"), sign="1", digest=draft.digest).status_code == 302
    step = case.steps.get(act="decide")
    assert step.appointment is not None and step.second is not None
    assert (step.appointment.account, step.second.account) == (head.account.key, clerk.account.key)
    assert not Draft.objects.exists()
    done(above, case, "confirm", outcome="confirmed", reasons="Agreed.", **LAW)
    done(clerk, case, "serve_decision", served_on=day.isoformat(), served_how="by-post")
    assert Content.objects.filter(item__path="cn/listing.market-serious").count() == 1
    team.on(day + timedelta(days=60))
    assert re.search(r"\d+ working days late", clerk.read(QUEUE)), "publication was due within 20"
    paper = clerk.read(f"{page_of(case)}/documents/{step.number}")
    assert "事实 Facts What is said of facts." in paper
    assert "Official head, Official clerk" in paper


def test_what_was_written_stays_when_a_form_is_refused(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    done(clerk, case, "review", outcome="go_on", **LAW)
    sent = clerk.post(page_of(case, "notify"), send="1", facts="Long in the writing.", reasons="As follows.")
    assert sent.status_code == 422
    shown = sent.content.decode()
    assert "Long in the writing." in shown
    assert "The document must state this." in shown and "Name the law that it rests on." in shown
    clerk.post(page_of(case, "notify"), keep="1", facts="Half of it.")
    assert "Half of it." in clerk.get(page_of(case, "notify")).content.decode()
    assert "There is a draft of Official clerk." in clerk.read(page_of(case))
    assert "Nothing of what you wrote is lost" in shown
    assert "保存草稿" in clerk.read(page_of(case, "notify", "zh"))


def test_what_cannot_come_yet_has_no_form(team: Team) -> None:
    case, _ = noticed(team)
    head = team.people["head"]
    assert "/decide" not in head.get(page_of(case)).content.decode(), (
        "it cannot come while the organisation may speak"
    )
    assert head.get(page_of(case, "decide")).status_code == 409


def test_a_notice_proposes_what_the_case_says(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    done(clerk, case, "review", outcome="go_on", **LAW)
    form = clerk.get(page_of(case, "notify")).content.decode()
    assert "within 5 working days of the service" in form and "送达之日起 5 个工作日内" in form
    assert "国家市场监督管理总局令第44号" in form
    assert "carried out by:" in form and "实施机关" in form, (
        "the measures that the memoranda attach to this list"
    )


def test_the_queue_begins_with_what_is_late_and_is_narrowed(team: Team) -> None:
    case, _ = noticed(team)
    second = team.candidate(team.other)
    assert clerk_rows(team) == [str(case.public_id)], "the other is another county's"
    above = team.people["above"]
    assert str(second.public_id) in above.get(QUEUE).content.decode(), "the province sees its counties"
    assert "No case is like this." in above.read(f"{QUEUE}?kind=repair")
    assert "No case is like this." in above.read(f"{QUEUE}?over=1")
    assert str(case.public_id) in above.get(f"{QUEUE}?act=serve_notice").content.decode()


def clerk_rows(team: Team) -> list[str]:
    shown = team.people["clerk"].get(QUEUE).content.decode()
    return [str(one.public_id) for one in Case.objects.order_by("pk") if str(one.public_id) in shown]


def test_an_official_without_a_second_factor_sees_nothing(team: Team) -> None:
    case = team.candidate()
    clerk = team.people["clerk"]
    Authenticator.objects.filter(user=clerk.account).delete()
    for path in (QUEUE, page_of(case), page_of(case, "review")):
        assert clerk.get(path).headers["Location"] == "/account/factor/totp/"
    fresh = person("fresh", settled=False)
    assert fresh.get(QUEUE).status_code == 404, "nobody without an appointment"
