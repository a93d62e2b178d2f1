"""A case ends what it is about and nothing else; what an owner rewrites under a step's digest is found."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.errors import Refusal
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case
from goodstanding.procedures.steps import Said, take_step
from tests.integration.procedures.conftest import LAW, Bench, staff
from tests.integration.procedures.test_attacks import attack, objecting, step
from tests.integration.procedures.test_listing import DAY, listed
from tests.integration.procedures.test_texts import at_the_database, findings

NUMBER = "11010519491231002X"


def _elsewhere(bench: Bench) -> tuple[Case, dict[str, object]]:
    """An objection to a penalty, before the authority that imposed it, and how that authority signs."""
    attack(bench.installation, objecting(bench))
    case = Case.objects.filter(kind="objection").latest("pk")
    theirs = staff("cn/ndrc", bench.subject.division, bench.office.clock, prefix="theirs")[Party.OFFICIAL]
    assert theirs.appointment is not None and theirs.second is not None
    signed = {"appointment_id": theirs.appointment.pk, "second_id": theirs.second.pk}
    return case, {"party": "official", **signed}


def test_no_case_of_another_authority_lifts_an_entry_of_ours(bench: Bench) -> None:
    listing, day = listed(bench)
    entry = listing.steps.get(act=Act.SERVE_DECISION).record_id
    case, signed = _elsewhere(bench)
    mandate = bench.actors[Party.SUBJECT].mandate
    assert mandate is not None
    attack(bench.installation, step(case.pk, 1, "apply", DAY, party="subject", mandate_id=mandate.pk))
    attack(bench.installation, step(case.pk, 2, "decide", DAY, outcome="granted", **signed))
    refused = attack(bench.installation, step(case.pk, 3, "lift", day, record_id=entry, **signed))
    assert "GS-CASE-096" in refused


def test_no_case_but_a_listing_makes_an_entry_of_a_record(bench: Bench) -> None:
    case, signed = _elsewhere(bench)
    served = {"served_on": DAY, "served_how": "x", "effective_from": DAY, "effective_to": date(9999, 12, 31)}
    refused = attack(
        bench.installation,
        step(case.pk, 1, "serve_decision", DAY, record_id=bench.records[0].pk, **served, **signed),
    )
    assert "GS-CASE-0" in refused


def test_a_step_rewritten_under_the_digest_of_its_former_self_is_found(bench: Bench) -> None:
    listed(bench)
    one = bench.installation
    at_the_database(
        one, "UPDATE procedures_step SET was = procedures_step_skeleton(procedures_step) WHERE act = 'decide'"
    )
    at_the_database(one, "UPDATE procedures_step SET reasons = 'forged' WHERE act = 'decide'")
    at_the_database(one, "UPDATE procedures_step s SET leaf = procedures_step_leaf(s) WHERE act = 'decide'")
    assert "GS-CASE-091" in str(findings(bench))


@pytest.mark.parametrize(
    "said",
    [Said("so", (("Order 44", NUMBER),)), Said("so", LAW, "doc", f"to the bearer of {NUMBER}")],
    ids=["law", "served"],
)
def test_no_personal_number_stands_beside_a_step(bench: Bench, said: Said) -> None:
    case = bench.open(DAY)
    with pytest.raises(Refusal, match="GS-CASE-012"):
        take_step(
            case,
            Deed(Act.REVIEW, DAY, Party.OFFICIAL, Outcome.GO_ON),
            bench.actors[Party.OFFICIAL],
            bench.at(DAY),
            said,
        )
