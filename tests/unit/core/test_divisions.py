"""Division codes of every revision are known; those of development zones are accepted and said to be unknown."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from goodstanding.core.divisions import Division, Divisions
from goodstanding.core.errors import Refusal

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "src/goodstanding/packs/cn/divisions.csv"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return Divisions.load(TABLE)


def test_the_table_is_what_the_revisions_say(shared: Path) -> None:
    derived = subprocess.run(
        [sys.executable, str(ROOT / "tools/derive_divisions.py")],
        env={"GOODSTANDING_SHARED": str(shared), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert derived.stdout == TABLE.read_bytes()


def test_every_code_of_every_revision_is_known(divisions: Divisions, shared: Path) -> None:
    codes = set()
    for path in (shared / "data/cn-divisions").rglob("*.tsv"):
        if path.name != "sources.tsv":
            lines = path.read_text(encoding="utf-8").splitlines()[1:]
            codes |= {line.split("\t")[2] for line in lines}
    assert len(codes) == 7072
    assert {code for code in codes if divisions.status(code) == "unknown"} == set()


def test_a_district_that_was_merged_away_is_former(divisions: Divisions) -> None:
    assert divisions.status("110103") == "former"
    assert divisions.sentence("110103") == (
        "110103 was 北京市崇文区, a former code last listed in the revision of 2009-12"
    )
    assert divisions.sentence("110103", "zh") == "110103:北京市崇文区(旧代码,最后见于2009-12版)"


def test_a_code_in_force_gives_its_place(divisions: Divisions) -> None:
    assert divisions.status("350102") == "current"
    assert divisions.sentence("350102") == "350102 is 福建省福州市鼓楼区"
    province = divisions.province("350102")
    assert province is not None and province.name == "福建省"


def test_a_development_zone_is_accepted_and_said_to_be_unknown(divisions: Divisions) -> None:
    assert divisions.status("350190") == "unknown"
    assert divisions.lookup("350190") is None
    assert "accepted" in divisions.sentence("350190")
    assert "予以接受" in divisions.sentence("350190", "zh")
    province = divisions.province("350190")
    assert province is not None and province.code == "350000"


def test_the_national_office_has_a_code_of_its_own(divisions: Divisions) -> None:
    assert divisions.sentence("100000") == "100000 is the national registration office"
    assert divisions.province("100000") is None


def test_a_code_that_was_renamed_answers_for_the_day(divisions: Divisions) -> None:
    names = [(name.name, name.first, name.last) for name in divisions.rows["440602"]]
    assert names[:2] == [("汾江区", 198412, 198612), ("城区", 198712, 198912)]
    found = {
        on: divisions.lookup("440602", on) for on in (date(1970, 1, 1), date(1985, 6, 1), date(1988, 1, 1))
    }
    assert [division.name for division in found.values() if division] == ["汾江区", "汾江区", "城区"]
    last = divisions.lookup("440602")
    assert last == Division("440602", "城区", 199112, 200112, "mca")
    assert divisions.lookup("440602", date(2020, 1, 1)) == last


def test_names_of_a_code_follow_each_other(divisions: Divisions) -> None:
    for code, names in divisions.rows.items():
        assert len(code) == 6 and code.isdigit()
        for earlier, later in pairwise(names):
            assert earlier.first <= earlier.last < later.first
            assert earlier.source == later.source


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("code,name\n1,2\n", encoding="utf-8")
    with pytest.raises(Refusal, match="GS-CORE-021"):
        Divisions.load(tmp_path / "d.csv")
    (tmp_path / "e.csv").write_text("# only a remark\n", encoding="utf-8")
    with pytest.raises(Refusal, match="GS-CORE-021"):
        Divisions.load(tmp_path / "e.csv")
