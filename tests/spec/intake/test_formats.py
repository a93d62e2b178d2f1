"""The same table says the same in every format that is taken in; a file that is none is refused, not crashed on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goodstanding.catalogue.model import Column
from goodstanding.core.errors import Refusal
from goodstanding.intake import CheckedBatch
from tests.spec.intake.faults import identity_number
from tests.spec.intake.penalties import (
    COLUMNS,
    CONTRACT,
    SUBJECTS,
    check,
    good_rows,
    header,
    line,
    problems,
    row,
    text_file,
    usci,
)

ROWS = [row(one) for one in range(1, 41)]
NAMES = [one.name for one in COLUMNS]


def _csv(path: Path) -> None:
    text_file(path, ROWS)


def _crlf(path: Path) -> None:
    text_file(path, ROWS)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def _old_mac(path: Path) -> None:
    text_file(path, ROWS)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))


def _marked(path: Path) -> None:
    text_file(path, ROWS, encoding="utf-8-sig")


def _gzipped(path: Path) -> None:
    text_file(path, ROWS)
    path.write_bytes(gzip.compress(path.read_bytes()))


def _gb18030(path: Path) -> None:
    text_file(path, ROWS, encoding="gb18030")


def _utf16(path: Path) -> None:
    text_file(path, ROWS, encoding="utf-16")


def _no_last_feed(path: Path) -> None:
    text_file(path, ROWS)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))


def _many_last_feeds(path: Path) -> None:
    text_file(path, ROWS)
    path.write_bytes(path.read_bytes() + b"\r\n\n\n")


def _all_quoted(path: Path) -> None:
    lines = [header(), *(",".join(f'"{cell}"' for cell in one.values()) for one in ROWS)]
    path.write_text("".join(one + "\n" for one in lines))


def _reordered(path: Path) -> None:
    names = sorted(NAMES)
    lines = [line(names), *(line(one[name] for name in names) for one in ROWS)]
    path.write_text("".join(one + "\n" for one in lines))


def _wide_headers(path: Path) -> None:
    names = [f"\u3000{name} " for name in NAMES]
    lines = [line(names), *(line(one.values()) for one in ROWS)]
    path.write_text("".join(one + "\n" for one in lines))


def _spaced(path: Path) -> None:
    text_file(path, [{name: f"\u3000 {cell}\t" for name, cell in one.items()} for one in ROWS])


def _workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(NAMES)
    for one in ROWS:
        cells: dict[str, object] = dict(one)
        cells["发生日期"] = date(2025, 1, 2)
        cells["决定日期"] = datetime(2025, 2, 3)
        cells["成立日期"] = date(2010, 2, 1)
        cells["罚款"] = 12345.6
        cells["没收"] = 1234.5
        cells["次数"] = 2
        cells["比率"] = 0.125
        sheet.append(list(cells.values()))
    book.save(path)


def _jsonlines(path: Path) -> None:
    written = [json.dumps(one | {"比率": 0.125, "次数": 2}, ensure_ascii=False) for one in ROWS]
    path.write_text("\n".join(one.replace('"比率": "0.125"', '"比率": 0.125') for one in written) + "\n")


def _parquet(path: Path) -> None:
    columns: dict[str, object] = {name: [one[name] for one in ROWS] for name in NAMES}
    columns["决定日期"] = [date(2025, 2, 3)] * len(ROWS)
    columns["成立日期"] = [date(2010, 2, 1)] * len(ROWS)
    columns["罚款"] = [Decimal("12345.60")] * len(ROWS)
    columns["没收"] = [1234.5] * len(ROWS)
    columns["次数"] = [2] * len(ROWS)
    pq.write_table(pa.table(columns), path)


WAYS: list[Callable[[Path], None]] = [
    _crlf,
    _old_mac,
    _marked,
    _gzipped,
    _gb18030,
    _utf16,
    _no_last_feed,
    _many_last_feeds,
    _all_quoted,
    _reordered,
    _wide_headers,
    _spaced,
    _workbook,
    _jsonlines,
    _parquet,
]


def _checked(path: Path) -> CheckedBatch:
    return check(path, duckdb.connect())


@pytest.mark.parametrize("way", WAYS, ids=lambda one: one.__name__.strip("_"))
def test_every_format_says_the_same(tmp_path: Path, way: Callable[[Path], None]) -> None:
    _csv(tmp_path / "plain.csv")
    expected = _checked(tmp_path / "plain.csv")
    assert expected.counts.good == len(ROWS) and expected.path_taken == "fast"
    way(tmp_path / "other")
    found = _checked(tmp_path / "other")
    assert problems(found) == []
    columns = ("identifier", "name", "registered_on", "source_key", "amount", "effective_to", "body")
    assert good_rows(found, *columns) == good_rows(expected, *columns)


def test_rows_carry_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    two_lines = line(row(2, 事实="两行\n文字").values())
    lines = ["", line(row(1).values()), "", two_lines, line(row(3).values())]
    found = _checked(text_file(tmp_path / "blank.csv", lines))
    assert [number for (number,) in good_rows(found, "row")] == [3, 5, 6]
    assert good_rows(found, "body")[1][0].count("两行\\n文字") == 1


def test_an_unclosed_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    bad = line(row(1).values()).replace("超标", '"超标')
    found = _checked(text_file(tmp_path / "quote.csv", [bad, *(row(one) for one in range(2, 12))]))
    assert found.counts.good == 10
    assert [(one[0], one[3]) for one in problems(found)] == [(2, "unclosed-quote")]


def test_two_unclosed_quotes_do_not_pass_for_one_cell(tmp_path: Path) -> None:
    one = line(row(1).values()).replace("超标", '"超标')
    two = line(row(2).values()).replace("超标排放废水", '超标"')
    found = _checked(text_file(tmp_path / "quote.csv", [one, row(5), two, row(6)]))
    assert {("unclosed-quote", 2)} <= {(rule, number) for number, _c, _v, rule, *_ in problems(found)}
    assert {3, 5} <= {number for (number,) in good_rows(found, "row")}


def test_a_file_declared_utf8_that_is_gb18030_is_recognised(tmp_path: Path) -> None:
    text_file(tmp_path / "gb.csv", ROWS, encoding="gb18030")
    found = check(tmp_path / "gb.csv", duckdb.connect(), replace(CONTRACT, encodings=("utf-8",)))
    assert found.counts.good == len(ROWS) and found.encoding == "gb18030"
    assert [one.text for one in found.notes if one.code == "encoding"] == [
        "the contract says UTF-8; the file is GB 18030 and was read as such"
    ]


def test_a_code_page_is_used_only_where_the_contract_names_it(tmp_path: Path) -> None:
    contract = replace(
        SUBJECTS,
        key=("id",),
        columns=(Column("id", required=True), Column("name")),
        subject=replace(
            SUBJECTS.subject,
            scheme="lei",
            identifier="id",
            name="name",
            kind="enterprise",
            kind_column="",
            kinds=(),
            registered_on="",
            legacy=(),
        ),
    )
    text = "id,name\n5493001KJTIIGC8Y1R12,São Paulo Construções\n"
    text += "213800WSGIIZCXF1P572,Ação Serviços\n529900T8BM49AURSDO55,José\n"
    (tmp_path / "latin.csv").write_bytes(text.encode("cp1252"))
    with_page = check(
        tmp_path / "latin.csv", duckdb.connect(), replace(contract, encodings=("utf-8", "cp1252"))
    )
    assert [name for (name,) in good_rows(with_page, "name")] == [
        "São Paulo Construções",
        "Ação Serviços",
        "José",
    ]
    without = check(tmp_path / "latin.csv", duckdb.connect(), replace(contract, encodings=("utf-8",)))
    assert without.counts.good == 0
    assert {rule for _r, _c, _v, rule, *_ in problems(without)} == {"undecodable"}


def test_unknown_columns_are_noted_once_and_searched(tmp_path: Path) -> None:
    lines = [header() + ",extra", line([*row(1).values(), "x"]), line([*row(2).values(), identity_number()])]
    (tmp_path / "more.csv").write_text("\n".join(lines) + "\n")
    found = _checked(tmp_path / "more.csv")
    assert [(one.code, one.column) for one in found.notes] == [("unknown-column", "extra")]
    assert found.counts.good == 1 and found.refused_by_clause == (("personal-number", 1),)


def test_a_missing_column_that_may_be_empty_is_noted(tmp_path: Path) -> None:
    names = [name for name in NAMES if name != "事实"]
    lines = [line(names), line(row(1)[name] for name in names)]
    (tmp_path / "less.csv").write_text("\n".join(lines) + "\n")
    found = _checked(tmp_path / "less.csv")
    assert [(one.code, one.column) for one in found.notes] == [("missing-column", "事实")]
    assert found.counts.good == 1


def _refused(tmp_path: Path, content: bytes, name: str = "file") -> Refusal:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        _checked(tmp_path / name)
    assert not (tmp_path / "work").exists()
    assert refusal.value.remedy and refusal.value.where
    return refusal.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "GS-INTAKE-001"),
        (b"\n \r\n", "GS-INTAKE-001"),
        (b"\xef\xbb\xbf", "GS-INTAKE-001"),
        (b"\0" * 100, "GS-INTAKE-001"),
        (b"%PDF-1.7 ...", "GS-INTAKE-002"),
        (b"\x89PNG\r\n\x1a\n", "GS-INTAKE-002"),
        (b"<!DOCTYPE html><html></html>", "GS-INTAKE-002"),
        (b"<?xml version='1.0'?>", "GS-INTAKE-002"),
        (b'[{"a": 1}]', "GS-INTAKE-002"),
        (bytes(range(256)) * 20, "GS-INTAKE-002"),
        ("文号,代码\n".encode("utf-16-le") * 9, "GS-INTAKE-002"),
        (gzip.compress(b"a,b\n1,2\n" * 900, mtime=0)[:-9], "GS-INTAKE-003"),
        (b"\x1f\x8b broken", "GS-INTAKE-003"),
        (b"PK\x03\x04 no workbook", "GS-INTAKE-006"),
        (b"\xd0\xcf\x11\xe0 no workbook", "GS-INTAKE-006"),
        (b"PAR1 no parquet", "GS-INTAKE-008"),
        (b"a,b\n1,2\n", "GS-INTAKE-011"),
        (b"\xff\xd8\xff\xe0", "GS-INTAKE-002"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path: Path, content: bytes, code: str) -> None:
    assert _refused(tmp_path, content).code == code


def test_a_file_without_a_header_is_refused_without_echoing_its_first_row(tmp_path: Path) -> None:
    refusal = _refused(tmp_path, line(row(1).values()).encode() + b"\n")
    assert refusal.code == "GS-INTAKE-011"
    assert usci(1) not in str(refusal) and "贸易" not in str(refusal)


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, f"{header()},代码\n".encode()).code == "GS-INTAKE-010"


def test_a_header_alone_is_an_empty_delivery(tmp_path: Path) -> None:
    found = _checked(text_file(tmp_path / "header.csv", []))
    assert found.counts.rows_read == 0 and problems(found) == []


def test_a_workbook_without_the_contracts_sheet_is_refused(tmp_path: Path) -> None:
    _workbook(tmp_path / "book")
    with pytest.raises(Refusal, match="GS-INTAKE-007"):
        check(tmp_path / "book", duckdb.connect(), replace(CONTRACT, sheet="处罚"))


def test_numbers_that_a_spreadsheet_has_rounded_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(NAMES)
    cells: dict[str, object] = dict(row(1))
    cells["代码"] = 913501001234567890
    sheet.append(list(cells.values()))
    book.save(tmp_path / "book")
    found = _checked(tmp_path / "book")
    assert [(one[1], one[3]) for one in problems(found)] == [("代码", "spreadsheet-rounded")]


def test_a_formulas_error_in_a_workbook_is_told_and_not_taken_for_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "处罚"
    sheet.append(NAMES)
    for number in (1, 2):
        sheet.append(list(row(number).values()))
    place = NAMES.index("事实") + 1
    sheet.cell(2, place).value = "#REF!"
    sheet.cell(2, place).data_type = "e"
    book.save(tmp_path / "book")
    found = _checked(tmp_path / "book")
    assert [(one[0], one[1], one[2], one[3]) for one in problems(found)] == [
        (2, "事实", "#REF!", "spreadsheet-error")
    ]


def test_titles_above_a_sheets_header_leave_the_row_numbers_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, name in enumerate(NAMES, 2):
        sheet.cell(3, column).value = name
        sheet.cell(5, column).value = row(1)[name]
    book.save(tmp_path / "book")
    found = _checked(tmp_path / "book")
    assert good_rows(found, "row", "identifier") == [(5, usci(1))]


def test_broken_json_lines_are_reported_line_by_line(tmp_path: Path) -> None:
    good = json.dumps(row(1), ensure_ascii=False)
    more = json.dumps(row(2), ensure_ascii=False)
    lines = [
        good.encode(),
        b'{"a": ',
        b"[1, 2]",
        b'{"x": 1, "x": 2}',
        good.replace('"一般"', '["一般"]').encode(),
        b'{"a": "\xe9"}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"a": NaN}',
        b"",
        more.encode(),
    ]
    (tmp_path / "file.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    found = _checked(tmp_path / "file.jsonl")
    assert [(one[0], one[3]) for one in problems(found)] == [
        (2, "json-line"),
        (3, "json-line"),
        (4, "json-repeated-key"),
        (5, "nested-value"),
        (6, "undecodable"),
        (7, "nul-byte"),
        (8, "undecodable"),
        (9, "json-line"),
    ]
    assert [number for (number,) in good_rows(found, "row")] == [1, 11]
