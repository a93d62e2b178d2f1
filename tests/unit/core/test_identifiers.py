"""Identifiers of organisations: what is good, what is wrong with the rest, who has no file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers import (
    SCHEMES,
    Usci,
    describe,
    organisation_code_of,
    own_scheme,
    refused_as_subject,
    refused_registration,
    scheme,
)
from goodstanding.core.identifiers.legacy import organisation_check_character
from goodstanding.core.identifiers.scheme import REASONS
from goodstanding.core.identifiers.usci import ALPHABET, AUTHORITIES, CATEGORIES, WEIGHTS, check_character

PACK = Path(__file__).resolve().parents[3] / "src/goodstanding/packs/cn"

symbols = st.sampled_from(ALPHABET)
digits = st.sampled_from("0123456789")
bodies = st.builds(
    lambda first, second, division, rest: first + second + division + rest,
    st.sampled_from(AUTHORITIES),
    symbols,
    st.text(digits, min_size=6, max_size=6),
    st.text(symbols, min_size=9, max_size=9),
)


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, Any]:
    loaded = yaml.safe_load((shared / "facts/tables/05_uscc_algorithm.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_the_published_algorithm_is_ours(facts: dict[str, Any]) -> None:
    assert facts["alphabet"] == ALPHABET
    assert tuple(facts["check_character"]["weights"]) == WEIGHTS


def test_the_published_vectors_are_judged_as_they_say(facts: dict[str, Any]) -> None:
    vectors = facts["test_vectors"]
    faults = {"check_character": "check", "letter O is outside the alphabet": "alphabet", "length": "length"}
    assert [scheme("usci").fault(vector["code"]) for vector in vectors["valid"]] == [None] * 4
    for vector in vectors["invalid"]:
        assert scheme("usci").fault(vector["code"]) == faults[vector["error"]]
    for vector in vectors["organisation_code"]:
        assert organisation_check_character(vector["body"]) == vector["check"]
    for vector in vectors["legacy_registration_number"]:
        assert scheme("cn-registration").fault(vector["full"]) is None
        assert vector["full"] == vector["body"] + vector["check"]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("usci", "91350100M000100Y43", None),
        ("usci", "９１３５０１００ｍ０００１００ｙ４３", None),
        ("usci", " 9135 0100-M000 100Y\u300043 ", None),
        ("usci", "91350100M000100Y\u200b43", None),
        ("usci", "91350100M000100Y44", "check"),
        ("usci", "91350100M000100Y4", "length"),
        ("usci", "91350100M000100Y433", "length"),
        ("usci", "9135010OM000100Y43", "alphabet"),
        ("usci", "91350100M000100Yı3", "alphabet"),
        ("usci", "01350100M000100Y43", "authority"),
        ("usci", "B1350100M000100Y43", "authority"),
        ("usci", "9135010AM000100Y43", "division"),
        ("usci", "N2110101MF0000003X", "check"),
        ("usci", "", "empty"),
        ("usci", " - ", "empty"),
        ("cn-registration", "110108000000016", None),
        ("cn-registration", "110108000000017", "check"),
        ("cn-registration", "11010800000001X", "alphabet"),
        ("cn-registration", "1101080000001", "length"),
        ("cn-organisation-code", "D2143569-X", None),
        ("cn-organisation-code", "d2143569x", None),
        ("cn-organisation-code", "D21435691", "check"),
        ("cn-organisation-code", "D2143569A", "alphabet"),
        ("cn-tax-number", "110108D2143569X", None),
        ("cn-tax-number", "11010AD2143569X", "division"),
        ("cn-tax-number", "110108D2143569中", "alphabet"),
        ("cn-tax-number", "110108D21435690", "check"),
        ("cn-tax-number", "110105194912310021", "length"),
        ("cnpj", "00.000.000/0001-91", None),
        ("cnpj", "00000000000191", None),
        ("cnpj", "12.ABC.345/01DE-35", None),
        ("cnpj", "12.abc.345/01de-35", None),
        ("cnpj", "00000000000192", "check"),
        ("cnpj", "00000000000000", "check"),
        ("cnpj", "0000000000019A", "alphabet"),
        ("cnpj", "191", "length"),
        ("lei", "213800KUD8LAJWSQ9D15", None),
        ("lei", "213800KUD8LXJWSQ9D15", "check"),
        ("lei", "213800KUD8LAJWSQ9D1", "length"),
        ("lei", "213800KUD8LAJWSQ9DA5", "alphabet"),
    ],
)
def test_a_value_is_judged_in_any_spelling(name: str, text: str, fault: str | None) -> None:
    assert scheme(name).fault(text) == fault


def test_an_lei_of_another_length_is_refused_though_its_remainder_is_right() -> None:
    # python-stdnum asks for the remainder alone: these four characters pass there.
    from stdnum import lei

    short = next(f"A{number:03d}" for number in range(1000) if lei.is_valid(f"A{number:03d}"))
    assert scheme("lei").fault(short) == "length"


@given(bodies)
def test_a_remainder_of_31_is_written_0_and_all_agree_with_stdnum(body: str) -> None:
    assert check_character(body) == uscc.calc_check_digit(body)
    assert scheme("usci").fault(body + check_character(body)) is None


def test_some_sum_divisible_by_31_was_tried() -> None:
    assert check_character("91330100899913309") == "0"


@given(bodies, st.integers(0, 17), symbols)
def test_no_single_wrong_character_passes(body: str, place: int, symbol: str) -> None:
    usci = body + check_character(body)
    changed = usci[:place] + symbol + usci[place + 1 :]
    assert (scheme("usci").fault(changed) is None) == (changed == usci)


@pytest.mark.parametrize("authority", ["N", "Y"])
def test_authorities_that_are_letters_are_good_though_stdnum_refuses_them(authority: str) -> None:
    usci = Usci.compose(authority, "1", "330100", "D2143569X")
    assert scheme("usci").fault(usci.value) is None
    assert not uscc.is_valid(usci.value)


def test_an_individual_business_and_three_authorities_have_no_file() -> None:
    reasons = {first + "1": refused_as_subject(first + "1350100M000100Y43") for first in AUTHORITIES}
    assert {pair for pair, reason in reasons.items() if reason == "refused-authority"} == {"71", "81", "A1"}
    assert refused_as_subject("92350100M000100Y43") == "individual-business"
    assert refused_as_subject("91350100M000100Y43") is None
    assert refused_registration("110108600000016") == "individual-business"
    assert refused_registration("110108000000016") is None
    assert Usci.compose("9", "2", "330100", "D2143569X").refused_as_subject == "individual-business"


def test_a_usci_and_its_parts() -> None:
    usci = Usci.parse("91350100 M000100Y43")
    parts = (usci.authority, usci.category, usci.division, usci.organisation_code, usci.check)
    assert parts == ("9", "1", "350100", "M000100Y4", "3")
    assert usci.tax_number == "350100M000100Y4"
    assert scheme("cn-tax-number").fault(usci.tax_number) is None
    assert usci.organisation_code_fault is None
    assert Usci.compose("9", "1", "350100", "M000100Y-4") == usci


def test_the_organisation_code_is_in_all_three_and_not_in_the_registration_number() -> None:
    assert organisation_code_of("usci", "91350100M000100Y43") == "M000100Y4"
    assert organisation_code_of("cn-tax-number", "350100M000100Y4") == "M000100Y4"
    assert organisation_code_of("cn-organisation-code", "M000100Y4") == "M000100Y4"
    assert organisation_code_of("cn-registration", "110108000000016") is None


def test_an_inner_organisation_code_that_disagrees_is_told_and_does_not_refuse() -> None:
    body = "91350100M000100Y5"
    usci = Usci.parse(body + check_character(body))
    assert usci.organisation_code_fault == "check"


def test_a_wrong_usci_is_refused_without_being_repeated() -> None:
    with pytest.raises(Refusal, match="GS-CORE-002") as refused:
        Usci.parse("110105194912310021")
    assert "1949" not in str(refused.value)
    with pytest.raises(Refusal, match="GS-CORE-002"):
        Usci.compose("9", "1", "35010", "M000100Y4")


def test_an_unknown_scheme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refusal, match="cn-organisation-code"):
        scheme("duns")


def test_every_reason_can_be_said_in_both_languages() -> None:
    for reason in REASONS:
        assert describe(reason) != describe(reason, "zh")
    assert all(known.title and known.title_zh for known in SCHEMES.values())


def test_a_scheme_of_a_packs_own_is_its_pattern() -> None:
    own = own_scheme("us-nyc-camis", r"[34]\d{7}")
    assert [own.fault(text) for text in ("３0075445 ", "30075445", "20075445", "300754456", "")] == [
        None, None, "pattern", "pattern", "empty",
    ]  # fmt: skip
    assert own_scheme("case", "[a-z]-[A-Z]").fault("a-B") is None


@pytest.mark.parametrize("pattern", ["(", r"(?=a)b", r"(a)\1", "a*+", "(?i)a", "中", "[[:alpha:]]", "a{,3}"])
def test_a_pattern_that_engines_read_differently_is_refused(pattern: str) -> None:
    with pytest.raises(Refusal, match="GS-CORE-001"):
        own_scheme("x", pattern)


def test_the_pack_lists_the_authorities_that_the_code_knows() -> None:
    with (PACK / "uscc_authorities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert {(row["authority"], row["category"]) for row in rows} == {
        (authority, category) for authority in AUTHORITIES for category in CATEGORIES[authority]
    }
    for row in rows:
        assert row["subject"] == (refused_as_subject(row["authority"] + row["category"]) or "yes")
