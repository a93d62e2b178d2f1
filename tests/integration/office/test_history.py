"""Every change beside the ledger is noted with who, when and why, by the database, and shown to whom it concerns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from goodstanding.ledger.models import Record
from goodstanding.ledger.writing import OPERATOR
from goodstanding.office.accounts.making import appointed, mandated, named, reset, role_with
from goodstanding.office.history import KEPT, forget
from goodstanding.office.models import Change, Draft
from goodstanding.postgres import Role
from goodstanding.procedures.acting import withdraw
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import person
from tests.integration.office.team import LAW, Team, team_over

SECRET = "a draft that nobody has signed"
TERM = (TODAY, date(2027, 1, 1))
OFFICE, DESK = "/en/office/history/", "/en/desk/history/"


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def worked(team: Team) -> str:
    """A case with a draft that was changed and taken up, another that was not; its public id."""
    case, clerk = team.candidate(), team.people["clerk"]
    at = f"/en/office/cases/{case.public_id}"
    clerk.post(f"{at}/review", keep="1", reasons="At first.")
    read = Draft.objects.get(case=case).digest
    clerk.post(f"{at}/review", read=read, send="1", outcome="go_on", reasons="Looked into.", **LAW)
    clerk.post(f"{at}/notify", keep="1", reasons=SECRET)
    return str(case.public_id)


def noted(what: Change.What) -> list[tuple[str, str]]:
    return list(Change.objects.filter(what=what).order_by("pk").values_list("how", "who"))


def test_who_changed_what_when_and_why_is_seen_by_the_head_and_by_whom_it_concerns(team: Team) -> None:
    public_id, one = worked(team), team.installation
    clerk, head, rep = (team.people[name] for name in ("clerk", "head", "rep"))
    key = clerk.account.key
    assert noted(Change.What.DRAFT) == [("made", key), ("removed", key), ("made", key)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('goodstanding.who', true)")
        assert cursor.fetchone() == ("",), "the next form is another's"
    reset(named("elsewhere"), "Moved to another place")
    role = appointed(
        person("new").account,
        "cn/samr",
        level="county",
        division=team.subject.division,
        head=False,
        term=TERM,
        catalogue=one.catalogue,
        clock=one.clock,
        actor="test",
        reason="Order 12 of the bureau",
    )
    withdraw(role_with(role.public_id), on=TODAY, reason="Left the office", clock=one.clock, actor="test")
    clerk.post("/en/office/alerts/", kind="mail", address="secret-address@example.org")
    shown = head.read(OFFICE)
    for told in (
        "Order 12 of the bureau",
        "Left the office",
        "Official clerk",
        "Draft, made",
        "Address for alerts",
    ):
        assert told in shown, told
    assert f"cases/{public_id}" in head.get(OFFICE).content.decode()
    assert SECRET not in shown and "secret-address" not in shown, "what stood in it is not repeated"
    assert "Moved to another place" not in shown, "that is another office's"
    assert "变更记录" in head.read(OFFICE.replace("/en/", "/zh/"))
    narrowed = head.read(f"{OFFICE}?what=role")
    assert "Order 12 of the bureau" in narrowed and "Draft, made" not in narrowed
    day = timezone.now().astimezone(UTC).date()
    assert "Draft, made" in head.read(f"{OFFICE}?since={day - timedelta(days=1)}")
    assert "Draft, made" not in head.read(f"{OFFICE}?since={day + timedelta(days=1)}&until=wrong")
    for who, path in (("clerk", OFFICE), ("rep", OFFICE), ("tax", OFFICE), ("none", OFFICE), ("head", DESK)):
        assert team.people[who].get(path).status_code == 404, (who, path)
    deputy = person("deputy").account
    mandated(
        deputy, team.subject.identifier, term=TERM, clock=one.clock, actor="test", reason="Letter of 1 March"
    )
    record = Record.objects.get(content__subject=team.subject)
    assert (
        rep.post(f"/en/desk/records/{record.public_id}/cn/objection/national", reasons="Wrong.").status_code
        == 302
    )
    case = team.subject.cases.get(kind="objection")
    rep.client.post(f"/en/desk/cases/{case.public_id}/uploads", {"file": SimpleUploadedFile("x", b"proof")})
    own = rep.read(DESK)
    for told in ("Letter of 1 March", "Document, made", "Official rep", "Official deputy"):
        assert told in own, told
    assert "Draft, made" not in own and "Official clerk" not in own and public_id not in own
    assert "Letter of 1 March" not in team.people["rival"].read(DESK)


def test_no_program_changes_an_account_unnoticed_or_the_history_and_the_history_ends(team: Team) -> None:
    one = team.installation
    with one.connect(Role.APP) as app:
        app.execute(b"UPDATE office_account SET shown_as = 'Another' WHERE username = 'clerk'")
    last = Change.objects.order_by("-pk")[0]
    assert (last.what, last.how, last.columns) == ("account", "changed", ["shown_as"])
    assert last.who.startswith("role "), "nobody said who it was"
    for statement in (
        "UPDATE office_change SET who = 'nobody'",
        "DELETE FROM office_change",
        "INSERT INTO office_change (what, how, key, account, columns, who, why, at)"
        " VALUES ('account', 'made', 'x', 'x', '[]', 'x', '', now())",
        "ALTER TABLE office_account DISABLE TRIGGER office_account_noted",
    ):
        with one.connect(Role.APP) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement.encode())
    with one.connect(Role.READER) as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(b"SELECT FROM office_change")
    old = datetime(2015, 1, 1, tzinfo=UTC)
    Change.objects.using(OPERATOR).create(
        what="role", how="made", key="k", account="a", who="operator", at=old
    )
    with pytest.raises(DatabaseError, match="GS-OFFICE-067"), transaction.atomic():
        forget(timezone.now() + KEPT)
    assert (forget(), forget()) == (1, 0)
    assert not Change.objects.filter(at=old).exists() and Change.objects.exists()
