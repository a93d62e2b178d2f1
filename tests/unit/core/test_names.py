"""Two spellings of one name meet under one key; the legal form in it is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.core.names import Name, lang_of, legal_form, name_key, stem_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Acme Co., Limited", "ACME CO.,LTD.", "Acme Ltd", "ａｃｍｅ　Ltd."),
        ("Petróleo S/A", "PETROLEO S.A.", "Petroleo SA", "Petróleo Sociedade Anônima"),
        ("Padaria São João LTDA - ME", "PADARIA SAO JOAO LTDA", "Padaria São João Limitada"),
        ("福州某某（集团）有限责任公司", "福州某某(集团)有限公司", " 福州某某 集团有限公司 "),
        ("某某中心（有限合伙）", "某某中心(有限合伙)"),
        ("Müller GmbH & Co. KG", "MULLER GmbH and Co KG"),
        ("Joe's Pub", "JOE’S PUB"),
        ("AT&T Corp", "AT & T Corporation"),
        ("Test Sp. z o.o.", "TEST SP Z O O"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("福州某某有限公司", "福州某某股份有限公司"),
        ("福州某某有限公司", "福州某某有限公司分公司"),
        ("Acme Ltd", "Acme Inc"),
        ("Acme 1 Ltd", "Acme 2 Ltd"),
    ],
)
def test_other_organisations_keep_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("福州某某有限责任公司", "limited"),
        ("福州某某集团股份有限公司", "joint-stock"),
        ("福州某某有限公司厦门分公司", "branch"),
        ("某某投资合伙企业（有限合伙）", "partnership"),
        ("某某县某某农民专业合作社", "cooperative"),
        ("某某基金会", "foundation"),
        ("某某饭店", None),
        ("有限公司", None),
        ("Acme Holdings, L.L.C.", "limited"),
        ("Acme plc", "joint-stock"),
        ("Maersk A/S", "joint-stock"),
        ("Padaria LTDA - EPP", "limited"),
        ("Ltd", None),
        ("Limited Brands", None),
        ("", None),
    ],
)
def test_the_legal_form_shows_at_the_end(text: str, form: str | None) -> None:
    assert legal_form(text) == form
    assert Name(text).legal_form == form


def test_a_search_without_the_legal_form_has_its_stem() -> None:
    assert stem_key("Acme Co., Ltd.") == "acme" == stem_key("ACME")
    assert stem_key("福州某某有限公司") == "福州某某"
    assert stem_key("Ltd") == "ltd"


def test_marks_of_other_scripts_stay() -> None:
    assert name_key("ガ株式会社") != name_key("カ株式会社")
    assert name_key("й") != name_key("и")


def test_a_name_knows_language_and_whether_it_is_former() -> None:
    name = Name("福州某某有限公司", lang_of("福州某某有限公司"), former=True)
    assert (name.lang, name.former, name.key) == ("zh", True, "福州某某有限公司")
    assert lang_of("Acme") == "und"


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_the_key_is_its_own(text: str) -> None:
    key = name_key(text)
    assert key == key.strip()
    assert name_key(text.upper().lower()) == name_key(text.upper().lower() + " ")
    assert bool(key) == bool(stem_key(text))


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_case_makes_no_difference(text: str) -> None:
    assert name_key(text.upper()) == name_key(text.lower())
