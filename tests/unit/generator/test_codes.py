"""The check characters of the generator are those of the core, which intake uses: two writers, one rule."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from goodstanding.core.identifiers import Usci, refused_as_subject, scheme
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.generator import codes
from goodstanding.generator.chance import Chance
from goodstanding.generator.deliveries import DELIVERIES
from goodstanding.generator.organisations import create_organisations
from goodstanding.generator.places import PROVINCE_CODE

COUNT = 5_000


@pytest.fixture(scope="module")
def organisations() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    create_organisations(connection, Chance(99), COUNT, date(2026, 6, 1))
    return connection


def _column(connection: duckdb.DuckDBPyConnection, expression: str, where: str = "true") -> list[str]:
    return [
        one
        for (one,) in connection.execute(f"SELECT {expression} FROM organisation WHERE {where}").fetchall()
    ]


def test_every_code_is_valid_inside_and_out_and_of_the_reserved_province(
    organisations: duckdb.DuckDBPyConnection,
) -> None:
    found = _column(organisations, "code")
    assert len(set(found)) == COUNT
    for code in found:
        parsed = Usci.parse(code)
        assert parsed.organisation_code_fault is None
        assert parsed.division.startswith(PROVINCE_CODE)
        assert refused_as_subject(code) is None


def test_the_remainder_31_is_written_0(organisations: duckdb.DuckDBPyConnection) -> None:
    assert any(code.endswith("0") for code in _column(organisations, "code"))


def test_old_registration_numbers_are_valid_and_only_of_before_october_2015(
    organisations: duckdb.DuckDBPyConnection,
) -> None:
    found = _column(organisations, "old_number", "old_number IS NOT NULL")
    assert len(found) > 500
    assert all(scheme("cn-registration").fault(number) is None for number in found)
    assert _column(organisations, "i", "old_number IS NOT NULL AND registered_on >= DATE '2015-10-01'") == []


def test_a_wrong_check_character_is_always_wrong(organisations: duckdb.DuckDBPyConnection) -> None:
    found = _column(organisations, codes.wrong_check("code"))
    assert {scheme("usci").fault(code) for code in found} == {"check"}


def test_an_individual_business_has_a_valid_code_and_is_no_subject(
    organisations: duckdb.DuckDBPyConnection,
) -> None:
    found = _column(organisations, codes.individual_business("code"))
    assert {scheme("usci").fault(code) for code in found} == {None}
    assert {refused_as_subject(code) for code in found} == {"individual-business"}


def test_the_planted_persons_number_is_one_that_the_core_finds() -> None:
    body = "('990101' || (19500101 + 10000 * (i % 50))::VARCHAR || lpad(i::VARCHAR, 3, '0'))"
    query = f"SELECT {body} || {codes.person_check(body)} FROM range(1000) AS t(i)"
    rows = duckdb.connect(":memory:").execute(query).fetchall()
    assert {personal_number_in(f"翀港区琮绫电子有限公司{number}") for (number,) in rows} == {
        "cn-identity-number"
    }


def test_the_agencies_have_codes_of_government_bodies() -> None:
    found = [code for delivery in DELIVERIES for code in delivery.agency.codes()]
    assert all(code.startswith(f"11{PROVINCE_CODE}") and Usci.parse(code).value == code for code in found)
    assert len(set(found)) == len({one.agency for one in DELIVERIES}) * 6


def test_more_organisations_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="organisations must be 1 to"):
        create_organisations(duckdb.connect(":memory:"), Chance(1), 0, date(2026, 6, 1))
