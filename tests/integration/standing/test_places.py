"""Cities are ranked under an index by what they state; who states too little has no place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodstanding.core.reader import Access, Reader
from goodstanding.generator import generate_province
from goodstanding.generator.cities import COMPLETE
from goodstanding.generator.places import CITIES
from goodstanding.ledger.publicity import Publicity
from goodstanding.rules.model import Interval
from goodstanding.rules.shelf import Shelf
from goodstanding.standing import placing
from goodstanding.standing.models import Assessment
from goodstanding.standing.placing import Places, places_in
from goodstanding.standing.running import RunReport, explain, run_rulebook
from tests.integration.installation import TODAY, Installation, shipped

INDEX = "cn/city-credit-index-2019"
SOURCE = "cn/city-indicators"


@pytest.fixture
def stated(tmp_path: Path) -> str:
    """What the cities of the generated province state."""
    folder = tmp_path / "p"
    generate_province(folder, organisations=1, records=0, seed=5, today=TODAY)
    return (folder / "city-indicators.csv").read_text(encoding="utf-8")


def run(installation: Installation) -> RunReport:
    return run_rulebook(
        INDEX,
        on=TODAY,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )


def places(report: RunReport, reader: Reader | None = None) -> Places:
    assert report.run is not None
    catalogue = shipped()
    return places_in(
        report.run, reader or Reader.public(), Shelf.of(catalogue.packs), Publicity(catalogue, TODAY)
    )


def test_three_cities_are_ranked_and_of_the_others_it_cannot_be_told(
    installation: Installation, stated: str
) -> None:
    taken = installation.deliver("cities.csv", stated, SOURCE)
    assert taken.loaded == taken.rows > 0
    report = run(installation)
    assert report.grades == {"measured": COMPLETE, "": len(CITIES) - COMPLETE}
    everything = places(report)
    assert (everything.of, everything.placed, everything.more) == (len(CITIES), COMPLETE, False)
    found = everything.shown
    assert [one.place for one in found] == [1, 2, 3, None, None, None]
    totals = [one.points_low for one in found[:COMPLETE] if one.points_low is not None]
    assert totals == sorted(totals, reverse=True) and len(set(totals)) == COMPLETE
    assert all(0 < one <= 13_900 for one in totals)
    assert {one.name for one in found} == {f"{city.zh}人民政府" for city in CITIES}
    for one in found[COMPLETE:]:
        assert one.points_low is not None and one.points_high is not None
        assert one.points_low < one.points_high


def test_each_city_explained_alone_has_the_total_of_the_run(installation: Installation, stated: str) -> None:
    installation.deliver("cities.csv", stated, SOURCE)
    run(installation)
    rows = list(Assessment.objects.all())
    assert len(rows) == len(CITIES)
    for row in rows:
        _, alone = explain(
            INDEX, row.subject_id, on=TODAY, catalogue=installation.catalogue, home=installation.home
        )
        assert alone.points == Interval(row.points_low, row.points_high)
        assert (alone.grade, sorted(alone.missing)) == (row.grade, sorted(row.missing))


def test_equal_totals_share_a_place_and_the_next_one_counts_them_both(
    installation: Installation, stated: str
) -> None:
    header, *lines = stated.splitlines(keepends=True)
    codes = list(dict.fromkeys(line.split(",")[0] for line in lines))
    own = {code: [line for line in lines if line.startswith(code)] for code in codes}
    best, worst = own[codes[0]], own[codes[1]]
    twin = [line.replace(codes[0], codes[2]) for line in best]
    last = [
        ",".join([*line.split(",")[:8], "0.00", line.split(",")[9]]) if line.split(",")[8] else line
        for line in worst
    ]
    installation.deliver("cities.csv", "".join([header, *best, *twin, *last]), SOURCE)
    assert [one.place for one in places(run(installation)).shown] == [1, 1, 3]


def test_what_rests_on_a_closed_record_has_no_place(installation: Installation, stated: str) -> None:
    installation.deliver("cities.csv", stated, SOURCE)
    report = run(installation)
    first = places(report).shown[0]
    assert report.run is not None
    row = Assessment.objects.get(run__public_id=report.run, subject__identifier=first.identifier)
    Assessment.objects.filter(pk=row.pk)._raw_delete("default")
    row.pk, row.access = None, Access.RESTRICTED
    row.save(force_insert=True)
    assert first.identifier not in {one.identifier for one in places(report).shown}
    assert places(report).of == len(CITIES) - 1


def test_a_table_of_places_says_of_how_many_it_shows_the_first(
    installation: Installation, stated: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.deliver("cities.csv", stated, SOURCE)
    report = run(installation)
    monkeypatch.setattr(placing, "MOST", 2)
    found = places(report)
    assert (len(found.shown), found.of, found.placed, found.more) == (2, len(CITIES), COMPLETE, False)
    monkeypatch.setattr(placing, "COUNTED", 4)
    found = places(report)
    assert (len(found.shown), found.of, found.placed, found.more) == (2, 4, COMPLETE, True)


def test_the_command_says_who_comes_where(
    installation: Installation, stated: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from goodstanding.cli.evaluate import _how_many, _places, _show

    installation.deliver("cities.csv", stated, SOURCE)
    told = _places(run(installation), installation.catalogue, TODAY)
    _show({"grades": {}, **told}, json=True)
    printed = json.loads(capsys.readouterr().out)
    assert [one["place"] for one in printed["places"]] == [1, 2, 3, None, None, None]
    assert printed["places_of"] == {"organisations": 6, "with_a_place": 3, "or_more": False}
    assert _how_many(6, **told["places_of"]) == (
        "6 of 6 organisations with a public result are shown; 3 of them have a place."
    )
    assert _how_many(100, organisations=1000, with_a_place=1000, or_more=True) == (
        "100 of more than 1,000 organisations with a public result are shown; more than 1,000 of them have a place."
    )
