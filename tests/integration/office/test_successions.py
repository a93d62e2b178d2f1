"""What became of an organisation: said by two officials, on the files of all of them, and nothing passes by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Event, Record
from goodstanding.ledger.writing import writing
from goodstanding.office.workplace import workplace
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Confirmation, Mandate, Step, Succession, Successor
from goodstanding.procedures.promising import Promised
from goodstanding.procedures.queries import Viewer, appointments_of
from goodstanding.procedures.steps import Said, open_case, take_step
from goodstanding.procedures.successions import (
    Known,
    confirm_succession,
    left_open,
    now_of,
    register_succession,
)
from tests.integration.installation import TODAY, Installation
from tests.integration.office.team import Team, team_over
from tests.integration.portal.conftest import DAUGHTER, MOTHER

AT = "/en/office/successions/"
LAW = (("公司法", "218"),)
SAID = {
    "organisation": MOTHER,
    "kind": "merged",
    "successors": DAUGHTER,
    "on": (TODAY - timedelta(days=3)).isoformat(),
    "instrument": "公司法",
    "article": "218",
    "evidence": "Notice of registration 12",
    "reason": "Merged by absorption.",
}


class Ahead(Clock):
    """An hour at which it is the next day already where the office sits: from 16 to 24 of UTC in China."""

    def today(self, zone: str = "UTC") -> date:
        return super().today() + timedelta(days=zone != "UTC")


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def file_of(team: Team, lang: str = "en") -> tuple[str, str]:
    """The public pages of both organisations."""
    client = Client(SERVER_NAME="localhost")
    first, second = (
        client.get(f"/{lang}/file/{one.public_id}").content for one in (team.subject, team.other)
    )
    return " ".join(first.decode().split()), " ".join(second.decode().split())


def test_two_officials_say_it_both_files_link_and_no_record_passes(team: Team) -> None:
    case = team.candidate()
    clerk, head = team.people["clerk"], team.people["head"]
    for other in ("tax", "rep", "none"):
        assert team.people[other].get(AT).status_code == 404, "who registers nobody has no such page"
    assert "What became of organisations" in clerk.read("/en/office/")
    wrong = clerk.post(AT, **{**SAID, "successors": ""})
    assert wrong.status_code == 422 and "do not go with" in wrong.content.decode()
    sent = clerk.post(AT, **SAID)
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    address = sent.headers["Location"]
    assert "Another official confirms it" in clerk.read(address)
    assert clerk.post(address).status_code == 422, "one official is not two"
    before = file_of(team)
    assert "there no more" not in clerk.read(f"/en/office/cases/{case.public_id}"), "one official is not two"
    assert "It was merged into" not in before[0], "unconfirmed it says nothing"
    assert "Merged into another" in head.read(AT) and "Listing" in head.read(address)
    assert head.post(address).status_code == 302
    own = f"/en/office/cases/{case.public_id}"
    assert "The organisation is there no more since 27 February 2026." in clerk.read(own)
    mother, daughter = file_of(team)
    assert "It was merged into" in mother and "Notice of registration 12" in mother and "公司法" in mother
    assert "Merged into it:" in daughter
    assert [one.count("7号") for one in (mother, daughter)] == [before[0].count("7号"), 0], "no record passes"
    assert "已并入" in file_of(team, "zh")[0] and "并入本组织" in file_of(team, "zh")[1]
    with pytest.raises(Refusal, match="GS-CASE-135"):
        team.candidate()
    assert not Step.objects.filter(case=case, closes=True).exists(), "the case ends by its own procedure"
    assert check(team.installation.home).findings == ()


def test_who_is_gone_is_not_listed_and_what_was_wrong_is_restored(team: Team) -> None:
    case = team.candidate()
    one, clock = team.installation, team.installation.clock
    clerk, head, tax, far = (
        appointments_of(team.people[name].account.key, TODAY).get()
        for name in ("clerk", "head", "tax", "elsewhere")
    )
    gone = Known(Succession.Kind.DISSOLVED, TODAY, LAW, "Notice 13", "Deregistered.")
    for by, known, code in (
        (tax, gone, "GS-CASE-130"),
        (far, gone, "GS-CASE-130"),
        (clerk, Known(gone.kind, TODAY + timedelta(days=9), LAW, "Notice 13", "So."), "GS-CASE-131"),
        (clerk, Known(gone.kind, TODAY, (), "Notice 13", "So."), "GS-CASE-131"),
        (clerk, Known(gone.kind, TODAY, LAW, "11010519491231002X", "So."), "GS-CASE-012"),
        (clerk, Known(Succession.Kind.SPLIT, TODAY, LAW, "N", "So.", (team.other,)), "GS-CASE-132"),
        (clerk, Known(Succession.Kind.RESTORED, TODAY, LAW, "N", "So."), "GS-CASE-133"),
    ):
        with pytest.raises(Refusal, match=code):
            register_succession(team.subject, known, by, catalogue=one.catalogue, clock=clock)
    made = register_succession(team.subject, gone, clerk, catalogue=one.catalogue, clock=clock)
    with pytest.raises(Refusal, match="GS-CASE-134"):
        confirm_succession(made, clerk, catalogue=one.catalogue, clock=clock)
    assert now_of(team.subject) is None
    confirm_succession(made, head, catalogue=one.catalogue, clock=clock)
    assert now_of(team.subject) == made and "was dissolved" in file_of(team)[0]
    procedure = one.catalogue.procedure(case.procedure.path, TODAY)
    stage = procedure.stage(Act.REVIEW)
    assert stage is not None
    dismissed = Deed(Act.REVIEW, TODAY, stage.party, Outcome.DISMISSED)
    take_step(case, dismissed, Actor(Party.OFFICIAL, clerk), workplace("cn"), Said("It was dissolved.", LAW))
    assert case.steps.get(closes=True).outcome == "dismissed"
    back = Known(Succession.Kind.RESTORED, TODAY, LAW, "Notice 14", "Another company was meant.")
    again = register_succession(team.subject, back, head, catalogue=one.catalogue, clock=clock)
    confirm_succession(again, clerk, catalogue=one.catalogue, clock=clock)
    assert now_of(team.subject) is None and "was dissolved" not in file_of(team)[0]
    assert Record.objects.count() == 2 and check(one.home).findings == ()


def test_who_registers_an_organisation_learns_of_no_undecided_case_of_another_office(team: Team) -> None:
    own = team.candidate()
    catalogue, clock = team.installation.catalogue, team.installation.clock
    clerk = appointments_of(team.people["clerk"].account.key, TODAY).get()
    other = open_case(
        catalogue.procedure("cn/commitment/national", TODAY),
        team.subject,
        workplace("cn"),
        first=Deed(Act.APPLY, TODAY, Party.SUBJECT),
        by=Actor(Party.SUBJECT, mandate=Mandate.objects.get(subject=team.subject)),
        said=Said(
            text="We commit ourselves.", promises=(Promised(date(2026, 6, 30), "By a visit.", en="More."),)
        ),
        authority="cn/sta",
    )
    gone = Known(Succession.Kind.DISSOLVED, TODAY, LAW, "Notice 17", "Deregistered.")
    made = register_succession(team.subject, gone, clerk, catalogue=catalogue, clock=clock)
    read = team.people["clerk"].get(f"{AT}{made.public_id}").content.decode()
    assert str(own.public_id) in read and str(other.public_id) not in read and "cn/sta" not in read
    assert left_open(team.subject, Viewer(appointments=(clerk,))) == [own]


def test_it_is_said_and_confirmed_while_the_day_of_the_office_is_ahead_of_that_of_the_ledger(
    team: Team,
) -> None:
    clerk, head = (appointments_of(team.people[name].account.key, TODAY).get() for name in ("clerk", "head"))
    catalogue, clock = team.installation.catalogue, Ahead(TODAY)
    tomorrow = TODAY + timedelta(days=1)
    gone = Known(Succession.Kind.DISSOLVED, tomorrow, LAW, "Notice 16", "Deregistered.")
    made = register_succession(team.subject, gone, clerk, catalogue=catalogue, clock=clock)
    assert confirm_succession(made, head, catalogue=catalogue, clock=clock).on == tomorrow
    assert now_of(team.subject) == made and check(team.installation.home).findings == ()


def test_the_database_refuses_one_official_alone_and_a_successor_added_later(team: Team) -> None:
    team.candidate()
    one, clock = team.installation, team.installation.clock
    clerk = appointments_of(team.people["clerk"].account.key, TODAY).get()
    known = Known(Succession.Kind.MERGED, TODAY, LAW, "Notice 15", "Merged.", (team.other,))
    made = register_succession(team.subject, known, clerk, catalogue=one.catalogue, clock=clock)

    head = appointments_of(team.people["head"].account.key, TODAY).get()
    for by, on in ((clerk, TODAY), (head, date(1900, 1, 1)), (head, TODAY + timedelta(days=2))):
        with (
            pytest.raises(IntegrityError, match="GS-CASE-136"),
            writing(Event.Kind.CASE, actor="x", clock=clock) as event,
        ):
            Confirmation.objects.create(succession=made, on=on, appointment=by, event=event)
    with (
        pytest.raises(IntegrityError, match="GS-CASE-138"),
        writing(Event.Kind.CASE, actor="x", clock=clock) as event,
    ):
        Successor.objects.create(succession=made, subject=team.subject, event=event)
    with (
        pytest.raises(IntegrityError, match="GS-CASE-138"),
        writing(Event.Kind.CASE, actor="x", clock=clock) as event,
    ):
        Succession.objects.create(
            subject=team.subject,
            kind="split",
            on=TODAY,
            law=[["公司法", "222"]],
            evidence="N",
            reason="Split.",
            appointment=clerk,
            event=event,
        )
