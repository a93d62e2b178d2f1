"""What a delivery says of the days up to its own is kept with it, and known from its position on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access
from goodstanding.ledger.checking import check
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.extract import extract_at
from goodstanding.ledger.report import DeliveryReport
from goodstanding.ledger.taking_in import take_in
from goodstanding.ledger.writing import current_position
from goodstanding.rules.delivered import Days, read_coverage
from tests.integration.installation import TODAY, Installation

FIRM = "91990203MAWETFTT9F"
REPORTS = f"统一社会信用代码,名称,报告年度,公示日期,报告状态\n{FIRM},岫镝造纸有限公司,2024,2025/05/02,按期\n"
ITEM, SOURCE = "cn/registration.annual_report", "cn/annual-reports"


def deliver(
    installation: Installation,
    text: str,
    *,
    as_of: date | None = None,
    day: date = TODAY,
    name: str = "reports.csv",
) -> DeliveryReport:
    path = installation.home.path.parent / name
    path.write_text(text, encoding="utf-8")
    return take_in(
        path,
        installation.catalogue.contract(SOURCE),
        installation.catalogue,
        home=installation.home,
        clock=Clock(day),
        actor="test",
        as_of=as_of,
    )


def covered(installation: Installation, position: int | None = None) -> list[Days]:
    at = current_position() if position is None else position
    return coverage_at(at, installation.catalogue).get(ITEM, [])


def until(installation: Installation, as_of: date) -> list[Days]:
    """What a delivery as of a day covers by the contract."""
    speaks = installation.catalogue.contract(SOURCE).covers_days
    return [(date.min, as_of + timedelta(days=1 + speaks))]


def test_a_delivery_covers_the_days_up_to_its_own_from_its_position_on(installation: Installation) -> None:
    before = current_position()
    deliver(installation, REPORTS)
    assert covered(installation) == until(installation, TODAY)
    assert covered(installation, before) == []
    extract = extract_at(installation.home, current_position(), Access.PUBLIC, installation.catalogue)
    assert extract.coverage == {ITEM: until(installation, TODAY)}
    assert check(installation.home).findings == ()


def test_a_file_of_an_earlier_day_says_so(installation: Installation) -> None:
    deliver(installation, REPORTS, as_of=date(2025, 6, 30))
    assert covered(installation) == until(installation, date(2025, 6, 30))
    (part,) = installation.home.extract.glob("*/coverage-2025-06-30.parquet")
    assert read_coverage((part,)) == {ITEM: until(installation, date(2025, 6, 30))}


def test_the_same_file_again_tells_of_no_later_day_unless_the_sender_says_that_it_still_holds(
    installation: Installation,
) -> None:
    deliver(installation, REPORTS)
    later = TODAY + timedelta(days=60)
    assert not deliver(installation, REPORTS, day=later).changed
    assert covered(installation) == until(installation, TODAY)
    said = deliver(installation, REPORTS, day=later, as_of=later)
    assert (said.changed, said.loaded) == (True, 0)
    assert covered(installation) == until(installation, later)
    assert not deliver(installation, REPORTS, day=later, as_of=TODAY).changed, "it tells of nothing new"
    assert check(installation.home).findings == ()


def test_corrected_rows_say_nothing_of_the_others(installation: Installation, tmp_path: Path) -> None:
    wrong = REPORTS.replace("2025/05/02", "2. May")
    first = deliver(installation, REPORTS.replace("2024,", "2023,") + wrong.splitlines()[1] + "\n")
    problems = Path(first.problem_file).read_text(encoding="utf-8").replace("2. May", "2025/05/02")
    done = deliver(installation, problems, day=TODAY + timedelta(days=9), name="corrected.csv")
    assert done.loaded == 1
    assert covered(installation) == until(installation, TODAY)


def test_no_delivery_is_of_a_day_to_come(installation: Installation) -> None:
    with pytest.raises(Refusal, match="GS-LEDGER-032"):
        deliver(installation, REPORTS, as_of=TODAY + timedelta(days=1))
    assert covered(installation) == []


def test_rows_of_a_part_name_every_item_that_the_source_sends(installation: Installation) -> None:
    deliver(installation, REPORTS)
    (part,) = installation.home.extract.glob("*/coverage-*.parquet")
    assert pq.read_table(part)["item"].to_pylist() == list(installation.catalogue.contract(SOURCE).sends)
