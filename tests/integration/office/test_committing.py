"""A commitment at the desk and in the office: given by a form, item by item, and checked by an official."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goodstanding.procedures.models import Case
from tests.integration.installation import TODAY, Installation
from tests.integration.office.team import Team, team_over


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def test_an_organisation_commits_itself_at_its_desk_and_an_official_says_what_it_kept(team: Team) -> None:
    rep, clerk = team.people["rep"], team.people["clerk"]
    own = f"/en/desk/organisations/{team.subject.public_id}"
    at = f"{own}/commitments/cn/commitment/national"
    assert "Commit the organisation" in rep.read(own)
    assert team.people["rival"].get(at).status_code == clerk.get(at).status_code == 404
    said = {
        "authority": "cn/samr",
        "promise_1_en": "The filters are renewed.",
        "promise_1_how": "By a visit.",
    }
    undated = rep.post(at, **said)
    assert undated.status_code == 422 and "The filters are renewed." in undated.content.decode()
    sent = rep.post(at, **said, promise_1_due=(TODAY + timedelta(days=9)).isoformat())
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    case = Case.objects.get(kind="commitment")
    page = f"/en/office/cases/{case.public_id}"
    law = {"instrument_1": "国办发〔2019〕35号", "send": "1", "reasons": "It is whole."}
    assert clerk.post(f"{page}/accept", outcome="accepted", **law).status_code == 302
    assert clerk.post(f"{page}/publish", **law).status_code == 302
    assert "The filters are renewed." in clerk.read(f"{page}/keep")
    found = {**law, "facts": "Renewed.", "evidence": "The visit.", "finding_1": "broken"}
    early = clerk.post(f"{page}/keep", **found)
    assert early.status_code == 422 and "can still be kept" in early.content.decode()
    assert clerk.post(f"{page}/keep", **{**found, "finding_1": "kept"}).status_code == 302
    assert case.steps.get(closes=True).outcome == "kept" and "Kept" in rep.read(
        f"/en/desk/cases/{case.public_id}"
    )
