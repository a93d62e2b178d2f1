"""Documents and cases as PDF: what the pages say, to whom they say it, dated by the case."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from tests.integration.installation import Installation
from tests.integration.office.team import Team, team_over
from tests.integration.office.test_desk import noticed, page_of, serve


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def text_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_a_notice_and_its_case_are_given_as_pdf_when_they_were_served(team: Team) -> None:
    case, rep, clerk = noticed(team), team.people["rep"], team.people["clerk"]
    office = f"/en/office/cases/{case.public_id}"
    assert rep.get(page_of(case, "/documents/3.pdf")).status_code == 404, "not served yet"
    assert rep.get(page_of(case, ".pdf")).status_code == 404, "nor the case known"
    assert "facts of the notice" in text_of(clerk.get(f"{office}/documents/3.pdf"))
    serve(team, case)
    notice = text_of(rep.get(page_of(case, "/documents/3.pdf")))
    for one in (
        "facts of the notice",
        "Official clerk",
        "岫桥县",
        "The organisation may speak until 9 March 2026",
    ):
        assert one in notice, one
    whole = text_of(rep.get(page_of(case, ".pdf")))
    for one in ("What was served", "2 March 2026, by post", "5 working days, counted from", "Looked into."):
        assert one in whole, one
    chinese = text_of(clerk.get(f"{office}.pdf".replace("/en/", "/zh/")))
    assert "送达记录" in chinese and "邮寄送达" in chinese
    assert "by post" not in chinese and "邮寄" not in whole, "each page in its own language"
    again = rep.get(page_of(case, "/documents/3.pdf"))
    assert again.content == rep.get(page_of(case, "/documents/3.pdf")).content
    assert team.people["rival"].get(page_of(case, ".pdf")).status_code == 404
