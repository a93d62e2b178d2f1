"""The province, its places, its organisations and its people are invented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.generator import words
from goodstanding.generator.chance import Chance
from goodstanding.generator.organisations import create_organisations
from goodstanding.generator.places import CITIES, COUNTIES, PROVINCE, PROVINCE_CODE

from .well_known import FAMILY_NAMES, WELL_KNOWN

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def names() -> list[tuple[str, str, str]]:
    """Name, English name and person of 150,000 organisations: enough for every pair and a third syllable."""
    connection = duckdb.connect(":memory:")
    create_organisations(connection, Chance(4), 150_000, TODAY)
    return connection.execute("SELECT name, name_en, person FROM organisation").fetchall()


def test_no_revision_of_the_standard_knows_the_province_or_its_places(shared: Path) -> None:
    real_codes: set[str] = set()
    real_names: set[str] = set()
    files = sorted((shared / "data" / "cn-divisions").rglob("*.tsv"))
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            real_codes |= set(re.findall(r"\b\d{6}\b", line))
            real_names |= {cell.strip() for cell in line.split("\t")}
    assert len(real_codes) > 3000
    assert not [code for code in real_codes if code.startswith(PROVINCE_CODE)]
    ours = {PROVINCE.zh, *(city.zh for city in CITIES), *(county.zh for county, _ in COUNTIES)}
    assert not ours & real_names


def test_no_name_holds_a_well_known_one(names: list[tuple[str, str, str]]) -> None:
    chinese = re.compile("|".join(re.escape(zh) for zh, _ in WELL_KNOWN))
    latin = re.compile("|".join(rf"\b{re.escape(en)}\b" for _, en in WELL_KNOWN), re.IGNORECASE)
    assert not [name for name, _, _ in names if chinese.search(name)]
    assert not [name for _, name, _ in names if latin.search(name)]


def test_no_pair_of_syllables_is_a_well_known_name() -> None:
    known = {zh for zh, _ in WELL_KNOWN}
    latin = {en for _, en in WELL_KNOWN}
    for one, one_en in words.FIRST:
        for two, two_en in words.SECOND:
            assert one + two not in known
            assert one_en + two_en not in latin


def test_every_name_begins_with_an_invented_county(names: list[tuple[str, str, str]]) -> None:
    counties = tuple(county.zh for county, _ in COUNTIES)
    assert all(name.startswith(counties) for name, _, _ in names)


def test_names_are_nearly_all_different(names: list[tuple[str, str, str]]) -> None:
    assert len({name for name, _, _ in names}) > 0.98 * len(names)


def test_nobody_has_a_real_family_name(names: list[tuple[str, str, str]]) -> None:
    assert not {zh for zh, _ in words.SURNAMES} & set(FAMILY_NAMES)
    assert not [person for _, _, person in names if person[0] in FAMILY_NAMES]
