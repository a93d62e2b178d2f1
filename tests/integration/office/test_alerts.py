"""What concerns an organisation reaches who acts for it, once; what reached nobody is seen in the office."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from goodstanding.office.alerts import mail, webhook
from goodstanding.office.alerts.collecting import collect
from goodstanding.office.alerts.keys import signing_secret
from goodstanding.office.alerts.queries import undelivered
from goodstanding.office.alerts.rounds import Round, forget, tell
from goodstanding.office.alerts.sending import PAUSES, fan_out, send_due
from goodstanding.office.alerts.webhook import Answer
from goodstanding.office.below import below
from goodstanding.office.models import Alert, Channel, Delivery, Sending
from goodstanding.procedures.acting import withdraw
from goodstanding.procedures.models import Case, Mandate
from tests.integration.installation import TODAY, Installation
from tests.integration.office.team import LAW, SECTIONS, Team, team_over
from tests.integration.office.test_desk import noticed, page_of, serve

DESK = "/en/desk/"
ALERTS = f"{DESK}alerts/"


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    monkeypatch.setenv(mail.SERVER, "file:")
    monkeypatch.setenv(webhook.LOOPBACK, "1")
    yield team_over(with_companies, monkeypatch)


def letters(team: Team) -> list[tuple[str, str]]:
    """Subject line and text of all mail, the oldest first."""
    found = []
    files = sorted(mail.outbox(team.installation.home).glob("*"), key=lambda one: one.stat().st_mtime_ns)
    for path in files:
        read = BytesParser(policy=policy.default).parsebytes(_first(path))
        body = read.get_body()
        assert body is not None
        found.append((str(read["Subject"]), str(body.get_content())))
    return found


def _first(path: Path) -> bytes:
    return path.read_bytes().split(b"\n" + b"-" * 79)[0]


def told(team: Team) -> str:
    return "\n".join(f"{subject}\n{text}" for subject, text in letters(team))


def subscribed(team: Team, name: str = "rep") -> Channel:
    """A mailbox of one of the team, confirmed on the page by the code that came there."""
    one = team.people[name]
    assert one.post(ALERTS, kind="mail", address=f"desk-{name}@example.org").status_code == 302
    tell(team.installation.home)
    code = re.findall(r": ([A-Z0-9]{8})\.", told(team))[-1]
    channel = Channel.objects.get(account=one.account)
    assert one.post(f"{ALERTS}{channel.pk}", code="WRONG123").status_code == 422
    assert one.post(f"{ALERTS}{channel.pk}", code=code.lower()).status_code == 302
    channel.refresh_from_db()
    assert channel.confirmed_at is not None
    return channel


def test_a_notice_and_the_end_of_its_term_are_told_once_each(team: Team) -> None:
    subscribed(team)
    case = noticed(team)
    tell(team.installation.home)
    assert "Draw up" not in told(team), "what is within the office is told nobody"
    serve(team, case)
    tell(team.installation.home)
    assert "Your term ends on 9 March 2026" in told(team)
    assert str(case.public_id) in told(team) and "facts of the notice" not in told(team)
    assert "accepted on" in team.people["clerk"].read(f"/en/office/cases/{case.public_id}")
    before = len(letters(team))
    assert tell(team.installation.home) == Round(0, 0, 0, 0, 0) and len(letters(team)) == before
    for day in (date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9)):
        team.on(day)
        tell(team.installation.home)
    ends = Alert.objects.filter(case=case, kind="term").order_by("made_at").values_list("about", "on")
    steps = sorted({(about.rsplit(":", 1)[1], on.isoformat()) for about, on in ends})
    assert steps == [("0", "2026-03-09"), ("2", "2026-03-05"), ("5", "2026-03-02")]
    team.on(date(2026, 3, 10))
    assert not [one for one in _new_alerts() if one.kind == "term"], "it is over"


def _new_alerts() -> list[Alert]:
    known = set(Alert.objects.values_list("pk", flat=True))
    collect()
    return list(Alert.objects.exclude(pk__in=known))


def test_what_reaches_nobody_is_seen_in_the_queue_and_on_the_case(team: Team) -> None:
    case, clerk = noticed(team), team.people["clerk"]
    at = f"/en/office/cases/{case.public_id}"
    serve(team, case)
    assert "this term may pass unseen" in clerk.read(at), "before any round too"
    tell(team.installation.home)
    assert "not reached" in clerk.read("/en/office/")
    assert "nobody has asked to be told" in clerk.read(at) and "this term may pass unseen" in clerk.read(at)
    assert "You are not told of anything" in team.people["rep"].read(DESK)
    subscribed(team)
    tell(team.installation.home)
    assert "not reached" not in clerk.read("/en/office/"), "told later, of what is still open"
    assert "this term may pass unseen" not in clerk.read(at)


def test_without_a_mail_server_nothing_counts_as_told(team: Team) -> None:
    subscribed(team)
    team.patch.delenv(mail.SERVER)
    case, clerk = noticed(team), team.people["clerk"]
    serve(team, case)
    tell(team.installation.home)
    at = f"/en/office/cases/{case.public_id}"
    assert "on its way" in clerk.read(at) and "not reached" not in clerk.read("/en/office/")
    team.on(TODAY + timedelta(days=4))
    assert "no address accepted it in time" in clerk.read(at) and "not reached" in clerk.read("/en/office/")
    team.on(TODAY)
    team.people["rep"].post(page_of(case, "/state"), reasons="We read it ourselves.")
    assert "it has acted since" in clerk.read(at) and "not reached" not in clerk.read("/en/office/")


def test_a_new_record_is_told_without_any_case_and_above_it_what_everyone_may_know(team: Team) -> None:
    assert below([team.subject.pk], TODAY) == {team.subject.pk: {team.other.pk}}
    channel = subscribed(team)
    Channel.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    tell(team.installation.home)
    about = {one.alert.subject_id for one in Delivery.objects.filter(channel=channel) if one.alert}
    assert about == {team.subject.pk, team.other.pk}, "its own penalty, and the public one of its subsidiary"
    theirs = noticed_theirs(team)
    tell(team.installation.home)
    mine = Delivery.objects.filter(channel=channel, alert__case__isnull=False)
    assert not mine.exists(), "of the subsidiary's case nothing: there is no mandate"
    assert Alert.objects.filter(case=theirs).exists()


def noticed_theirs(team: Team) -> Case:
    case = team.candidate(team.other)
    at = f"/en/office/cases/{case.public_id}"
    sections = dict.fromkeys(SECTIONS, "As it is.")
    official = team.people["elsewhere"]
    official.post(f"{at}/review", send="1", outcome="go_on", reasons="Seen.", **LAW)
    official.post(f"{at}/notify", send="1", reasons="Seen.", **sections, **LAW)
    official.post(f"{at}/serve_notice", send="1", served_on=TODAY.isoformat(), served_how="by-post")
    return case


def test_a_webhook_is_tried_again_under_the_same_id_and_given_up_at_last(team: Team) -> None:
    sent: list[tuple[str, bytes, str]] = []
    answers = [Answer(True, "HTTP 204")]

    def post(url: str, body: bytes, *, delivery: str, timestamp: str, secret: str) -> Answer:
        sent.append((delivery, body, secret))
        return answers[0]

    team.patch.setattr(webhook, "post", post)
    rep, home = team.people["rep"], team.installation.home
    refused = rep.post(ALERTS, kind="webhook", address="https://10.0.0.1/")
    assert refused.status_code == 422 and "GS-OFFICE-032" in refused.content.decode()
    shown = rep.post(ALERTS, kind="webhook", address="https://hooks.example.org/x")
    channel = Channel.objects.get()
    secret = signing_secret(channel, home)
    assert secret in shown.content.decode() and secret not in rep.read(ALERTS), "shown once"
    tell(home)
    assert rep.post(f"{ALERTS}{channel.pk}", code=json.loads(sent[-1][1])["code"]).status_code == 302
    answers[0] = Answer(False, "HTTP 503")
    case = noticed(team)
    serve(team, case)
    collect()
    fan_out()
    one = Delivery.objects.filter(alert__case=case).earliest("next_at")
    Delivery.objects.exclude(pk=one.pk).update(state=Delivery.State.ACCEPTED)
    now = timezone.now()
    for pause in (timedelta(0), *PAUSES):
        now += pause + timedelta(seconds=1)
        send_due(home, now=now)
    ids = {delivery for delivery, _, _ in sent[1:]}
    assert ids == {str(one.pk)} and len(sent[1:]) == len(PAUSES) + 1
    assert all(told_secret == secret for _, _, told_secret in sent)
    body = json.loads(sent[-1][1])
    assert body["id"] == str(one.pk) and body["organisation"]["identifier"] == team.subject.identifier
    assert [each.delivery.pk for each in undelivered()] == [one.pk]
    assert "HTTP 503" in rep.read(ALERTS)
    assert Sending.objects.filter(delivery=one.pk).count() == len(PAUSES) + 1
    for attack in ("UPDATE office_sending SET accepted = true", "DELETE FROM office_sending"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
    assert forget(now) == 0


def test_a_process_that_is_killed_while_it_sends_sends_again_under_the_same_id(team: Team) -> None:
    subscribed(team)
    case = noticed(team)
    serve(team, case)
    collect()
    fan_out()
    ids: list[str] = []

    class Killed(BaseException):
        """As by kill -9: nothing of the transaction stays."""

    def killed(*_: object, delivery: str, **__: object) -> Answer:
        ids.append(delivery)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "send", killed)
        with pytest.raises(Killed):
            send_due(team.installation.home)
    assert not Sending.objects.filter(delivery=ids[0]).exists()
    send_due(team.installation.home)
    assert Sending.objects.get(delivery=ids[0]).accepted


def test_who_has_no_mandate_any_more_is_told_nothing(team: Team) -> None:
    channel = subscribed(team)
    case = noticed(team)
    serve(team, case)
    collect()
    fan_out()
    mandate = Mandate.objects.get(account=team.people["rep"].account.key)
    withdraw(mandate, on=TODAY, reason="It ended.", clock=team.installation.clock, actor="test")
    before = len(letters(team))
    assert send_due(team.installation.home).accepted == 0 and len(letters(team)) == before
    assert {one.said for one in undelivered()} == {"the mandate ended"}
    assert Delivery.objects.filter(channel=channel, alert__case=case).exists()


def test_a_channel_is_its_accounts_alone_and_a_code_is_guessed_five_times_at_most(team: Team) -> None:
    rep, rival = team.people["rep"], team.people["rival"]
    rep.post(ALERTS, kind="mail", address="desk@example.org")
    channel = Channel.objects.get()
    assert rival.post(f"{ALERTS}{channel.pk}", end="1").status_code == 404
    assert "desk@example.org" not in rival.read(ALERTS)
    for _ in range(6):
        assert rep.post(f"{ALERTS}{channel.pk}", code="AAAAAAAA").status_code == 422
    channel.refresh_from_db()
    assert channel.tries == 5
    tell(team.installation.home)
    code = re.findall(r": ([A-Z0-9]{8})\.", told(team))[-1]
    assert rep.post(f"{ALERTS}{channel.pk}", code=code).status_code == 422, "too late"
    assert rep.post(f"{ALERTS}{channel.pk}", end="1").status_code == 302
    assert "desk@example.org" not in rep.read(ALERTS)
    assert rep.post(ALERTS, kind="mail", address="no mailbox").status_code == 422
