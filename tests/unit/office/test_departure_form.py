"""Whoever decides otherwise than a rulebook proposed says why by a code; whoever follows it needs none."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.loading import builtin_pack
from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act
from goodstanding.office.forms import ActForm
from goodstanding.portal.language import Language

CODES = [("minor", "Minor, and without harm")]
LAW = {"instrument_1": "A law", "article_1": "7"}


def form(outcome: str, known: tuple[Basis, ...] = (), **more: str) -> ActForm:
    procedure = next(one for one in builtin_pack("cn").procedures if one.path == "cn/listing/tax-major")
    stage = procedure.stage(Act.REVIEW)
    assert stage is not None
    given = {"outcome": outcome, "reasons": "So it was.", **LAW, **more}
    return ActForm(given, stage=stage, procedure=procedure, lang=Language.EN, departures=CODES, known=known)


def test_a_departure_needs_its_code_and_nothing_else_keeps_one() -> None:
    assert [one.code for one in form("dismissed").errors.as_data()["departure"]] == ["departure"]
    with_code = form("dismissed", departure="minor")
    assert with_code.is_valid() and with_code.cleaned_data["departure"] == "minor"
    followed = form("go_on", departure="minor")
    assert followed.is_valid() and followed.cleaned_data["departure"] == "", "it departs from nothing"
    assert not form("dismissed", departure="mood").is_valid()


def test_a_law_is_marked_as_the_place_that_proposed_it_marks_it() -> None:
    shown = form("go_on")
    assert [one.marks for one in shown.laws] == [(), (), ()]
    doubtful = form("go_on", known=(Basis("A law", "7", uncertain=True),))
    assert doubtful.laws[0].marks == ("Uncertain",)


@pytest.mark.parametrize(("text", "least", "most"), [("", 4, 4), ("x" * 840, 11, 13), ("字" * 420, 11, 13)])
def test_a_box_is_as_high_as_its_text(text: str, least: int, most: int) -> None:
    rows = form("go_on", reasons=text).fields["reasons"].widget.attrs["rows"]
    assert least <= rows <= most
