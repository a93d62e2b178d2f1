"""Looking back shows nothing again that has ended since, and stays with its day."""

from __future__ import annotations

import re
from datetime import date

import pytest

from goodstanding.ledger.ending import end_record
from goodstanding.ledger.models import Ending, Record
from goodstanding.ledger.writing import current_position
from tests.integration.portal.conftest import MOTHER, RESTAURANT, Portal, tax_matter, tax_matters


def test_what_has_ended_since_is_not_shown_again_by_looking_back(settled: Portal) -> None:
    records = Record.objects.filter(content__item__path="cn/tax.arrears").order_by("id")
    position = current_position()
    end_record(
        records[0].public_id,
        Ending.Ground.REPAIRED,
        on=date(2026, 2, 1),
        reason="paid in full",
        home=settled.installation.home,
        clock=settled.installation.clock,
        actor="test",
    )
    for query in ("day=2025-06-01", f"position={position}", f"day=2025-06-01&position={position}"):
        text = settled.main(f"{settled.file(MOTHER)}?{query}")
        assert "¥90,900" not in text and "岫税决〔2025〕1号" not in text and "paid in full" not in text, query
        assert "One entry that counted then has ended since." in text
        assert "岫税决〔2025〕2号" in text and "one entry counted against this organisation then" in text
    assert "Repaired: the organisation has put it right" in text


def test_a_grade_of_then_that_rests_on_what_has_ended_since_is_not_shown(settled: Portal) -> None:
    record = Record.objects.get(content__item__path="us-nyc/food.graded_inspection")
    back = f"{settled.file(RESTAURANT)}?day=2015-01-01"
    assert "gives A" in settled.main(back)
    end_record(
        record.public_id,
        Ending.Ground.ANNULLED,
        on=date(2026, 2, 1),
        reason="a wrong restaurant",
        home=settled.installation.home,
        clock=settled.installation.clock,
        actor="test",
    )
    early = settled.main(f"{back}&position={current_position() - 1}")
    assert "gives A" not in early and "Grade A" not in early
    assert "An entry that this result rested on is no longer shown." in early


def test_links_of_a_page_of_then_stay_with_its_day(settled: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodstanding.portal.views.file.PER_PAGE", 1)
    monkeypatch.setattr("goodstanding.portal.filepage.entries.PER_PAGE", 1)
    monkeypatch.setattr("goodstanding.portal.filepage.then.PER_PAGE", 1)
    settled.installation.deliver("more.csv", tax_matters(tax_matter(3)), "cn/tax-matters")
    page = settled.read(f"{settled.file(MOTHER)}?day=2025-06-01")
    links = re.findall(r'href="(\?[^"]*page=[0-9]+[^"]*)"', page)
    assert links and all(
        "day=2025-06-01&amp;position=" in one or "day=2025-06-01&position=" in one for one in links
    )
    assert "day=2025-06-01" in re.findall(r'class="switch" href="([^"]*)"', page)[0]
