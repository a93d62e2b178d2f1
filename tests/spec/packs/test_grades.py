"""What China's grades promise: the published sums, persons left out, and nobody graded by what was never published."""

from __future__ import annotations

import csv
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.catalogue.model import Item, Pack
from goodstanding.core.identifiers.usci import check_character
from goodstanding.intake import check_file
from goodstanding.rules import Record, Rulebook, Subject, load_rulebook
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Because

FIRM = Subject(1, "enterprise", date(2001, 1, 1))
TABLES = range(60, 72)
# Schemes whose metrics, weights or models nobody published.
SECRET = ("cn/comprehensive-grade", "cn/market-risk-class", "cn/agency-credit-grade", "cn/small-firm-lending")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("cn")


@pytest.fixture(scope="module")
def items(pack: Pack) -> dict[str, Item]:
    return {one.path: one for one in pack.items}


@pytest.fixture(scope="module")
def books(pack: Pack) -> list[Rulebook]:
    return [load_rulebook(one) for one in pack.rulebooks]


def at(books: list[Rulebook], path: str, day: date) -> Rulebook:
    """The version in force on a day."""
    (found,) = (
        one
        for one in books
        if one.path == path
        and one.in_force_from <= day
        and (one.in_force_to is None or day < one.in_force_to)
    )
    return found


def record(items: dict[str, Item], number: int, item: str, day: date, **fields: int | str) -> Record:
    """A record of that day with these fields."""
    numbers: list[int | None] = [None] * 4
    codes: list[str | None] = [None] * 4
    for name, value in fields.items():
        field = items[item].field_named(name)
        assert field is not None and field.slot is not None
        if isinstance(value, int):
            numbers[field.slot - 1] = value
        else:
            codes[field.slot - 1] = value
    return Record(
        number, item, decided_on=day, effective_from=day, numbers=tuple(numbers), codes=tuple(codes)
    )


def test_every_row_of_the_facts_about_grades_is_carried_by_something(
    books: list[Rulebook], shared: Path
) -> None:
    carried = set[str]()
    for book in books:
        carried.update(book.covers)
        for part in (*book.rules, *book.overrides, *book.bars, *book.untranslatable, *book.quotas):
            carried.update(part.covers)
    tables = sorted((shared / "facts" / "tables").glob("*.csv"))
    asked = 0
    for file in tables:
        table = file.name.partition("_")[0]
        if not table.isdigit() or int(table) not in TABLES:
            continue
        with file.open(encoding="utf-8", newline="") as rows:
            for number, _ in enumerate(csv.DictReader(rows), 1):
                assert f"{table}/{number}" in carried
                asked += 1
    assert asked == 128


def test_zhejiangs_five_sections_add_up_to_a_thousand_points(books: list[Rulebook]) -> None:
    book = at(books, "cn/zhejiang/public-credit", date(2021, 1, 1))
    worth = [abs(one.at_least or one.at_most or 0) for one in book.sections]
    assert worth == [80_00, 195_00, 90_00, 450_00, 185_00]
    assert sum(worth) == book.maximum == 1000_00
    assert book.start[0].points + worth[-1] == 1000_00, "what can be lost is there from the start"


def test_no_bound_of_zhejiangs_levels_is_taken_from_memory(books: list[Rulebook]) -> None:
    book = at(books, "cn/zhejiang/public-credit", date(2021, 1, 1))
    assert book.grades == ("measured",)
    assert "levels" in {one.id for one in book.untranslatable}


def test_rows_about_natural_persons_are_refused(books: list[Rulebook]) -> None:
    """Key personnel, the annual tax return of a person, who runs another firm; free rides and free entry."""
    for row in ("68/1", "68/2", "62/4", "64/9", "64/10", "71/5", "71/7"):
        carrying = [one for book in books for one in book.untranslatable if row in one.covers]
        assert carrying and {one.because for one in carrying} == {Because.REFUSED}, row
        assert not any(row in rule.covers for book in books for rule in book.rules), row


def test_nobody_is_graded_by_metrics_that_were_never_published(
    books: list[Rulebook], items: dict[str, Item]
) -> None:
    day = date(2024, 5, 6)
    for path in SECRET:
        book = at(books, path, day)
        asked = sorted({select.item for _, select, _ in book.selects()})
        heard = [record(items, number, one, date(2023, 3, 1)) for number, one in enumerate(asked, 1)]
        for records in ([], heard):
            assert assess(book, items, FIRM, records, day).grade is None, path


def test_one_firm_fares_differently_in_jiangsu_and_in_wuhan(
    books: list[Rulebook], items: dict[str, Item]
) -> None:
    """MERICS 2021, exhibit 10: the same record under the rules of two places."""

    def graded(path: str, records: list[Record], day: date) -> Assessment:
        return assess(at(books, path, day), items, FIRM, records, day)

    day = date(2019, 12, 31)
    warned = [record(items, number, "cn/environment.warning", date(2019, 11, 11)) for number in range(1, 6)]
    assert graded("cn/jiangsu/environmental-credit", warned, day).grade == "yellow"
    found = graded("cn/hubei-wuhan/environmental-credit", warned, day)
    assert (
        found.grade is None
        and found.points is not None
        and (found.points.low, found.points.high) == (0, 80_00)
    )
    before = date(2017, 5, 1)
    warned = [record(items, number, "cn/environment.warning", date(2017, 4, 11)) for number in range(1, 6)]
    assert graded("cn/hubei-wuhan/environmental-credit", warned, before).grade == "highest"


def test_public_information_weighs_thirty_per_cent_in_the_grade_of_an_industry(
    books: list[Rulebook], items: dict[str, Item]
) -> None:
    day = date(2021, 1, 1)
    book = at(books, "cn/industrial-gases-quality", day)
    for public, other in product((0, 40_00, 100_00), repeat=2):
        marks = record(
            items,
            1,
            "cn/product_quality.industry_marks",
            date(2020, 3, 1),
            public_mark=public,
            other_mark=other,
        )
        total = assess(book, items, FIRM, [marks], day).points
        assert total is not None and total.low == total.high == (3 * public + 7 * other) // 10


def test_a_builder_is_scored_by_bidding_and_performance_or_by_the_one_that_there_is(
    books: list[Rulebook], items: dict[str, Item]
) -> None:
    """X = aT + bL - the sum of Q; a is 0.2 and b 0.8 with both, 1 and 0 or 0 and 1 with one of them."""
    day = date(2021, 3, 1)
    book = at(books, "cn/road-construction-credit", day)
    scores = (None, 0, 55_00, 100_00)
    for bidding, performance, other in product(scores, scores, (0, 7_50)):
        records = [record(items, 1, "cn/construction.deduction", date(2020, 6, 1), deducted=other)]
        for number, (conduct, score) in enumerate((("bidding", bidding), ("performance", performance)), 2):
            if score is not None:
                records.append(
                    record(
                        items,
                        number,
                        "cn/construction.conduct_score",
                        date(2020, 6, 1),
                        conduct=conduct,
                        score=score,
                    )
                )
        found = assess(book, items, FIRM, records, day)
        there = [one for one in (bidding, performance) if one is not None]
        if not there:
            assert found.grade == "not-evaluated"
            continue
        scored = (2 * there[0] + 8 * there[1]) // 10 if len(there) == 2 else there[0]
        assert found.points is not None and found.points.low == found.points.high == scored - other


def test_eleven_points_leave_a_taxpayer_in_b(books: list[Rulebook], items: dict[str, Item]) -> None:
    """Trivium 2020, 5.1: 100 less 11 is grade B, under both versions."""
    for year, item in ((2019, "cn/tax.device_damage"), (2025, "cn/tax.false_promise")):
        day = date(year + 1, 3, 1)
        records = [
            record(items, 1, "cn/tax.evaluation_information", date(year, 12, 1), completeness="complete"),
            record(items, 2, item, date(year, 5, 1)),
        ]
        found = assess(at(books, "cn/tax-credit", day), items, FIRM, records, day)
        assert found.grade == "B" and found.points is not None and found.points.low == 89_00


def test_marks_and_scores_come_in_by_file(pack: Pack, items: dict[str, Item], tmp_path: Path) -> None:
    contract = pack.contract("cn/grading-inputs")
    code = "91990000MA0000000"
    row = dict.fromkeys((one.name for one in contract.columns), "")
    row |= {
        "统一社会信用代码": code + check_character(code),
        "名称": "溟澹路桥工程有限公司",
        "目录事项": "公路水运工程从业行为评分",
        "文书号": "溟交信评〔2021〕1号",
        "作出机关": "溟澹市交通运输局",
        "决定日期": "2021-02-05",
        "情形": "performance",
        "得分(百分之一分)": "9550",
    }
    file = tmp_path / "scores.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerow(row)
    con = duckdb.connect()
    batch = check_file(
        file,
        contract,
        items,
        work=tmp_path / "work",
        con=con,
        today=date(2021, 6, 1),
        currency=pack.currency,
        schemes=pack.own_schemes,
    )
    assert batch.counts.good == 1
    found = con.execute(f"SELECT item, code_1, number_1 FROM {batch.table}").fetchall()
    assert found == [("cn/construction.conduct_score", "performance", 9550)]
