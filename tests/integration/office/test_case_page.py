"""A case's page is read by statements of its own: they let nobody in whom the lists leave out, and ask once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from goodstanding.ledger.models import SubjectName
from goodstanding.office.capacities import capacities
from goodstanding.office.naming import newest_name, subject_names
from goodstanding.office.queries import case_of
from goodstanding.office.reading import rows_of_case
from goodstanding.portal.language import Language
from goodstanding.postgres import Role
from goodstanding.procedures.acting import withdraw
from goodstanding.procedures.models import Appointment, Case, Mandate
from goodstanding.procedures.queries import Viewer
from tests.integration.installation import TODAY, Installation
from tests.integration.office.team import LAW, Team, team_over


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def page_of(case: Case) -> str:
    return f"/en/office/cases/{case.public_id}"


def test_the_statement_lets_in_whom_the_lists_let_in(team: Team) -> None:
    cases = (team.candidate(), team.candidate(team.other))
    place = team.subject.division
    offices = [
        Appointment(authority=authority, division=division)
        for authority in ("cn/samr", "cn/sta")
        for division in ("", place[:2], place[:4], place, team.other.division, "99", f"{place[:2]}%")
    ]
    parties = [Mandate(subject=one) for one in (team.subject, team.other)]
    viewers = [
        Viewer(),
        *(Viewer(appointments=(one,)) for one in offices),
        *(Viewer(mandates=(one,)) for one in parties),
        Viewer(appointments=tuple(offices[-3:]), mandates=tuple(parties)),
    ]
    let_in = 0
    for viewer in viewers:
        for case in cases:
            listed, read = case_of(viewer, case.public_id), rows_of_case(viewer, case.public_id)
            assert (read is not None) is (listed is not None), viewer
            assert read is None or read.case == listed
            let_in += read is not None
        assert rows_of_case(viewer, uuid4()) is None
    assert 0 < let_in < len(viewers) * len(cases), "some are let in, and some are not"


def test_an_account_comes_with_the_capacities_of_its_day(team: Team) -> None:
    clerk, rep = (team.people[one].account for one in ("clerk", "rep"))
    for account in (clerk, rep):
        for day in (TODAY, TODAY + timedelta(days=3650), TODAY - timedelta(days=3650)):
            assert capacities(account, day).viewer == Viewer.of(account.key, day)
            assert capacities(account, day).factor
    (held,) = Viewer.of(clerk.key, TODAY).appointments
    withdraw(held, on=TODAY, reason="moved", clock=team.installation.clock, actor="test")
    assert team.people["clerk"].get("/en/office/").status_code == 404, "from the next page on"


def test_a_page_asks_the_same_however_much_a_case_holds(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    clerk.get(page_of(case))
    with CaptureQueriesContext(
        connection,
    ) as first:
        short = clerk.read(page_of(case))
    for act in ("review", "notify"):
        clerk.post(f"{page_of(case)}/{act}", send="1", outcome="go_on", reasons="<b>So</b>", facts="F", **LAW)
    clerk.post(f"{page_of(case)}/serve_notice", keep="1")
    with CaptureQueriesContext(connection) as second:
        long = clerk.read(page_of(case))
    assert len(long) > len(short) and len(second) == len(first) == 0, "Django's own queries: none"
    assert "<b>So" not in clerk.get(page_of(case)).content.decode(), "what was written is no HTML"
    assert "&lt;b&gt;So&lt;/b&gt;" in clerk.get(page_of(case)).content.decode()


def test_a_connection_that_was_cut_is_opened_again_by_the_next_page(team: Team) -> None:
    case, clerk = team.candidate(), team.people["clerk"]
    before = clerk.read(page_of(case))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((ours,),) = cursor.fetchall()
    with team.installation.connect(Role.APP) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours]).fetchone() == (True,)
    close_old_connections()  # as the server does between two pages
    assert clerk.read(page_of(case)) == before


def test_the_newest_name_is_the_same_by_either_way(team: Team) -> None:
    names = [("乙公司", "zh", True), ("丙公司", "zh", False), ("C Ltd", "en", False), ("丁公司", "zh", False)]
    subject = team.subject
    with team.installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE ledger_subjectname DISABLE TRIGGER USER")
        for text, language, former in [*names, ("丙公司", "zh", False)]:
            owner.execute(
                "INSERT INTO ledger_subjectname (subject_id, text, key, language, former, event_id, access) "
                "VALUES (%s, %s, %s, %s, %s, %s, 0)",
                [subject.pk, text, text, language, former, subject.event_id],
            )
    kept = SubjectName.objects.filter(subject=subject).order_by("id")
    rows = list(kept.values_list("text", "language", "former"))
    for lang in Language:
        assert newest_name(lang, rows) == subject_names(lang, [subject.pk])[subject.pk]
    assert newest_name(Language.ZH, rows) == "丁公司", "one that is said again is no newer"
    assert newest_name(Language.EN, [("丁公司", "zh", False)]) == "丁公司"
    assert newest_name(Language.EN, [("乙公司", "zh", True)]) == ""
