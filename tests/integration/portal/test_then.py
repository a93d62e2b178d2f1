"""A file of another day, or as known at another position: said clearly, and without what has ended since."""

from __future__ import annotations

import pytest

from goodstanding.ledger.writing import current_position
from tests.integration.installation import TODAY
from tests.integration.portal.conftest import (
    DAUGHTER,
    MOTHER,
    PERSON,
    PREDECESSOR,
    RESTAURANT,
    Portal,
)

LOOKING_BACK = "You are looking back"


def test_the_file_of_another_day_says_so_and_shows_what_counted_on_that_day(province: Portal) -> None:
    file = province.file(MOTHER)
    before = province.main(f"{file}?day=2025-03-19")
    assert LOOKING_BACK in before and "On 19 March 2025, as known at position" in before
    assert "nothing counted against this organisation then" in before
    assert "岫税决" not in before and "today counts" not in before
    on_the_day = province.main(f"{file}?day=2025-03-20")
    assert (
        "2 entries counted against this organisation then" in on_the_day and "岫税决〔2025〕1号" in on_the_day
    )
    assert "2025年3月19日的情况" in province.main(province.file(MOTHER, "zh") + "?day=2025-03-19")


def test_the_file_as_known_at_another_position_shows_what_was_known_then(province: Portal) -> None:
    file, newest = province.file(MOTHER), current_position()
    known = [province.main(f"{file}?position={one}") for one in range(2, newest + 1)]
    assert "岫税决" not in known[0] and "岫税决" in known[-1]
    assert all(LOOKING_BACK in one for one in known[:-1])
    assert LOOKING_BACK not in known[-1], "today's, named by its position"


def test_an_address_of_today_by_day_and_position_is_todays_file(province: Portal) -> None:
    file = province.file(MOTHER)
    own = f"?day={TODAY}&amp;position={current_position()}"
    assert f'href="{file}{own}"' in province.read(file)
    assert province.main(file + own.replace("&amp;", "&")) == province.main(file)
    assert 'name="robots"' not in province.read(file)
    assert 'name="robots" content="noindex"' in province.read(f"{file}?day=2025-03-19")


def test_looking_back_names_no_person_neither_of_then_nor_of_now(province: Portal) -> None:
    for query in ("day=2015-01-01", "day=2026-03-01", f"position={current_position() - 1}"):
        page = province.read(f"{province.file(MOTHER)}?{query}")
        assert LOOKING_BACK in page, query
        assert PREDECESSOR not in page and PERSON not in page, query


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("day=yesterday", "is no day"),
        ("day=2026-02-30", "is no day"),
        ("day=20260301", "is no day"),
        ("day=<script>alert(1)</script>", "is no day"),
        ("day=2026-03-03", "has not come yet"),
        ("day=9999-12-31", "has not come yet"),
        ("position=0", "no position such as"),
        ("position=-1", "no position such as"),
        ("position=1e3", "no position such as"),
        ("position=٣", "no position such as"),
        ("position=" + "9" * 30, "no position such as"),
        ("day=2026-03-01&position=x", "no position such as"),
        ("position=1", "did not know this organisation yet"),
    ],
)
def test_an_address_of_no_day_or_no_position_is_refused_with_what_to_do(
    province: Portal, query: str, said: str
) -> None:
    identifier = RESTAURANT if query == "position=1" else MOTHER
    response = province.get(f"{province.file(identifier)}?{query}")
    page = response.content.decode()
    assert response.status_code == 400 and said in page and "There is no such file" in page
    assert "alert(1)</script>" not in page
    chinese = province.get(f"{province.file(identifier, 'zh')}?{query}")
    assert chinese.status_code == 400 and "没有这样的档案" in chinese.content.decode()


def test_grades_of_then_are_worked_out_by_the_rules_of_then(province: Portal) -> None:
    text = province.main(f"{province.file(RESTAURANT)}?day=2015-01-01")
    assert "Worked out for this page from what was known then" in text
    assert "= 2: 0 to 13 gives A." in text and "as of 1 January 2015" in text
    before = province.main(f"{province.file(RESTAURANT)}?day=2014-03-02")
    assert "gives A" not in before and "Cannot tell" in before
    assert "Restaurant letter grade" not in province.main(f"{province.file(RESTAURANT)}?day=2009-01-01")


def test_a_file_without_entries_can_be_looked_back_at(province: Portal) -> None:
    assert LOOKING_BACK in province.main(f"{province.file(DAUGHTER)}?day=2025-01-01")
