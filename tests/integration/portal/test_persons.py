"""A natural person is only the holder of a role, on the organisation's own page, while in office (clause 1.2)."""

from __future__ import annotations

import re

from tests.integration.portal.conftest import DAUGHTER, MOTHER, PERSON, PREDECESSOR, SUCCESSOR, Portal


def test_the_holder_of_a_role_is_named_on_the_organisations_own_page_while_in_office(
    province: Portal,
) -> None:
    page = province.read(province.file(MOTHER))
    assert page.count(PERSON) == 1 and "Legal representative" in page
    assert SUCCESSOR not in page, "not yet in office"
    assert PREDECESSOR not in page, "no longer in office"
    head = re.search(r"<head>.*</head>", page, re.DOTALL)
    assert head is not None and PERSON not in head.group()


def test_a_person_is_named_on_no_other_page(province: Portal) -> None:
    elsewhere = [
        "/en/",
        "/zh/",
        "/en/about",
        "/zh/packs/",
        province.file(DAUGHTER),
        province.file(DAUGHTER, "zh"),
    ]
    for path in elsewhere:
        assert PERSON not in province.read(path), path


def test_a_person_cannot_be_searched(province: Portal) -> None:
    page = province.read(f"/en/search?q={PERSON}")
    assert "Nothing found" in page and MOTHER not in page
    # The words that the reader typed stand in the field, and nowhere else.
    assert page.replace(f'value="{PERSON}"', "").count(PERSON) == 0


def test_the_number_of_a_person_is_neither_searched_nor_shown_again(province: Portal) -> None:
    number = "110101199003074557"
    page = province.read(f"/en/search?q={number}")
    assert "That is the number of a person" in page
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main is not None and number not in main.group()


def test_not_even_the_count_of_roles_is_told(province: Portal) -> None:
    assert "Holders of roles" not in province.read("/en/")
