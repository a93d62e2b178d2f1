"""What was erased does not come back by another spelling of its key, nor by a fault in its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content, Event
from goodstanding.ledger.writing import current_position
from tests.integration.installation import Installation

ARREARS = "cn/wage-arrears"
HEADER = (
    "统一社会信用代码,名称,目录事项,文书号,作出机关,依据,决定日期,拖欠期间,涉及人数,拖欠金额(元),清偿日期\n"
)
# A code of a division that does not exist, with a valid check character.
SUBJECT = "91990203MAWETFTT9F"
ERASED = "珩人社（2025）7号"


def arrears(number: str, *, amount: str = "1200.00", workers: str = "3", office: str = "珩原市人社局") -> str:
    return f"{SUBJECT},岫镝造纸有限公司,拖欠工资处理决定,{number},{office},,2025/02/03,,{workers},{amount},\n"


@pytest.fixture
def erased(installation: Installation) -> Installation:
    """A ledger with two decisions of one organisation, the second erased."""
    report = installation.deliver("a.csv", HEADER + arrears("珩人社（2025）6号") + arrears(ERASED), ARREARS)
    assert report.loaded == 2
    record = Content.objects.get(body__contains=ERASED).record
    erase(
        record.public_id, ground="Judgment 12", home=installation.home, clock=installation.clock, actor="test"
    )
    return installation


def kept(report_file: str) -> str:
    return Path(report_file).read_text(encoding="utf-8") if report_file else ""


@pytest.mark.parametrize(
    "again", ["珩人社(2025)7号", "珩人社（２０２５）７号", " 珩人社（2025）\u200b7号\u3000"]
)
def test_an_erased_row_stays_out_however_its_key_is_spelt(erased: Installation, again: str) -> None:
    report = erased.deliver("b.csv", HEADER + arrears(again), ARREARS)
    assert (report.kept_out, report.loaded, report.changed) == (1, 0, False)
    assert not Content.objects.filter(body__contains="7号").exists()


def test_a_row_of_another_number_is_not_kept_out(erased: Installation) -> None:
    report = erased.deliver(
        "b.csv", HEADER + arrears("珩人社〔2025〕7号") + arrears("珩人社（2025）77号"), ARREARS
    )
    assert (report.kept_out, report.loaded) == (0, 2)


def test_a_key_spelt_differently_is_the_same_record_and_it_keeps_what_was_sent(erased: Installation) -> None:
    report = erased.deliver("b.csv", HEADER + arrears("珩人社(２０２５)6号"), ARREARS)
    assert (report.loaded, report.corrections) == (1, 1)
    assert Content.objects.filter(body__contains="珩人社(２０２５)6号").count() == 1


def test_an_erased_row_with_a_fault_is_kept_out_and_nowhere_echoed(erased: Installation) -> None:
    faulty = arrears("珩人社(2025)７号", amount="a secret")
    other = arrears("珩人社（2025）8号", amount="much")
    report = erased.deliver("b.csv", HEADER + faulty + other, ARREARS)
    assert report.agrees()
    assert (report.kept_out, report.reported, report.problems_by_rule) == (1, 1, {"number-format": 1})
    assert "much" in kept(report.problem_file)
    assert "secret" not in kept(report.problem_file) and "７号" not in kept(report.problem_file)
    alone = erased.deliver("c.csv", HEADER + faulty, ARREARS)
    assert (alone.kept_out, alone.reported, alone.problem_file) == (1, 0, "")
    assert alone.agrees() and not alone.changed


def test_of_rows_that_contradict_each_other_under_an_erased_key_none_is_echoed(erased: Installation) -> None:
    report = erased.deliver(
        "b.csv",
        HEADER + arrears(ERASED, workers="4") + arrears(ERASED, workers="5", office="a secret"),
        ARREARS,
    )
    assert report.agrees()
    assert (report.kept_out, report.reported, report.problem_file) == (2, 0, "")


def test_a_file_without_rows_changes_nothing(installation: Installation) -> None:
    report = installation.deliver("empty.csv", HEADER, ARREARS)
    assert (report.rows, report.changed, report.position) == (0, False, current_position())
    # A new database takes a position for its own secret, and none for the file.
    assert not Event.objects.exclude(kind=Event.Kind.NODE).exists()


def test_a_corrected_problem_file_is_not_told_about_its_own_columns(installation: Installation) -> None:
    first = installation.deliver("a.csv", HEADER + arrears("1号", amount="much"), ARREARS)
    corrected = kept(first.problem_file).replace("much", "12.00")
    second = installation.deliver("b.csv", corrected, ARREARS)
    assert second.loaded == 1
    assert not [one for one in second.notes if "not in the contract" in one]
    foreign = installation.deliver(
        "c.csv", HEADER.replace("\n", ",_row\n") + arrears("2号")[:-1] + ",5\n", ARREARS
    )
    assert [one for one in foreign.notes if one.startswith("_row: ")]


def test_a_note_names_its_column(installation: Installation) -> None:
    report = installation.deliver(
        "a.csv", HEADER + arrears("1号") + arrears("2号").replace(SUBJECT, ""), ARREARS
    )
    (note,) = report.notes
    assert note.startswith("统一社会信用代码: 1 of 2 cells")
