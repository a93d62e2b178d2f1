"""A case ends what it is about and nothing else; what an owner rewrites under a step's digest is found."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.errors import Refusal
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case
from goodstanding.procedures.steps import Said, take_step
from goodstanding.procedures.versions import tell_days
from tests.integration.procedures.attacking import Blow, attack, objecting, step
from tests.integration.procedures.conftest import LAW, Bench, staff
from tests.integration.procedures.test_listing import DAY, ONE, listed
from tests.integration.procedures.test_texts import at_the_database, findings

NUMBER = "11010519491231002X"


def _elsewhere(bench: Bench) -> tuple[Case, dict[str, object]]:
    """An objection to a penalty, before the authority that imposed it, and how that authority signs."""
    assert attack(bench.installation, objecting(bench)) == ""
    case = Case.objects.filter(kind="objection").latest("pk")
    theirs = staff("cn/ndrc", bench.subject.division, bench.office.clock, prefix="theirs")[Party.OFFICIAL]
    assert theirs.appointment is not None and theirs.second is not None
    signed = {"appointment_id": theirs.appointment.pk, "second_id": theirs.second.pk}
    return case, {"party": "official", **signed}


def _applied(bench: Bench, case: Case) -> None:
    mandate = bench.actors[Party.SUBJECT].mandate
    assert mandate is not None
    apply = step(case.pk, 1, "apply", DAY, party="subject", mandate_id=mandate.pk)
    assert attack(bench.installation, apply) == ""


def test_no_case_of_another_authority_lifts_an_entry_of_ours(bench: Bench) -> None:
    listing, day = listed(bench)
    entry = listing.steps.get(act=Act.SERVE_DECISION).record_id
    case, signed = _elsewhere(bench)
    _applied(bench, case)
    assert attack(bench.installation, step(case.pk, 2, "decide", DAY, outcome="granted", **signed)) == ""
    refused = attack(bench.installation, step(case.pk, 3, "lift", day, record_id=entry, **signed))
    assert "GS-CASE-096" in refused


def test_no_case_but_a_listing_makes_an_entry_of_a_record(bench: Bench) -> None:
    """Each step that a listing takes is admitted to the objection, but for the one that would make the entry."""
    one, record = bench.installation, bench.records[0].pk
    tell_days(one.clock)
    case, signed = _elsewhere(bench)
    _applied(bench, case)
    ground: Blow = (
        "INSERT INTO procedures_ground (case_id, record_id, event_id) VALUES (%(case)s, %(record)s, %(event)s)",
        {"case": case.pk, "record": record},
    )
    notice = {"served_on": DAY, "served_how": "by hand", "open_until": DAY + ONE}
    later = DAY + ONE + ONE
    for blow in (
        ground,
        step(case.pk, 2, "serve_notice", DAY, **notice, **signed),
        step(case.pk, 3, "decide", later, outcome="listed", **signed),
    ):
        assert attack(one, blow) == ""
    served = {
        "served_on": later,
        "served_how": "by hand",
        "effective_from": later,
        "effective_to": date(9999, 12, 31),
    }
    refused = attack(
        one, step(case.pk, 4, "serve_decision", later, record_id=record, **served, **signed), dated=later
    )
    assert "GS-CASE-096" in refused


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
