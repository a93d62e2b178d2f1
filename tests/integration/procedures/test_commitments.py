"""A commitment: what was promised stands in the case, and an official says with reasons whether it was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case
from goodstanding.procedures.steps import Said, open_case, take_step
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_attacks import attack, official, step
from tests.integration.procedures.test_listing import DAY

PROMISE = "The filters are renewed by 30 June 2026, at both sites."


@pytest.fixture
def promised(bench: Bench) -> tuple[Bench, Case]:
    """A commitment in Shandong's procedure, accepted and entered in the file."""
    procedure = bench.office.catalogue.procedure("cn/commitment/shandong", DAY)
    playing = replace(bench, procedure=procedure)
    case = open_case(
        procedure,
        bench.subject,
        bench.at(DAY),
        first=Deed(Act.APPLY, DAY, Party.SUBJECT),
        by=bench.actors[Party.SUBJECT],
        said=Said(text=PROMISE),
        authority="cn/samr",
    )
    playing.take(case, Act.ACCEPT, DAY, Outcome.ACCEPTED)
    playing.take(case, Act.PUBLISH, DAY)
    return playing, case


def test_a_promise_stands_as_it_was_given_until_an_official_says_with_reasons_what_became_of_it(
    promised: tuple[Bench, Case],
) -> None:
    playing, case = promised
    assert case.steps.get(act=Act.APPLY).text == PROMISE
    deed = Deed(Act.KEEP, DAY, Party.OFFICIAL, Outcome.BROKEN)
    by = playing.actors[Party.OFFICIAL]
    for said in (Said(), Said(reasons="Nothing was renewed."), Said(basis=(("Regulation", "32"),))):
        with pytest.raises(Refusal, match="GS-CASE-013"):
            take_step(case, deed, by, playing.at(DAY), said)
    playing.take(case, Act.KEEP, DAY, Outcome.BROKEN)
    kept = case.steps.get(act=Act.KEEP)
    assert (kept.outcome, kept.closes, kept.party) == ("broken", True, "official")
    assert check(playing.installation.home).findings == ()


def test_no_organisation_says_of_itself_that_it_kept_its_promise_nor_takes_an_officials_step(
    promised: tuple[Bench, Case],
) -> None:
    playing, case = promised
    mandate = playing.actors[Party.SUBJECT].mandate
    assert mandate is not None
    own = {"party": "subject", "mandate_id": mandate.pk}
    for act, outcome in (("keep", "kept"), ("examine", ""), ("hold_hearing", ""), ("notify", "")):
        blow = step(case.pk, 4, act, DAY, outcome=outcome, **own)
        assert "GS-CASE-085" in attack(playing.installation, blow), act
    for wrong in ({"outcome": ""}, {"outcome": "kept", "reasons": " "}, {"outcome": "broken", "basis": "[]"}):
        given = {**official(playing), **wrong}
        assert "GS-CASE-086" in attack(playing.installation, step(case.pk, 4, "keep", DAY, **given)), wrong
