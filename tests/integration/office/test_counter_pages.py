"""The counter as pages: asked by who has the business, logged, read by the organisation, and by nobody else."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.measure import Process
from goodstanding.measures.counter import open_business
from goodstanding.measures.models import Question
from tests.integration.installation import Installation
from tests.integration.office.team import FROM, TO, Team, team_over
from tests.integration.portal.conftest import MOTHER

ASK = "/en/office/counter/"


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    made = team_over(with_companies, monkeypatch)
    open_business(
        "cn/sta",
        Process.SUBSIDY,
        from_on=FROM,
        to_on=TO,
        catalogue=with_companies.catalogue,
        clock=with_companies.clock,
        actor="test",
    )
    return made


def asked(team: Team, **more: str) -> str:
    """The address of the answer to the tax office's question."""
    sent = team.people["tax"].post(
        ASK, business="cn/sta subsidy", organisation=MOTHER, purpose="grant 3", **more
    )
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    return sent.headers["Location"]


def test_a_question_is_logged_and_its_answer_is_for_the_office_that_asked(team: Team) -> None:
    answer = asked(team)
    assert Question.objects.get().purpose == "grant 3"
    assert "Nothing applies here." in team.people["tax"].read(answer)
    for other in ("clerk", "above", "rep", "none"):
        assert team.people[other].get(answer).status_code == 404, other


def test_the_organisation_sees_which_office_asked_and_never_the_official(team: Team) -> None:
    asked(team)
    told = team.people["rep"].read(f"/en/desk/organisations/{team.subject.public_id}")
    assert "State Taxation Administration" in told and "a subsidy, grant 3" in told
    assert "Nothing applied." in told and "has not said yet" in told
    assert "Official tax" not in told
    assert "grant 3" not in team.people["rival"].read(f"/en/desk/organisations/{team.other.public_id}")


def test_who_has_no_business_has_nothing_to_ask(team: Team) -> None:
    clerk = team.people["clerk"]
    assert "have no business here" in clerk.read(ASK)
    sent = clerk.post(ASK, business="cn/sta subsidy", organisation=MOTHER, purpose="curious")
    assert sent.status_code == 422 and not Question.objects.exists()
    assert team.people["rep"].get(ASK).status_code == 404


def test_a_form_that_is_wrong_says_what_and_keeps_what_was_written(team: Team) -> None:
    tax = team.people["tax"]
    sent = tax.post(ASK, business="cn/sta subsidy", organisation="91990105MADU4E6B61", purpose="grant 3")
    assert sent.status_code == 422 and not Question.objects.exists()
    shown = sent.content.decode()
    assert "No organisation has this identifier." in shown and 'value="grant 3"' in shown
