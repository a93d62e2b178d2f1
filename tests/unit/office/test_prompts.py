"""What is proposed for a document holds no prompt, which is asked for apart, and no mark of doubt."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.loading import builtin_pack
from goodstanding.catalogue.procedure import Act, Procedure, Stated
from goodstanding.office.drafting import asked, doubtful, proposed
from goodstanding.office.forms import ActForm
from goodstanding.office.prompts import left_in
from goodstanding.office.templatetags.office import said
from goodstanding.portal.language import Language

MARKED = [one for one in builtin_pack("cn").procedures if one.listing is not None]


@pytest.mark.parametrize("procedure", MARKED, ids=lambda one: f"{one.path}-{one.valid_from}")
def test_no_mark_of_doubt_is_proposed_for_a_document(procedure: Procedure) -> None:
    for stated in (Stated.REMOVAL, Stated.RIGHTS, Stated.TERM, Stated.REMEDIES):
        text = proposed(stated, procedure, (), division="", on=date(2026, 3, 2))
        assert "recalled" not in text and "未核对" not in text and "Uncertain" not in text
        assert left_in(text) == ()


def test_the_official_is_told_which_proposal_was_never_checked() -> None:
    assert any(doubtful(Stated.REMOVAL, one) for one in MARKED)
    assert not any(doubtful(Stated.FACTS, one) for one in MARKED)


def test_a_prompt_that_was_left_is_found_in_either_language() -> None:
    first, second = asked(Stated.REMEDIES).splitlines()
    assert left_in(f"You may apply. {first}") == (first,) and left_in(second) == (second,)
    assert asked(Stated.FACTS) == ""


def test_a_form_names_the_section_in_which_a_prompt_or_a_mark_was_left() -> None:
    procedure = next(one for one in MARKED if one.path == "cn/listing/market-serious")
    stage = procedure.stage(Act.DECIDE)
    assert stage is not None
    whole = dict.fromkeys(("facts", "evidence", "measures", "term", "removal", "remedies"), "It is so.")
    given = {"outcome": "listed", "reasons": "It is so.", "instrument_1": "A law", "article_1": "7", **whole}
    assert ActForm(given, stage=stage, procedure=procedure, lang=Language.EN).is_valid()
    given |= {
        "remedies": "You may apply. State here the body, and the last day.",
        "removal": "Later (recalled)",
    }
    refused = ActForm(given, stage=stage, procedure=procedure, lang=Language.EN)
    assert set(refused.errors) == {"remedies", "removal"}
    (fault,) = said(refused.errors.as_data()["remedies"], Language.EN)
    assert fault.startswith("“Remedies” still holds") and "State here the body" in fault
