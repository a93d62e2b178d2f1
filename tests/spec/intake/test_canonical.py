"""The body is canonical JSON (RFC 8785), byte for byte: two nodes that hold one fact hold one digest."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodstanding.intake import sql
from goodstanding.intake.canonical import Member, Piece, document, either, nested, plain, text
from tests.spec.intake.penalties import check, good_rows, problems, row

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
SPECIAL = st.text(
    st.sampled_from('"\\/\b\f\n\r\t\x01\x0b\x1f\x7f\u2028é😀中ＡＢ１\u00a0\\u000B'), max_size=20
)
TEXTS = st.lists(ANY_TEXT | SPECIAL, min_size=1, max_size=60)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_text_is_escaped_as_the_rfc_asks(texts: list[str]) -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE t (n INTEGER, x VARCHAR)")
    con.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(texts)))
    found = con.execute(f"SELECT {sql.json_text('x')} FROM t ORDER BY n").fetchall()
    assert [one for (one,) in found] == [rfc8785.dumps(one).decode() for one in texts]


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6), st.integers(0, 3), min_size=1
    )
)
@settings(max_examples=100, deadline=None)
def test_keys_stand_in_the_order_of_the_rfc_and_absent_members_leave_no_trace(shape: dict[str, int]) -> None:
    """0: absent, 1: a text that may be absent, 2: a number that is always there, 3: an object that may be empty."""
    con = duckdb.connect()
    con.execute("CREATE TABLE t AS SELECT 'x\"y' AS here, NULL::VARCHAR AS gone, 5 AS five")
    members = [Member("always", (Piece("true"),))]
    expected: dict[str, Any] = {"always": True}
    for key, kind in shape.items():
        if key == "always":
            continue
        if kind == 0:
            members.append(text(key, sql.json_text("gone"), "gone IS NOT NULL"))
        elif kind == 1:
            members.append(text(key, sql.json_text("here"), "here IS NOT NULL"))
            expected[key] = 'x"y'
        elif kind == 2:
            members.append(plain(key, "five"))
            expected[key] = 5
        else:
            inner = [plain("a", "gone", "gone IS NOT NULL"), plain("b", "five", "here IS NOT NULL")]
            members.append(nested(key, inner))
            expected[key] = {"b": 5}
    found = con.execute(f"SELECT {document(members)} FROM t").fetchall()[0][0]
    assert found.encode() == rfc8785.dumps(expected)


def test_an_object_of_absent_members_is_absent_itself() -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE t AS SELECT NULL::VARCHAR AS gone, 5 AS five")
    one = nested("dates", [plain("a", "gone", "gone IS NOT NULL"), plain("b", "gone", "gone IS NOT NULL")])
    other = either("z", "gone IS NULL", nested("z", [plain("n", "five")]), nested("z", [plain("m", "five")]))
    found = con.execute(f"SELECT {document([one, other])} FROM t").fetchall()[0][0]
    assert found == '{"z":{"n":5}}'


@given(st.lists(st.tuples(ANY_TEXT | SPECIAL, ANY_TEXT | SPECIAL), min_size=20, max_size=40))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_whole_body_is_what_the_library_would_write(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("body")
    sent = [row(n, 事实=facts[:200], 机关=authority) for n, (facts, authority) in enumerate(pairs)]
    (folder / "file.jsonl").write_text("\n".join(json.dumps(one) for one in sent) + "\n")
    found = check(folder / "file.jsonl", duckdb.connect())
    loaded = {number: (body, facts) for number, body, facts in good_rows(found, "row", "body", "identifier")}
    told = {number for number, *_rest, outcome in problems(found) if outcome != "note"}
    assert set(loaded) | told == set(range(1, len(sent) + 1))
    for number, (body, identifier) in loaded.items():
        assert isinstance(number, int)
        one = sent[number - 1]
        facts, authority = (_kept(one[name]) for name in ("事实", "机关"))
        fields: dict[str, object] = {"kind": "罚款", "ratio": 125, "saved": 123450, "times": 2}
        if facts:
            fields["facts"] = facts
        instrument = {
            "article": "第八十三条",
            "authority": authority or "cn/mee",
            "dated": "2025-02-03",
            "number": one["文号"],
        }
        expected: dict[str, Any] = {
            "amount": {"currency": "CNY", "minor": 1234560},
            "dates": {
                "decided_on": "2025-02-03",
                "effective_from": "2025-02-04",
                "effective_to": "2027-02-03",
                "occurred_on": "2025-01-02",
            },
            "fields": fields,
            "instrument": instrument,
            "item": "cn/env.penalty",
            "seriousness": 2,
            "subject": {"identifier": identifier, "scheme": "usci"},
        }
        assert str(body).encode() == rfc8785.dumps(expected)


def _kept(text_sent: str) -> str:
    """What is kept of a text: white space at its ends goes, letters and marks are composed."""
    return unicodedata.normalize("NFC", text_sent.strip(sql.SPACES))


def test_what_normalisation_may_change_is_found_by_the_coarse_class() -> None:
    """`sql.UNSTABLE` saves most cells the work; it must miss no character that NFC changes or joins."""
    con = duckdb.connect()
    every = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code <= 0xDFFF]
    changed = [one for one in every if unicodedata.normalize("NFC", one) != one or unicodedata.combining(one)]
    second = set()
    for one in every:
        parts = unicodedata.decomposition(one).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            pair = "".join(chr(int(part, 16)) for part in parts)
            if unicodedata.normalize("NFC", pair) == one:
                second.add(pair[1])
    # Hangul vowels and final consonants compose by arithmetic
    second |= {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    con.execute("CREATE TABLE t AS SELECT unnest(?) AS x", [sorted({*changed, *second})])
    missed = con.execute(f"SELECT x FROM t WHERE NOT regexp_matches(x, {sql.text(sql.UNSTABLE)})").fetchall()
    assert missed == []
    assert (
        con.execute("SELECT 1 WHERE regexp_matches('榕江市Trading é（有限）', ?)", [sql.UNSTABLE]).fetchall()
        == []
    )


def test_dates_of_the_body_are_iso(tmp_path: Path) -> None:
    (tmp_path / "file.jsonl").write_text(json.dumps(row(1, 决定日期="2025年2月3日", 截止日期="无")) + "\n")
    found = check(tmp_path / "file.jsonl", duckdb.connect())
    ((body, decided, end),) = good_rows(found, "body", "decided_on", "effective_to")
    assert decided == date(2025, 2, 3) and end is None
    assert '"effective_to"' not in str(body) and '"decided_on":"2025-02-03"' in str(body)
