"""The cities of the province state what the indices over cities ask for; nothing about them is real."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.core.identifiers import Usci
from goodstanding.generator import generate_province
from goodstanding.generator.cities import COMPLETE
from goodstanding.generator.places import CITIES, PROVINCE_CODE
from goodstanding.rules import Record, Rulebook, Subject, load_rulebook
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Interval, Latest, MeasuredRule

TODAY = date(2026, 6, 1)
INDICES = Path(__file__).parents[3] / "src" / "goodstanding" / "packs" / "cn" / "rulebooks" / "indices"
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("cities")
    generate_province(folder, organisations=1, records=0, seed=3, today=TODAY)
    with (folder / "city-indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["city-credit-index-2019", "model-city-2021"])
def rulebook(request: pytest.FixtureRequest) -> Rulebook:
    return load_rulebook(INDICES / f"{request.param}.yaml")


def _record(number: int, row: Row) -> Record:
    points = int(Decimal(row["得分"]) * 100) if row["得分"] else None
    codes: tuple[str | None, str | None]
    if points is not None:
        codes, numbers, item = (row["指标体系"], row["指标"]), (points,), "cn/cities.score"
    else:
        codes, numbers, item = (row["指标"], None), (int(row["数值"]),), "cn/cities.statistic"
    return Record(
        number,
        item,
        decided_on=date(*map(int, row["公布日期"].split("/"))),
        codes=(*codes, None, None),
        numbers=(*numbers, None, None, None),
    )


def _index(rulebook: Rulebook) -> str:
    """The code by which a city's points name the index."""
    year = "" if rulebook.path[-4:].isdigit() else f"_{rulebook.in_force_from.year}"
    return rulebook.path.removeprefix("cn/").replace("-", "_") + year


def _assessed(rulebook: Rulebook, rows: list[Row]) -> dict[str, Assessment]:
    items = {one.path: one for one in load_pack("cn").items}
    by_city = defaultdict(list)
    for number, row in enumerate(rows, 1):
        by_city[row["名称"]].append(_record(number, row))
    return {
        city: assess(rulebook, items, Subject(1, "government_body"), records, TODAY)
        for city, records in by_city.items()
    }


def test_each_city_is_its_government_with_a_code_of_the_fictional_province(rows: list[Row]) -> None:
    assert {row["名称"] for row in rows} == {f"{city.zh}人民政府" for city in CITIES}
    codes = {row["统一社会信用代码"] for row in rows}
    assert len(codes) == len(CITIES)
    assert all(one.startswith(f"11{PROVINCE_CODE}") and Usci.parse(one).value == one for one in codes)


def test_the_cities_that_state_everything_are_measured_and_differ(
    rulebook: Rulebook, rows: list[Row]
) -> None:
    found = list(_assessed(rulebook, rows).values())
    totals = [one.points for one in found[:COMPLETE]]
    assert [one.grade for one in found[:COMPLETE]] == ["measured"] * COMPLETE
    assert len({one.low for one in totals if isinstance(one, Interval)}) == COMPLETE
    assert all(one and one.low and one.low > 3000 for one in totals)


def test_of_the_others_it_cannot_be_told_and_what_they_left_out_is_named(
    rulebook: Rulebook, rows: list[Row]
) -> None:
    for city, one in list(_assessed(rulebook, rows).items())[COMPLETE:]:
        stated = {row["指标"] for row in rows if row["名称"] == city}
        missing = {
            fact.id
            for fact in rulebook.facts
            if isinstance(fact, Latest)
            and next(c.values[0] for c in fact.select.codes if c.field == "indicator") not in stated
        }
        assert missing
        assert one.grade is None
        assert missing <= set(one.missing)


def test_no_city_states_more_points_than_an_indicator_gives(rulebook: Rulebook, rows: list[Row]) -> None:
    caps = {one.fact: one.cap for one in rulebook.rules if isinstance(one, MeasuredRule)}
    for row in rows:
        cap = caps.get(f"stated-{row['指标']}")
        if row["得分"] and cap is not None and _index(rulebook) == row["指标体系"]:
            assert Decimal(row["得分"]) * 100 <= cap
