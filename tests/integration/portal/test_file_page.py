"""The page of a credit file: what anyone reads of an organisation."""

from __future__ import annotations

from tests.integration.portal.conftest import DAUGHTER, MOTHER, RESTAURANT, Portal


def test_the_first_thing_said_is_whether_anything_counts_against_it_today(province: Portal) -> None:
    text = province.main(province.file(MOTHER))
    assert "Today, 2 March 2026 2 entries on public record count against this organisation today." in text
    assert "今日有 2 条公开记录对该组织不利。" in province.main(province.file(MOTHER, "zh"))
    assert "Nothing on public record counts against this organisation today." in province.main(
        province.file(DAUGHTER)
    )


def test_an_entry_says_what_by_whom_on_what_document_and_until_when(province: Portal) -> None:
    text = province.main(province.file(MOTHER))
    for said in (
        "¥90,900",
        "¥600.50",
        "翠岫市税务局",
        "岫税决〔2025〕1号",
        "20 March 2025",
        "Counts against it",
    ):
        assert said in text
    assert "90,900元" in province.main(province.file(MOTHER, "zh"))


def test_where_the_authority_states_no_document_the_register_stands_in(province: Portal) -> None:
    text = province.main(province.file(RESTAURANT))
    assert "Basis not stated by the authority" in text
    assert "Graded restaurant inspections, row 2." in text and "Edition (SHA-256)" in text


def test_names_identifiers_and_ties_lead_on(province: Portal) -> None:
    mother, daughter = province.read(province.file(MOTHER)), province.read(province.file(DAUGHTER))
    assert "<title>Xiuqiao Chengpang Auto Parts Co. – Credit file – Goodstanding</title>" in mother
    assert "990105000000694" in mother and "岫桥县旧名有限公司" in mother and "Former name" in mother
    assert province.file(DAUGHTER) in mother and "Has the subsidiary" in mother
    assert province.file(MOTHER) in daughter and "Subsidiary of" in daughter


def test_a_number_that_is_no_page_leads_to_one_that_is(province: Portal) -> None:
    assert province.get(province.file(MOTHER) + "?page=nothing").status_code == 200
    assert province.get(province.file(MOTHER) + "?page=99").status_code == 200
