"""The published sums of the indices over cities come out, row by row of the published tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.rules import Rulebook
from goodstanding.rules.checks.sums import reach_of_section, reach_of_total
from goodstanding.rules.model import Because, Kind, Latest

CREDIT, *EDITIONS = (
    "city-credit-index-2019",
    "model-city-2016",
    "model-city-2017",
    "model-city-2019",
    "model-city-2021",
)
ALL = (CREDIT, *EDITIONS)
TABLES = {
    "90": "90_city_index_2019.csv",
    "91": "91_model_city_2016.csv",
    "92": "92_model_city_level1.csv",
    "93": "93_model_city_level2_pci.csv",
    "94": "94_model_city_jrp.csv",
}
Row = dict[str, str]


def hundredths(points: str) -> int:
    """Points as a table writes them; none where it says nothing."""
    return int(Decimal(points or "0") * 100)


@pytest.fixture(scope="module")
def tables(shared: Path) -> dict[str, list[Row]]:
    """The rows of each table, in its order."""
    found = {}
    for number, name in TABLES.items():
        with (shared / "facts" / "tables" / name).open(encoding="utf-8", newline="") as file:
            found[number] = list(csv.DictReader(file))
    return found


def published(tables: dict[str, list[Row]], name: str) -> dict[str, int]:
    """What a rulebook must give at most for each row that is about it, in hundredths."""
    year = name[-4:]
    if name == CREDIT:
        rows = {f"90/{n}": hundredths(row["points"]) for n, row in enumerate(tables["90"], 1)}
    elif year == "2016":
        rows = {f"91/{n}": hundredths(row["points"]) for n, row in enumerate(tables["91"], 1)}
    else:
        rows = {
            f"{table}/{n}": hundredths(row[f"points_{year}"])
            for table in ("92", "93")
            for n, row in enumerate(tables[table], 1)
            if row[f"points_{year}"]
        }
        rows |= {
            f"94/{n}": hundredths(row["max_points"])
            for n, row in enumerate(tables["94"], 1)
            if row["year"] == year
        }
    return rows


def carried(rulebook: Rulebook) -> dict[str, frozenset[str]]:
    """Which entries of a rulebook carry each row."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in (*rulebook.rules, *rulebook.untranslatable):
        for row in one.covers:
            found[row].add(one.id)
    return {row: frozenset(entries) for row, entries in found.items()}


def most(rulebook: Rulebook, entries: frozenset[str]) -> int:
    """The most that these entries give together, in hundredths; never more than a section that they fill."""
    given: dict[str | None, int] = defaultdict(int)
    left: set[str | None] = set()
    for rule in rulebook.rules:
        if rule.id not in entries:
            left.add(rule.section)
        elif not rule.deducts:
            assert rule.reach is not None, rule.id
            given[rule.section] += rule.reach
    for one in rulebook.untranslatable:
        if one.id not in entries:
            left.add(one.section)
        else:
            assert one.points is not None, one.id
            given[one.section] += one.points
    bounds = {one.id: one.at_most for one in rulebook.sections}
    total = 0
    for section, points in given.items():
        bound = bounds[section] if section is not None and section not in left else None
        total += points if bound is None else min(points, bound)
    return total


@pytest.mark.parametrize("name", ALL)
def test_every_row_of_the_tables_is_carried(
    name: str, rulebooks: dict[str, Rulebook], tables: dict[str, list[Row]]
) -> None:
    assert set(carried(rulebooks[name])) == set(published(tables, name))


@pytest.mark.parametrize("name", ALL)
def test_what_carries_a_row_gives_its_published_points(
    name: str, rulebooks: dict[str, Rulebook], tables: dict[str, list[Row]]
) -> None:
    rulebook, rows = rulebooks[name], published(tables, name)
    together: dict[frozenset[str], int] = defaultdict(int)
    for row, entries in carried(rulebook).items():
        together[entries] += rows[row]  # rows that one rule carries share their points
    assert {entries: most(rulebook, entries) for entries in together} == together


@pytest.mark.parametrize(
    ("name", "maximum", "runs"),
    [(CREDIT, 140, 139), *zip(EDITIONS, (120, 110, 110, 110), (120, 104, 100, 110), strict=True)],
)
def test_what_runs_and_what_does_not_add_up_to_the_published_sum(
    name: str, maximum: int, runs: int, rulebooks: dict[str, Rulebook]
) -> None:
    rulebook = rulebooks[name]
    assert rulebook.kind is Kind.INDEX
    assert rulebook.maximum == reach_of_total(rulebook, whole_law=True)[1] == maximum * 100
    assert reach_of_total(rulebook)[1] == runs * 100
    assert sum(one.points or 0 for one in rulebook.untranslatable) == (maximum - runs) * 100


def test_the_sums_of_the_tables_themselves_agree(
    rulebooks: dict[str, Rulebook], tables: dict[str, list[Row]]
) -> None:
    assert sum(published(tables, CREDIT).values()) == rulebooks[CREDIT].maximum
    assert sum(published(tables, EDITIONS[0]).values()) == rulebooks[EDITIONS[0]].maximum
    for name in EDITIONS[1:]:
        rows = published(tables, name)
        first = {row: points for row, points in rows.items() if row.startswith("92/")}
        assert sum(first.values()) == rulebooks[name].maximum
        assert sum(points for row, points in rows.items() if row.startswith("93/")) == first["92/10"]
        joint = first["92/13"] if "92/13" in first else first["92/14"]
        assert sum(points for row, points in rows.items() if row.startswith("94/")) == joint


def test_the_sixteen_second_level_indicators_are_the_sections(
    rulebooks: dict[str, Rulebook], tables: dict[str, list[Row]]
) -> None:
    rulebook = rulebooks[CREDIT]
    section_of = {one.id: one.section for one in (*rulebook.rules, *rulebook.untranslatable)}
    bounds = {one.id: one.at_most for one in rulebook.sections}
    seconds: dict[str, str] = {}
    firsts: dict[tuple[str, int], set[str]] = defaultdict(set)
    for number, row in enumerate(tables["90"], 1):
        (entry,) = carried(rulebook)[f"90/{number}"]
        section = section_of[entry]
        assert section is not None
        assert seconds.setdefault(row["level2"], section) == section
        firsts[row["level1"], hundredths(row["level1_points"])].add(section)
        assert bounds[section] == hundredths(row["level2_points"])
    assert len(seconds) == len(bounds) == 16
    assert [points for _, points in firsts] == [8800, 1600, 800, 1400, 1400]
    for (_, points), sections in firsts.items():
        assert sum(bounds[one] or 0 for one in sections) == points
        assert sum(reach_of_section(rulebook, one, whole_law=True)[1] or 0 for one in sections) == points


def test_the_projects_of_2016_give_their_published_points(
    rulebooks: dict[str, Rulebook], tables: dict[str, list[Row]]
) -> None:
    rulebook = rulebooks[EDITIONS[0]]
    projects: dict[tuple[str, int], frozenset[str]] = {}
    for number, row in enumerate(tables["91"], 1):
        key = (row["project"], hundredths(row["project_points"]))
        projects[key] = projects.get(key, frozenset()) | carried(rulebook)[f"91/{number}"]
    assert [points for _, points in projects] == [2500, 1500, 1500, 1000, 2000, 1500, 2000]
    assert all(most(rulebook, entries) == points for (_, points), entries in projects.items())


def test_what_scores_or_tracks_persons_is_refused_with_its_points(rulebooks: dict[str, Rulebook]) -> None:
    refused = {
        (name, one.id): one.points
        for name in ALL
        for one in rulebooks[name].untranslatable
        if one.because is Because.REFUSED
    }
    assert refused == {
        (CREDIT, "personal-points"): 100,
        ("model-city-2019", "personal-points"): 400,
        ("model-city-2019", "pervasive-supervision"): 200,
    }


def test_the_contract_takes_in_what_the_rulebooks_ask_for_and_nothing_else(
    rulebooks: dict[str, Rulebook],
) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for name in ALL:
        for fact in rulebooks[name].facts:
            if isinstance(fact, Latest):
                for code in fact.select.codes:
                    asked[code.field].update(code.values)
    contract = load_pack("cn").contract("cn/city-indicators")
    assert asked["indicator"] == set(contract.column("指标").values)
    assert asked["index"] == set(contract.column("指标体系").values)
    assert asked["level"] <= set(contract.column("城市层级").values)
