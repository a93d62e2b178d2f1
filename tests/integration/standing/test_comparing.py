"""The ledger under two rulebooks: everyone in one cell, nothing told that rests on closed records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodstanding.cli.reading import from_ledger
from goodstanding.cli.rulebook.diff import as_data, run_both
from goodstanding.core.errors import Refusal
from goodstanding.generator import generate_province
from goodstanding.ledger.writing import current_position
from goodstanding.portal.language import Language
from goodstanding.portal.leaflets import as_html
from goodstanding.portal.leaflets.comparison import comparison_leaflet
from goodstanding.rules.comparing import NOT_PUBLIC, named_version
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import TODAY, Installation

JIANGSU, WUHAN = "cn/jiangsu/environmental-credit", "cn/hubei-wuhan/environmental-credit@2016-01-01"


@pytest.fixture
def province(installation: Installation, tmp_path: Path) -> Installation:
    made = generate_province(tmp_path / "p", organisations=60, records=900, seed=5, today=TODAY)
    for sent in made.files:
        installation.take_in(made.folder / sent.name, sent.contract)
    return installation


def test_everyone_stands_in_one_cell_as_the_runs_alone_say(province: Installation, tmp_path: Path) -> None:
    shelf = Shelf.of(province.catalogue.packs)
    source = from_ledger(province.catalogue, province.home, tmp_path, TODAY)
    found = run_both(named_version(shelf, JIANGSU), named_version(shelf, WUHAN), TODAY, source)
    alone = run_rulebook(
        JIANGSU,
        on=TODAY,
        catalogue=province.catalogue,
        home=province.home,
        clock=province.clock,
        actor="test",
    )
    assert found.subjects == alone.subjects
    told: dict[str, int] = {}
    for cell in found.cells:
        told[cell.one] = told.get(cell.one, 0) + cell.subjects
    public = {grade: number for grade, number in told.items() if " " not in grade}
    assert public and all(alone.grades[grade] >= number for grade, number in public.items())
    hidden = told.get(NOT_PUBLIC, 0) + told.get("cannot tell", 0)
    assert sum(alone.grades.values()) == sum(public.values()) + hidden


def test_the_page_names_the_position_and_organisations_by_their_identifiers(
    province: Installation, tmp_path: Path
) -> None:
    shelf = Shelf.of(province.catalogue.packs)
    source = from_ledger(province.catalogue, province.home, tmp_path, TODAY)
    found = run_both(named_version(shelf, JIANGSU), named_version(shelf, WUHAN), TODAY, source)
    names = source.names([one.subject_id for one in found.movers])
    page = as_html(comparison_leaflet(found, Language.EN, rests_on=source.rests_on, names=names))
    assert dict(source.rests_on)["position"] == str(current_position())
    assert f"<dd>{current_position()}</dd>" in page
    assert found.movers and all(names[one.subject_id] in page for one in found.movers)
    assert all(len(one["subject"]) == 18 for one in as_data(found, names)["movers"])


def test_an_empty_ledger_and_a_pack_that_is_not_loaded_are_refused(
    installation: Installation, tmp_path: Path
) -> None:
    with pytest.raises(Refusal) as refused:
        from_ledger(installation.catalogue, installation.home, tmp_path, TODAY)
    assert refused.value.code == "GS-CLI-052"
    header = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
    row = "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
    installation.deliver("nyc.csv", header + row, "us-nyc/graded-inspections")
    shelf = Shelf.of(installation.catalogue.packs)
    book = shelf.on("us-nyc/restaurant-grade", date(2014, 7, 1))
    strange = type(installation.catalogue)(
        tuple(one for one in installation.catalogue.packs if one.name != "us-nyc")
    )
    source = from_ledger(strange, installation.home, tmp_path, TODAY)
    with pytest.raises(Refusal) as unknown:
        source.extract_of(book)
    assert unknown.value.code == "GS-CLI-053"
