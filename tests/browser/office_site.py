"""The office as it is served: cases in several states, everyone signed in, granian on a free port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import global_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from goodstanding.catalogue.measure import Process
from goodstanding.catalogue.procedure import Act, Party
from goodstanding.cli.serve import register_packs
from goodstanding.cli.session import Session
from goodstanding.ledger.models import Record
from goodstanding.measures.counter import ask, open_business
from goodstanding.measures.models import Order, Pause
from goodstanding.office.models import Draft, Upload
from goodstanding.office.workplace import workplace
from goodstanding.postgres import Role, open_cluster
from goodstanding.procedures.acting import Actor, appoint
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import Appointment, Case, Succession
from goodstanding.procedures.promising import Promised
from goodstanding.procedures.queries import mandates_of
from goodstanding.procedures.steps import Said, open_case
from tests.browser.site import running
from tests.integration.installation import TODAY, installed, migrated_template
from tests.integration.office.companies import COMPANIES
from tests.integration.office.conftest import Person, code_now, office_over, person
from tests.integration.office.team import FROM, LAW, LISTING, SECTIONS, TO, Team, team_over
from tests.integration.portal.conftest import DAUGHTER, MOTHER
from tests.integration.portal.test_publicity import HEADER, ROW

PASSWORD = "a long road to the harbour"
KEY = "a key that both processes of this test know"
EARLIER = TODAY - timedelta(days=20)
OLD = "岫环罚〔2025〕9号"
WRITTEN = dict.fromkeys(SECTIONS, "As the law says.")


@dataclass(frozen=True)
class OfficeSite:
    """Where the office listens; what stands in addresses, by name; and sessions by name."""

    address: str
    known: dict[str, str]
    sessions: dict[str, str]

    def at(self, path: str) -> str:
        """The whole address of a page, with `{name}` filled in."""
        return self.address + path.format(**self.known)


@contextmanager
def office_served(folder: Path) -> Iterator[OfficeSite]:
    """The office as `serve --office` runs it.

    Cases by name: `fresh`, `begun` and `candidate` wait for a review, `drafted` has a draft of its notice, `noticed`
    waits for the organisation, `ripe` and `ready` for a decision, `proposed` for a second official, `listed` made an
    entry whose measures rest (`stay`), `closed` is over, `objection` is open, `promised` is a commitment that runs;
    `merger` awaits its second official. Journeys go on with `fresh`, `begun` and `ripe`; the others stay as they are.
    """
    with (
        open_cluster(folder / "cluster") as server,
        migrated_template(server) as template,
        installed(server, template, folder, COMPANIES) as installation,
        office_over(installation),
        override_settings(SECRET_KEY=KEY),
        pytest.MonkeyPatch.context() as patch,
    ):
        team = team_over(installation, patch)
        old = (
            ROW.replace("2026/04/10", "2025/06/10").replace("轻微", "一般").replace("岫环罚〔2026〕7号", OLD)
        )
        assert installation.deliver("old.csv", HEADER + old, "cn/penalties").loaded == 1
        keeper = _keeper(team)
        # as `serve --office` does before it serves: who serves cannot
        register_packs(
            Session(
                installation.home, installation.lease, installation.catalogue, installation.clock, "operator"
            )
        )
        known = _played(team)
        with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
            _signs_in(team, "head")  # as it is served: else signing in keeps it anew, and ends other sessions
        _signs_in(team, "careful")
        _careful(team)
        _newcomer(team)
        records = {
            "record": Record.objects.get(
                content__subject=team.subject, content__decided_on__year=2026, steps=None
            ),
            "old": Record.objects.get(content__subject=team.subject, content__decided_on__year=2025),
        }
        known |= {name: str(one.public_id) for name, one in records.items()}
        known |= {"company": str(team.subject.public_id), "usci": MOTHER, "question": _asked(team, keeper)}
        sessions = {name: one.client.cookies["sessionid"].value for name, one in team.people.items()}
        more = {
            "GOODSTANDING_SERVED_OFFICE": "1",
            "GOODSTANDING_SERVED_HOME": str(installation.home.path),
            "GOODSTANDING_SECRET_KEY": KEY,
        }
        with running(installation.lease, Path(folder / "granian.log"), Role.APP, more) as address:
            yield OfficeSite(address, known, sessions)


def _signs_in(team: Team, name: str) -> None:
    """An account with a password that is known here."""
    one = team.people[name] if name in team.people else person(name)
    team.people[name] = one
    one.account.set_password(PASSWORD)
    one.account.save()
    one.client.force_login(one.account)  # a new password ends the sessions of the old one


def _careful(team: Team) -> None:
    """One who has signed in with both factors just now, and has recovery codes."""
    client = Client(SERVER_NAME="localhost")
    client.post("/account/login/", {"login": "careful", "password": PASSWORD})
    client.post("/account/factor/authenticate/", {"code": code_now()})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.post("/account/factor/codes/new/").status_code == 302
    team.people["careful"] = Person(team.people["careful"].account, client)


def _newcomer(team: Team) -> None:
    """One who is about to set up the second factor, and has said again who it is."""
    team.people["newcomer"] = person("newcomer", factor=False)
    _signs_in(team, "newcomer")
    sent = team.people["newcomer"].post("/account/reauthenticate/", password=PASSWORD)
    assert sent.status_code == 302


def _keeper(team: Team) -> Appointment:
    """An official of the authority before which objections and repairs come, who also has tenders."""
    team.people["keeper"] = person("keeper")
    made = appoint(
        team.people["keeper"].account.key,
        "cn/ndrc",
        level="county",
        division=team.subject.division,
        from_on=FROM,
        to_on=TO,
        clock=team.installation.clock,
        actor="test",
    )
    open_business(
        "cn/ndrc",
        Process.TENDER,
        from_on=FROM,
        to_on=TO,
        catalogue=team.installation.catalogue,
        clock=team.installation.clock,
        actor="test",
    )
    return made


def _asked(team: Team, keeper: Appointment) -> str:
    answer = ask(
        "cn/ndrc", keeper, team.subject, Process.TENDER, "tender 1", day=TODAY, clock=team.installation.clock
    )
    return str(answer.question.public_id)


def _candidate(team: Team, day: date) -> Case:
    return open_case(
        team.installation.catalogue.procedure(LISTING, day),
        team.subject,
        workplace("cn"),
        first=Deed(Act.PROPOSE, day, Party.MACHINE),
        by=Actor(Party.MACHINE),
        grounds=tuple(
            Record.objects.filter(content__subject=team.subject, content__decided_on__year=2026, steps=None)
        ),
    )


def _played(team: Team) -> dict[str, str]:
    """Cases in their states, by name."""
    clerk, rep = team.people["clerk"], team.people["rep"]

    def act(case: Case, name: str, **values: str) -> None:
        sent = clerk.post(f"/en/office/cases/{case.public_id}/{name}", **{"send": "1", **values})
        assert sent.status_code == 302, (name, sent.content.decode()[-2000:])

    def noticed(case: Case, day: date) -> None:
        act(case, "review", outcome="go_on", reasons="Seen.", **LAW)
        act(case, "notify", reasons="Seen.", **WRITTEN, **LAW)
        act(case, "serve_notice", served_on=day.isoformat(), served_how="by-post")

    team.on(EARLIER)
    earlier = {name: _candidate(team, EARLIER) for name in ("ripe", "ready", "proposed", "listed")}
    for one in earlier.values():
        noticed(one, EARLIER)
    team.on(TODAY)
    act(earlier["listed"], "decide", outcome="listed", reasons="It weighs enough.", **WRITTEN, **LAW)
    stay = _stayed(team, earlier["listed"])
    act(earlier["proposed"], "decide", outcome="listed", reasons="It weighs enough.", **WRITTEN, **LAW)
    cases = {
        name: _candidate(team, TODAY)
        for name in ("fresh", "begun", "candidate", "drafted", "noticed", "closed")
    }
    act(cases["drafted"], "review", outcome="go_on", reasons="Seen.", **LAW)
    act(cases["drafted"], "notify", keep="1", send="", facts="Half of it.")
    noticed(cases["noticed"], TODAY)
    act(cases["closed"], "review", outcome="dismissed", reasons="It was annulled.", **LAW)
    desk = f"/en/desk/cases/{cases['noticed'].public_id}"
    rep.post(f"{desk}/state", reasons="It was paid.")
    rep.post(f"{desk}/uploads", file=SimpleUploadedFile("receipt.txt", b"paid"), title="Receipt")
    assert rep.post("/en/desk/alerts/", kind="mail", address="box@example.org").status_code == 302
    record = Record.objects.get(content__subject=team.subject, content__decided_on__year=2026, steps=None)
    sent = rep.post(f"/en/desk/records/{record.public_id}/cn/objection/national", reasons="It is another's.")
    objection = Case.objects.get(kind="objection")
    assert sent.status_code == 302
    cases |= earlier | {"objection": objection}
    cases["promised"] = _promised(team, act)
    upload = Upload.objects.get()
    more = {"upload": str(upload.pk), "stay": str(stay.public_id), "merger": _merger(team)}
    return {name: str(one.public_id) for name, one in cases.items()} | more


def _promised(team: Team, act: Callable[..., None]) -> Case:
    """A commitment that is entered in the file and waits to be checked."""
    mandate = mandates_of(team.people["rep"].account.key, TODAY).get()
    case = open_case(
        team.installation.catalogue.procedure("cn/commitment/national", TODAY),
        team.subject,
        workplace("cn"),
        first=Deed(Act.APPLY, TODAY, Party.SUBJECT),
        by=Actor(Party.SUBJECT, mandate=mandate),
        said=Said(
            promises=(Promised(TODAY + timedelta(days=90), "By a visit.", en="Mended.", zh="完成整改。"),)
        ),
        authority="cn/samr",
    )
    act(case, "accept", outcome="accepted", reasons="It is whole.", **LAW)
    act(case, "publish", reasons="It is whole.", **LAW)
    return case


def _merger(team: Team) -> str:
    """What one official registered of the company, and no other has confirmed."""
    sent = team.people["clerk"].post(
        "/en/office/successions/",
        organisation=MOTHER,
        kind="merged",
        successors=DAUGHTER,
        on=TODAY.isoformat(),
        instrument="公司法",
        article="218",
        evidence="Notice 12",
        reason="Merged by absorption.",
    )
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    return str(Succession.objects.get().public_id)


def _stayed(team: Team, case: Case) -> Pause:
    """The decision that was proposed is signed, confirmed and served; a court stays it."""
    own, day = f"/en/office/cases/{case.public_id}", TODAY.isoformat()
    signed = {"sign": "1", "digest": Draft.objects.get(case=case).digest}
    confirmed = {"send": "1", "outcome": "confirmed", "reasons": "Agreed.", **LAW}
    served = {"send": "1", "served_on": day, "served_how": "by-post"}
    suit = {"kind": "administrative_suit", "stayed": "on", "from_on": day, "reference": "Court, No. 1"}
    law = {"instrument_1": "中华人民共和国行政诉讼法", "article_1": "56"}
    for name, page, values in (
        ("head", "decide", signed),
        ("above", "confirm", confirmed),
        ("clerk", "serve_decision", served),
    ):
        sent = team.people[name].post(f"{own}/{page}", **values)
        assert sent.status_code == 302, (page, sent.content.decode()[-2000:])
    until = {"to_on": str(Order.objects.order_by("pk")[0].to_on), "evidence": "Ruling"}
    sent = team.people["clerk"].post(f"{own}/rests", **suit, **until, **law)
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    return Pause.objects.get()
