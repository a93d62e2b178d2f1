"""The desk of a representative: what is coming, what was served, and what can be asked, by forms that cost nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Record
from goodstanding.office import coming
from goodstanding.office.models import Upload
from goodstanding.office.uploads import LARGEST, MONTHS, sweep
from goodstanding.office.workplace import workplace
from goodstanding.procedures.acting import mandate
from goodstanding.procedures.models import Case, Step
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import text_of
from tests.integration.office.team import FROM, LAW, SECTIONS, TO, Team, team_over

DESK = "/en/desk/"
OBJECTION = "cn/objection/national"


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def page_of(case: Case, rest: str = "") -> str:
    return f"{DESK}cases/{case.public_id}{rest}"


def noticed(team: Team) -> Case:
    """A case whose notice says “facts of the notice”, drawn up and not served."""
    case, clerk = team.candidate(), team.people["clerk"]
    at = f"/en/office/cases/{case.public_id}"
    written = {one: f"{one} of the notice" for one in SECTIONS}
    clerk.post(f"{at}/review", send="1", outcome="go_on", reasons="Looked into.", **LAW)
    clerk.post(f"{at}/notify", send="1", reasons="As follows.", **written, **LAW)
    assert case.steps.count() == 3
    return case


def serve(team: Team, case: Case) -> None:
    at = f"/en/office/cases/{case.public_id}/serve_notice"
    team.people["clerk"].post(at, send="1", served_on=TODAY.isoformat(), served_how="by-post")
    assert case.steps.filter(act="serve_notice").exists()


def test_a_notice_is_read_when_it_is_served_and_answered(team: Team) -> None:
    case, rep = noticed(team), team.people["rep"]
    for rest in ("", "/documents/3", "/state"):
        assert rep.get(page_of(case, rest)).status_code == 404, "a candidate is no matter of the organisation"
    assert str(case.public_id) not in rep.get(DESK).content.decode()
    rep.client.post(page_of(case, "/uploads"), {"file": SimpleUploadedFile("x", b"before the notice")})
    assert not Upload.objects.exists()
    serve(team, case)
    assert "facts of the notice" in rep.read(page_of(case, "/documents/3"))
    assert "The organisation may speak until 9 March 2026" in rep.read(page_of(case))
    refused = rep.post(page_of(case, "/state"))
    assert refused.status_code == 422 and "Fill this in." in refused.content.decode()
    assert rep.post(page_of(case, "/state"), reasons="We did not do it.").status_code == 302
    assert rep.post(page_of(case, "/ask_hearing"), reasons="We want to be heard.").status_code == 302
    said = Step.objects.get(case=case, act="state")
    assert said.mandate is not None and said.mandate.account == rep.account.key
    assert "We did not do it." in team.people["clerk"].read(f"/en/office/cases/{case.public_id}")
    team.on(date(2026, 3, 10))
    assert rep.get(page_of(case, "/state")).status_code == 409, "its term is over"


def test_a_record_is_objected_to_by_the_procedure_of_its_place(team: Team) -> None:
    rep = team.people["rep"]
    shown = rep.get(f"{DESK}organisations/{team.subject.public_id}").content.decode()
    record = Record.objects.get(content__subject=team.subject)
    address = f"{DESK}records/{record.public_id}/{OBJECTION}"
    assert address in shown
    assert rep.post(address, reasons="").status_code == 422
    assert rep.post(address, reasons="The amount is wrong.").status_code == 302
    case = Case.objects.get(kind="objection")
    assert case.record_id == record.pk and case.subject == team.subject
    assert "The amount is wrong." in rep.read(page_of(case))
    again = rep.post(address, reasons="Once more.")
    assert again.status_code == 422 and "GS-CASE-024" in again.content.decode()
    assert "Once more." in again.content.decode(), "what was written stays"
    assert team.people["rival"].get(address).status_code == 404


def test_repair_names_the_day_from_which_it_can_be_applied_for(team: Team) -> None:
    rep, record = team.people["rep"], Record.objects.get(content__subject=team.subject)
    shown = rep.read(f"{DESK}organisations/{team.subject.public_id}")
    assert "can be applied for from 10 May 2026 on" in shown, "three months from the decision of 10 February"
    address = f"{DESK}records/{record.public_id}/cn/repair/national"

    def sent() -> HttpResponse:
        names = re.findall(r'name="(evidence-[^"]+)"', rep.get(address).content.decode())
        return rep.post(address, reasons="All was put right.", **dict.fromkeys(names, "As attached."))

    early = sent()
    assert early.status_code == 422 and "GS-CASE-025" in early.content.decode()
    team.on(date(2026, 5, 11))
    assert sent().status_code == 302, "under the rules that are in force by then"
    case = Case.objects.get(kind="repair")
    assert "As attached." in rep.read(page_of(case, "/documents/1"))


def test_branches_and_subsidiaries_stand_in_one_view_and_a_mandate_says_what_is_open(team: Team) -> None:
    rep = team.people["rep"]
    shown = text_of(rep.get(DESK))
    assert "Has the subsidiary" in shown and "no mandate of yours covers it" in shown
    assert rep.get(f"{DESK}organisations/{team.other.public_id}").status_code == 404


def test_a_document_is_kept_for_the_parties_and_for_a_time(team: Team) -> None:
    case, rep, clerk = noticed(team), team.people["rep"], team.people["clerk"]
    serve(team, case)
    rep.client.post(
        page_of(case, "/uploads"), {"title": "Receipt", "file": SimpleUploadedFile("a/收据.pdf", b"<script>")}
    )
    upload = Upload.objects.get()
    assert (upload.title, upload.name, upload.size) == ("Receipt", "收据.pdf", 8)
    kept = team.installation.home.path / "uploads" / str(upload.pk)
    assert kept.stat().st_mode & 0o777 == 0o600
    given = clerk.get(f"/en/office/cases/{case.public_id}/uploads/{upload.pk}")
    assert given.content == b"<script>" and given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "Receipt" in rep.read(page_of(case))
    large = SimpleUploadedFile("large", b"x" * (LARGEST + 1))
    assert rep.client.post(page_of(case, "/uploads"), {"file": large}).status_code == 422
    larger = rep.client.generic("POST", page_of(case, "/uploads"), b"", CONTENT_LENGTH=str(LARGEST * 3))
    assert larger.status_code == 413
    assert sweep(workplace("cn").home, TODAY + timedelta(days=31 * MONTHS)) == 1
    assert not kept.exists() and not Upload.objects.exists()


def test_a_case_says_that_its_texts_were_erased_when_and_on_what_ground(team: Team) -> None:
    case, rep, clerk = noticed(team), team.people["rep"], team.people["clerk"]
    serve(team, case)
    assert "Looked into." in rep.read(page_of(case))
    one = team.installation
    record = Record.objects.get(content__subject=team.subject)
    erase(record.public_id, ground="Judgment 12", home=one.home, clock=one.clock, actor="test")
    for shown in (rep.read(page_of(case)), clerk.read(f"/en/office/cases/{case.public_id}")):
        assert "up to number 4 were erased on 2 March 2026, on this ground: Judgment 12" in shown
        assert "Looked into." not in shown
    assert rep.get(page_of(case, "/documents/3")).status_code == 404


def test_what_is_coming_stands_in_one_view_day_by_day(team: Team) -> None:
    case, rep = noticed(team), team.people["rep"]
    serve(team, case)
    shown = rep.read(DESK)
    assert "9 March 2026" in shown and "5 working days left" in shown and "yours to use" in shown
    with CaptureQueriesContext(connection) as one:
        rep.read(DESK)
    terms: dict[str, Any] = {"from_on": FROM, "to_on": TO, "clock": team.installation.clock, "actor": "test"}
    mandate(rep.account.key, team.other, **terms)
    with CaptureQueriesContext(connection) as two:
        assert "no mandate of yours" not in rep.read(DESK)
    assert len(two) == len(one), "as many questions to the database, however many organisations"
    team.on(date(2026, 3, 10))
    assert "yours to use" not in rep.read(DESK), "a term that is over is not coming"


def test_the_desk_leads_on_to_the_next_page(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming, "PER_PAGE", 1)
    serve(team, noticed(team))
    rep = team.people["rep"]
    seen, address = [], DESK
    for _ in range(20):
        shown = rep.get(address).content.decode()
        seen += re.findall(r'data-label="What"><span><a[^>]*>([^<]*)<', shown)
        more = re.search(r'href="\?(dates=[^"]+)"', shown)
        if more is None:
            break
        address = f"{DESK}?{more.group(1)}"
    deadlines = Case.objects.get().deadlines.count()
    assert len(seen) == deadlines >= 2, seen
