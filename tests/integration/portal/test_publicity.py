"""After the maximum of its publicity an entry is on no public page; authorities and rulebooks still have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.core.clock import Clock
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import find_subject, subject_file
from goodstanding.ledger.writing import current_position
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.queries import assessments_of
from goodstanding.standing.running import RunReport, run_rulebook
from tests.integration.portal.conftest import MOTHER, NAME, Portal

HEADER = (
    "行政相对人名称,行政相对人类别,统一社会信用代码,工商注册号,组织机构代码,税务登记号,事业单位证书号,社会组织登记证号,"
    "法定代表人,法定代表人证件类型,法定代表人证件号码,自然人证件类型,自然人证件号码,行政处罚决定书文号,违法行为类型,违法事实,"
    "处罚依据,处罚类别,处罚内容,罚款金额(万元),没收违法所得、没收非法财物的金额(万元),暂扣或吊销证照名称及编号,处罚决定日期,"
    "处罚有效期,公示截止期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,备注,目录事项,失信程度\n"
)
ROW = (
    f"{NAME},法人及非法人组织,{MOTHER},,,,,,,,,,,岫环罚〔2026〕7号,超标排放,排放超标,"
    "环境保护法,其他,警告,,,,2026/04/10,2099/12/31,,翠岫市生态环境局,,,,,其他环境行政处罚,轻微\n"
)
TAKEN_IN, LAST, OVER = (
    date(2026, 4, 20),
    date(2026, 7, 9),
    date(2026, 7, 10),
)  # three months from the decision
BOOK = "cn/hubei-wuhan/environmental-credit"


@pytest.fixture
def penalised(settled: Portal) -> Portal:
    """The small province with a minor penalty under Order 36, taken in ten days after its decision."""
    installation = replace(settled.installation, clock=Clock(TAKEN_IN))
    report = installation.deliver("penalties.csv", HEADER + ROW, "cn/penalties")
    assert report.loaded == 1, report
    replace(installation, clock=Clock(OVER)).nothing_from(
        "cn/penalties", "cn/court-judgments", "cn/commitments", "cn/honours"
    )
    return replace(settled, installation=installation)


def assess(portal: Portal, on: date) -> RunReport:
    one = portal.installation
    return run_rulebook(BOOK, on=on, catalogue=one.catalogue, home=one.home, clock=one.clock, actor="test")


def test_an_entry_leaves_the_page_on_the_day_its_publicity_is_over(
    penalised: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", LAST.isoformat())
    page = penalised.main(penalised.file(MOTHER))
    assert "岫环罚〔2026〕7号" in page and "10 July 2026" in page
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", OVER.isoformat())
    page = penalised.main(penalised.file(MOTHER))
    assert "岫环罚〔2026〕7号" not in page and "超标排放" not in page


@pytest.mark.parametrize(
    ("reader", "today", "day", "seen"),
    [
        (Reader.public(), LAST, LAST, True),
        (Reader.public(), OVER, OVER, False),
        (Reader.public(), OVER, LAST, False),
        (Reader(Access.SHARED), OVER, OVER, True),
        (Reader(Access.RESTRICTED), OVER, OVER, True),
    ],
    ids=["last day", "the day after", "an older file brings nothing back", "shared", "restricted"],
)
def test_a_file_shows_it_to_those_for_whom_it_is_still_open(
    penalised: Portal, reader: Reader, today: date, day: date, seen: bool
) -> None:
    subject = find_subject(MOTHER)
    assert subject is not None
    publicity = Publicity(penalised.installation.catalogue, today)
    file = subject_file(subject, day=day, position=current_position(), reader=reader, publicity=publicity)
    assert ("cn/environment.penalty" in {one.item for one in file.entries}) is seen


def test_a_line_that_rests_on_it_shows_its_rule_alone_and_the_rulebook_still_counts_it(
    penalised: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = assess(penalised, LAST), assess(penalised, OVER)
    assert before.lines == after.lines == 1, "the engines have it until its retention ends"
    subject = find_subject(MOTHER)
    assert subject is not None
    catalogue = penalised.installation.catalogue
    shelf, now = Shelf.of(catalogue.packs), Publicity(catalogue, OVER)
    (closed,) = assessments_of(subject.pk, shelf, Reader.public(), now)
    assert closed.closed and closed.grade is None and closed.points_low is None and closed.possible == ()
    (line,) = closed.lines
    assert (line.rule, line.status) == ("other-penalty", "closed")
    assert (line.points_low, line.record_public_id, line.item, line.decided_on) == (None, None, None, None)
    (still,) = assessments_of(subject.pk, shelf, Reader.public(), Publicity(catalogue, LAST))
    (shared,) = assessments_of(subject.pk, shelf, Reader(Access.SHARED), now)
    assert not still.closed and not shared.closed and shared.lines[0].record_public_id is not None
    monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", OVER.isoformat())
    page = penalised.main(penalised.file(MOTHER))
    assert "Rests on a record that is not public" in page and "10 April 2026" not in page
