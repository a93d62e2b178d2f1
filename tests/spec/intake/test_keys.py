"""A key has one spelling: however its cells are typed, a row is found again, and no two keys are merged."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.model import Column, ColumnType, Contract
from goodstanding.intake import keys, sql
from goodstanding.intake.keys import folded_key
from tests.spec.intake.penalties import CONTRACT, TIES, check, good_rows, line, row, text_file, usci

SAME = [
    ("榕环罚（２０２５）１号", "榕环罚(2025)1号"),
    ("榕环罚［2025］1号", "榕环罚[2025]1号"),
    ("榕环罚 (2025)  1号", "榕环罚 (2025) 1号"),
    ("榕环罚\u3000(2025)\u00a0\t1号", "榕环罚 (2025) 1号"),
    ("\u2003榕环罚(2025)1号\u3000", "榕环罚(2025)1号"),
    ("榕环罚\u200b(2025)\u2060\ufe0f1号\ufeff", "榕环罚(2025)1号"),
    ("榕㈠Ⅳ№1", "榕(一)IVNo1"),
    ("ｶﾞ１", "ガ1"),
    ("Cafe\u0301 1", "Café 1"),
    ("\u2f00号", "一号"),
]
DIFFERENT = [
    ("榕环罚〔2025〕1号", "榕环罚[2025]1号"),
    ("榕环罚(2025)1号", "榕环罚2025-1号"),
    ("12-1", "121"),
    ("12–1", "12-1"),
    ("12²", "122"),
    ("12①", "121"),
    ("1½", "11\u20442"),
    ("1㋀", "11月"),
    ("A 1", "A1"),
    ("A1", "a1"),
    ("01", "1"),
]


def key_of(folder: Path, number: str, contract: Contract = CONTRACT, **cells: str) -> object:
    """The source key under which a row with this number of a decision comes out."""
    found = check(text_file(folder / "one.csv", [row(1, 文号=number, **cells)]), duckdb.connect(), contract)
    ((key,),) = good_rows(found, "source_key")
    return key


@pytest.mark.parametrize(("sent", "again"), SAME)
def test_a_number_that_is_only_spelt_differently_is_the_same_key(
    tmp_path: Path, sent: str, again: str
) -> None:
    assert key_of(tmp_path, sent) == key_of(tmp_path, again) == again


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_numbers_that_differ_in_a_sign_are_different_keys(tmp_path: Path, one: str, other: str) -> None:
    assert key_of(tmp_path, one) != key_of(tmp_path, other)


def test_the_record_says_what_was_sent(tmp_path: Path) -> None:
    found = check(text_file(tmp_path / "one.csv", [row(1, 文号="榕环罚（２０２５）１号")]), duckdb.connect())
    ((number, body),) = good_rows(found, "instrument_number", "body")
    assert number == "榕环罚（２０２５）１号" and '"榕环罚（２０２５）１号"' in str(body)


def test_the_case_of_a_code_is_folded_where_it_is_ascii_and_the_contract_lists_no_words(
    tmp_path: Path,
) -> None:
    coded = replace(
        CONTRACT,
        key=("区划", "文号"),
        columns=tuple(replace(one, pattern="") if one.name == "区划" else one for one in CONTRACT.columns),
    )
    same = {key_of(tmp_path, "1号", coded, 区划=one) for one in ("ab-1（x）", "AB-1(X)", "ａｂ-1(x)")}
    assert same == {"AB-1(X)\x1f1号"}
    assert key_of(tmp_path, "1号", coded, 区划="é1") != key_of(tmp_path, "1号", coded, 区划="É1")
    listed = replace(
        coded,
        columns=tuple(
            replace(one, values=("a", "A")) if one.name == "区划" else one for one in coded.columns
        ),
    )
    assert key_of(tmp_path, "1号", listed, 区划="a") == "a\x1f1号"


def test_two_spellings_in_one_file_contradict_each_other_and_are_not_both_taken(tmp_path: Path) -> None:
    path = text_file(tmp_path / "two.csv", [row(1, 文号="罚（1）号"), row(2, 文号="罚(１)号")])
    found = check(path, duckdb.connect())
    assert (found.counts.good, found.counts.reported) == (1, 1)


def test_what_separates_the_cells_of_a_key_cannot_be_sent_in_one(tmp_path: Path) -> None:
    contract = replace(CONTRACT, key=("机关", "文号"))
    one = key_of(tmp_path, "c", contract, 机关="a\x1fb")
    assert one == "ab\x1fc" != key_of(tmp_path, "b\x1fc", contract, 机关="a")


def test_a_file_of_many_keys_gets_the_key_of_the_plain_function_for_each(tmp_path: Path) -> None:
    chance = random.Random(6)
    signs = "榕罚〔〕（）()[]［］０９19-－–Aaａ  \u3000\u00a0\u200b²①Ⅳ№ｶﾞ㈠éªº…～\x01\x1f"
    texts = ["甲" + "".join(chance.choices(signs, k=12)) + f"乙{n}" for n in range(3_000)]
    path = text_file(tmp_path / "many.csv", [row(n, 文号=one) for n, one in enumerate(texts)])
    found = check(path, duckdb.connect())
    assert [one for (one,) in good_rows(found, "source_key")] == [folded_key(one) for one in texts]


def test_every_character_that_the_fold_changes_is_looked_for() -> None:
    changed = [
        chr(code)
        for code in range(1, sys.maxunicode + 1)
        if not 0xD800 <= code < 0xE000
        and chr(code) != "\x1f"
        and folded_key(f"a{chr(code)}b") != unicodedata.normalize("NFC", f"a{chr(code)}b")
    ]
    assert len(changed) > 3_000
    con = duckdb.connect()
    missed = con.execute(
        f"SELECT one FROM (SELECT unnest($1::VARCHAR[]) AS one) WHERE NOT regexp_matches(one, {sql.text(keys._ODD)})",
        [changed],
    ).fetchall()
    assert missed == []
    assert not re.search(r"[0-9]", "".join(folded_key(one) for one in "²①½㋀⒈⑴"))


def test_a_key_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    contract = replace(CONTRACT, key=("文号", "发生日期"))
    path = text_file(tmp_path / "bad.csv", [row(1, 发生日期="2025-13-01"), row(2, 罚款="much")])
    found = check(path, duckdb.connect(), contract)
    told = found.con.execute(f"SELECT row, source_key FROM {found.rejected_keys}").fetchall()
    assert told == [(3, "榕环罚〔2025〕2号\x1f2025-01-02")]


def test_keys_of_identifiers_and_days_are_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    wide = usci(1).translate({code: code + 0xFEE0 for code in range(0x30, 0x5B)})
    lines = [line(one.name for one in TIES.columns), line((wide.lower(), usci(2), "分公司", "2020-01-01"))]
    path.write_text("".join(one + "\n" for one in lines))
    found = check(path, duckdb.connect(), TIES)
    assert good_rows(found, "source_key", "from_on") == [(f"{usci(1)}\x1f{usci(2)}", date(2020, 1, 1))]
    assert not keys.folds(Column("x", type=ColumnType.DATE), identifier=False)


def test_a_row_that_only_spells_its_cells_otherwise_says_the_same_again(tmp_path: Path) -> None:
    """Two spaces in a number are no contradiction of one space (met in Brazil's CEIS)."""
    rows = [row(1, 文号=number) for number in ("榕环罚  1号", "榕环罚 1号", "榕环罚 11号")]
    found = check(text_file(tmp_path / "twice.csv", rows), duckdb.connect())
    assert (found.counts.good, found.counts.repeated, found.counts.reported) == (2, 1, 0)
