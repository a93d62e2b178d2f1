"""What leaves the pages, and what comes: endings, corrections, retention, grades, merges, many entries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodstanding.ledger.ending import end_record, judge_merge
from goodstanding.ledger.models import Ending, Merge, Record, Subject
from goodstanding.standing.running import run_rulebook
from tests.integration.installation import TODAY
from tests.integration.portal.conftest import DAUGHTER, MOTHER, RESTAURANT, Portal, tax_matter, tax_matters


def _end(portal: Portal, record: UUID, ground: Ending.Ground, reason: str) -> None:
    end_record(
        record,
        ground,
        on=date(2026, 2, 1),
        reason=reason,
        home=portal.installation.home,
        clock=portal.installation.clock,
        actor="test",
    )


def test_what_ended_keeps_its_title_ground_and_day_and_loses_its_content(settled: Portal) -> None:
    path = settled.file(MOTHER)
    record = Record.objects.get(content__amount=9_090_000).public_id
    _end(settled, record, Ending.Ground.REPAIRED, "paid the ninety thousand")
    page = settled.read(path)
    assert "90,900" not in page and "〔2025〕1号" not in page and "ninety" not in page
    assert "Repaired: the organisation has put it right" in page and "1 February 2026" in page
    assert f'id="record-{record}"' in page
    assert "One entry on public record counts against" in page


def test_a_correction_takes_the_wrong_content_off_the_page(settled: Portal) -> None:
    row = tax_matter(2, amount="700.00")
    settled.installation.deliver("tax2.csv", tax_matters(row), "cn/tax-matters")
    page = settled.read(settled.file(MOTHER))
    assert "¥700" in page and "600.50" not in page
    assert "Corrected: a right entry took its place" in page


def test_what_is_past_its_retention_is_not_on_the_page(settled: Portal) -> None:
    retention = settled.installation.catalogue.item("cn/tax.arrears").retention.months
    long_ago = date(TODAY.year - retention // 12 - 1, 1, 5)
    row = tax_matter(3, day=f"{long_ago:%Y/%m/%d}", amount="123456.00")
    settled.installation.deliver("tax3.csv", tax_matters(row), "cn/tax-matters")
    assert "123,456" not in settled.read(settled.file(MOTHER))


def test_a_grade_leads_to_its_records_and_its_law(settled: Portal) -> None:
    for path in ("us-nyc/restaurant-grade", "uk-food/hygiene-rating"):
        run_rulebook(
            path,
            on=TODAY,
            catalogue=settled.installation.catalogue,
            home=settled.installation.home,
            clock=settled.installation.clock,
            actor="test",
        )
    page = settled.read(settled.file(RESTAURANT))
    record = Record.objects.get(content__item__path="us-nyc/food.graded_inspection").public_id
    assert "Grade A" in page and f'href="#record-{record}"' in page and f'id="record-{record}"' in page
    score = "Points for violations at the latest graded inspection"
    assert f"{score} = 2: 0 to 13 gives A." in page and "0 points" not in page
    assert "/en/packs/us-nyc/rulebooks/restaurant-grade@2010-07-27" in page
    assert "New York City Health Code" in page
    _end(settled, record, Ending.Ground.ANNULLED, "the inspection was void")
    text = settled.main(settled.file(RESTAURANT))
    assert (
        "To be worked out again" in text and "Grade A" not in text and "latest graded inspection" not in text
    )
    assert "Food hygiene rating" not in page, "another country's rules say nothing of it"


def test_the_file_of_a_merged_subject_is_that_of_the_one_it_was_merged_into(settled: Portal) -> None:
    before = settled.file(DAUGHTER)
    first, second = (Subject.objects.get(identifier=one) for one in (DAUGHTER, MOTHER))
    clock = settled.installation.clock
    judge_merge(Merge.Kind.SAME, first, second, reason="one organisation", clock=clock, actor="test")
    response = settled.get(before)
    assert response.status_code == 302 and response.headers["Location"] == settled.file(MOTHER)
    assert DAUGHTER in settled.read(settled.file(MOTHER))


@pytest.mark.parametrize("many", [210])
def test_many_entries_come_in_pages_and_cost_no_more_queries(settled: Portal, many: int) -> None:
    path = settled.file(MOTHER)
    settled.read(path)
    with CaptureQueriesContext(connection) as few:
        settled.read(path)
    rows = (tax_matter(number, amount=f"{number}.00") for number in range(1000, 1000 + many))
    settled.installation.deliver("many.csv", tax_matters(*rows), "cn/tax-matters")
    with CaptureQueriesContext(connection) as with_many:
        first = settled.read(path)
    assert len(with_many) == len(few)
    second = settled.read(path + "?page=2")
    assert "Page 1 of 2." in first and first.count('<article class="card"') == 200
    assert "Page 2 of 2." in second and second.count('<article class="card"') == many + 2 - 200


def test_a_name_with_markup_in_it_is_only_text(portal: Portal) -> None:
    row = '30075445,"<script>alert(1)</script> & BAKE SHOP LLC",Bronx,B,1,M,10462,2014-03-03,A,2\n'
    head = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
    portal.installation.deliver("nyc.csv", head + row, "us-nyc/graded-inspections")
    for path in (portal.file(RESTAURANT), "/en/search?q=bake", '/en/search?q="><script>alert(2)</script>'):
        assert "<script" not in portal.read(path)


def test_an_empty_ledger_says_so(portal: Portal) -> None:
    assert "Nothing has been delivered yet." in portal.read("/en/")


def test_an_entry_whose_term_is_over_says_since_when(settled: Portal) -> None:
    row = tax_matter(9, day="2025/01/10", until="2025/06/01")
    settled.installation.deliver("paid.csv", tax_matters(row), "cn/tax-matters")
    text = settled.main(settled.file(MOTHER))
    assert "No longer in effect since 1 June 2025" in text
    assert "2 entries on public record count against this organisation today" in text, "the paid one does not"
    assert "自2025年6月1日起已不再有效" in settled.main(settled.file(MOTHER, "zh"))
