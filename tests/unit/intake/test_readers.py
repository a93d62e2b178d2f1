"""The two ways of reading delimited text say the same of what both accept."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.intake import sql
from goodstanding.intake.readers import careful_csv
from goodstanding.intake.readers.delimited import read_fast
from goodstanding.intake.readers.encoding import recognise
from goodstanding.intake.readers.header import match, normalise
from goodstanding.intake.readers.survey import survey, unpack
from tests.spec.intake.penalties import SUBJECTS

CELL = st.text(st.sampled_from('ab,"\n ;é中'), max_size=4)
LINE = st.text(st.sampled_from('ab,"\n ;é中\r'), max_size=12)


def _fast(path: Path) -> list[tuple[str | None, ...]] | None:
    """The rows of the fast way, None where it hands over to the careful one."""
    source = read_fast(path, SUBJECTS, path.name)
    if source is None:
        return None
    con = duckdb.connect()
    try:
        found = con.execute(f"SELECT * FROM {source.relation}").fetchall()
    except duckdb.Error:
        return None
    return found if len(found) == source.lines else None


@given(st.lists(LINE, max_size=6))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_fast_way_accepts_the_careful_way_reads_alike(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "file.csv"
    path.write_bytes(("x,y\n" + "\n".join(lines) + "\n").encode())
    fast = _fast(path)
    if fast is None:
        return
    careful = [cells for _row, cells, _rule, _text in careful_csv.rows(path, "utf-8", ",", 2)]
    assert fast == [tuple(one or None for one in cells) if cells else cells for cells in careful]


@given(st.lists(st.tuples(CELL, CELL), max_size=8))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    import csv

    # a row that looks blank, and a line inside a cell that is itself a whole row, cannot be told for certain
    sent = [one for one in cells if "".join(one).strip() and "\n" not in "".join(one)]
    path = tmp_path_factory.mktemp("csv") / "file.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("x", "y"), *sent])
    found = [row for _number, row, _rule, _text in careful_csv.rows(path, "utf-8", ",", 2)]
    assert [tuple(one) if one else None for one in found] == sent


def test_a_survey_counts_lines_as_rows(tmp_path: Path) -> None:
    for content, lines in (
        (b"a\nb\n", 2),
        (b"a\nb", 2),
        (b"a\r\nb\r\n\r\n\n", 2),
        (b"a\n\nb\n", 3),
        (b"", 0),
    ):
        (tmp_path / "f").write_bytes(content)
        assert survey(tmp_path / "f").lines == lines, content
    (tmp_path / "f").write_bytes("a\u3000\n".encode())
    assert survey(tmp_path / "f").exotic
    (tmp_path / "f").write_bytes(b"a\rb\r\n")
    assert survey(tmp_path / "f").odd_breaks


def test_an_archive_is_unpacked_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "file.csv").write_bytes(gzip.compress(b"a,b\n"))
    assert unpack(tmp_path / "file.csv", tmp_path / "work").read_bytes() == b"a,b\n"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "found", "whole"),
    [
        ("名称\n榕江市生态环境局\n", "utf-8", ("utf-8",), "utf-8", True),
        ("名称\n榕江市生态环境局\n", "gb18030", ("utf-8",), "gb18030", True),
        ("名称\n榕江市生态环境局\n", "gb18030", ("utf-8", "cp1252"), "gb18030", True),
        ("名称\n榕江市生态环境局\n", "utf-16", ("utf-8",), "utf-16", True),
        ("nome\nação são José\n", "cp1252", ("utf-8", "gb18030", "cp1252"), "cp1252", True),
        ("nome\nação são José\n", "latin-1", ("utf-8", "latin-1"), "cp1252", True),
        ("nome\nação são José\n", "cp1252", ("utf-8",), "utf-8", False),
        ("名称\n榕江市生态环境局\n", "utf-8", ("gb18030",), "utf-8", True),
    ],
)
def test_an_encoding_is_told_by_its_bytes(
    tmp_path: Path, text: str, encoding: str, declared: tuple[str, ...], found: str, whole: bool
) -> None:
    (tmp_path / "f").write_bytes(text.encode(encoding))
    told = recognise(tmp_path / "f", declared)
    assert (told.name, told.whole) == (found, whole)


def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"a\n")
    with pytest.raises(Refusal, match="GS-INTAKE-004"):
        recognise(tmp_path / "f", ("utf-9",))


def test_headers_are_compared_without_width_space_and_case() -> None:
    assert normalise("\ufeff\u3000ＣＮＰＪ  do\u00a0ente ") == "CNPJ do ente"
    assert match(["cnpj", " Nome "], ["CNPJ", "nome"], "f") == ("CNPJ", "nome")
    assert match(["a", "A"], ["a", "A"], "f") == ("a", "A")
    with pytest.raises(Refusal, match="GS-INTAKE-010"):
        match(["a", "A"], ["a"], "f")


def test_a_list_of_words_never_becomes_a_join() -> None:
    """DuckDB makes a join of a long IN, and a join loses the rows' order."""
    con = duckdb.connect()
    words = [f"word {number}" for number in range(200)]
    con.execute("CREATE TABLE t AS SELECT 'word 7' AS x UNION ALL SELECT 'other' UNION ALL SELECT NULL")
    query = f"SELECT {sql.one_of('x', words)} FROM t"
    assert con.execute(query).fetchall() == [(True,), (False,), (False,)]
    assert "JOIN" not in str(con.execute(f"EXPLAIN {query}").fetchall())
