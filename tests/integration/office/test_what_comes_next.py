"""The queue says what comes next in each case, who must take it, and by when; it asks as often for many as for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from psycopg.rows import TupleRow

from goodstanding.office import statements
from goodstanding.office.ahead import Ahead, Whose, ahead_in
from goodstanding.office.queries import Wanted, queue
from goodstanding.procedures.models import Case
from goodstanding.procedures.queries import Viewer
from tests.integration.installation import TODAY, Installation
from tests.integration.office.conftest import Person
from tests.integration.office.team import LAW, SECTIONS, Team, team_over
from tests.integration.office.test_workbench import done, noticed, page_of

QUEUE = "/en/office/"
UNSEEN = "this term may pass unseen"


@pytest.fixture
def team(with_companies: Installation, monkeypatch: pytest.MonkeyPatch) -> Team:
    return team_over(with_companies, monkeypatch)


def row(shown: str, of: str) -> str:
    """The row of the table of cases that holds a text, without its tags; dates that are coming stand above it."""
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", shown, re.DOTALL)
    found = [one for one in rows if of in one][-1]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def seen(who: Person, case: Case, path: str = QUEUE) -> str:
    return row(who.get(path).content.decode(), str(case.public_id))


def test_each_sees_whose_the_next_act_is_from_the_candidate_to_the_entry(team: Team) -> None:
    clerk, head, above, rep = (team.people[one] for one in ("clerk", "head", "above", "rep"))
    fresh = team.candidate()
    assert "nothing is due" in seen(clerk, fresh)
    assert "An official reviews it yours Last step: The rulebook proposes a candidate" in seen(clerk, fresh)
    case, day = noticed(team)
    until = day - timedelta(days=1)
    shown = seen(clerk, case)
    assert f"{until:%-d %B %Y}" in shown and "states its views the organisation’s" in shown
    assert "Last step: Serve the prior notice" in shown
    assert "states its views yours" in seen(rep, case, "/en/desk/")
    assert "陈述、申辩 由组织行使 最近步骤：送达事先告知书" in seen(clerk, case, "/zh/office/")
    first = clerk.get(QUEUE).content.decode()
    assert first.index(str(case.public_id)) < first.index(str(fresh.public_id)), "by what is due"
    assert UNSEEN in clerk.read(page_of(case)), "nobody has asked to be told"

    team.on(day)
    assert "Decide in writing, with reasons yours" in seen(clerk, case)
    assert "the authority’s" in seen(rep, case, "/en/desk/")
    assert UNSEEN not in clerk.read(page_of(case)), "the term is over: no right is left to be lost"
    decision = dict.fromkeys(SECTIONS, "So.") | {"outcome": "listed", "reasons": "It weighs enough.", **LAW}
    head.post(page_of(case, "decide"), send="1", **decision)
    clerk.post(page_of(case, "decide"), sign="1", digest=case.drafts.get().digest)
    assert "The authority above confirms another authority’s" in seen(clerk, case)
    assert "The authority above confirms yours" in seen(above, case)
    done(above, case, "confirm", outcome="confirmed", reasons="Agreed.", **LAW)
    done(clerk, case, "serve_decision", served_on=day.isoformat(), served_how="by-post")
    done(clerk, case, "publish")
    assert re.search(r"lift the measures by itself, on \d+ \w+ 20\d\d", seen(clerk, case))
    assert UNSEEN not in clerk.read(page_of(case))


def test_a_page_asks_as_often_for_many_cases_as_for_one(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = statements._asked

    def counted(database: Any, statement: str, values: Mapping[str, object]) -> TupleRow | None:
        asked.append(statement)
        return real(database, statement, values)

    monkeypatch.setattr(statements, "_asked", counted)
    clerk = team.people["clerk"]
    noticed(team)
    clerk.get(QUEUE)
    asked.clear()
    clerk.get(QUEUE)
    one = len(asked)
    for _ in range(3):
        team.candidate()
    asked.clear()
    clerk.get(QUEUE)
    assert len(asked) == one > 1


def test_what_is_sorted_by_is_what_is_shown(team: Team) -> None:
    """The day by which the database sorts is that of the term that the page works out, in each state of a case."""
    case, day = noticed(team)
    viewer = Viewer.of(team.people["clerk"].account.key, TODAY)
    for today in (TODAY, day - timedelta(days=1), day):
        team.on(today)
        (found,) = queue(viewer, Wanted(), today).cases
        ahead: Ahead = ahead_in([found], viewer)[case.pk]
        right = today < day
        assert (vars(found)["due"] is not None) is right
        assert ahead.until == vars(found)["due"]
        assert ahead.whose is (Whose.ORGANISATION if right else Whose.YOURS)
