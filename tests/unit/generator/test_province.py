"""A province is a function of its arguments, and its manifest says what is in its files."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.loading import load_pack
from goodstanding.generator import Province, generate_province
from goodstanding.generator.deliveries import DELIVERIES, Form, Spread
from goodstanding.generator.faults import ADDED, PER_HUNDRED_THOUSAND, Kind

TODAY = date(2026, 6, 1)
ORGANISATIONS, RECORDS = 3_000, 30_000


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    folder = tmp_path_factory.mktemp("province")
    return generate_province(folder, organisations=ORGANISATIONS, records=RECORDS, seed=1, today=TODAY)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Province:
    folder = tmp_path_factory.mktemp("clean")
    return generate_province(
        folder, organisations=ORGANISATIONS, records=RECORDS, seed=1, today=TODAY, faults=False
    )


def _read(province: Province, name: str) -> list[list[str]]:
    """Header and rows of a text file of the province, as cells."""
    path = province.folder / name
    encoding = next(file.encoding for file in province.files if file.name == name)
    data = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(province: Province, tmp_path: Path) -> None:
    generate_province(tmp_path, organisations=ORGANISATIONS, records=RECORDS, seed=1, today=TODAY)
    assert _digests(tmp_path) == _digests(province.folder)
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_bytes_do_not_depend_on_the_number_of_cores(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda path: connect(path, config={"threads": 1}))
    generate_province(tmp_path, organisations=ORGANISATIONS, records=RECORDS, seed=1, today=TODAY)
    assert _digests(tmp_path) == _digests(province.folder)


def test_another_seed_gives_another_province(province: Province, tmp_path: Path) -> None:
    generate_province(tmp_path, organisations=ORGANISATIONS, records=RECORDS, seed=2, today=TODAY)
    ours, theirs = _digests(province.folder), _digests(tmp_path)
    assert set(ours) == set(theirs)
    assert not [name for name in ours if ours[name] == theirs[name]]


def test_there_are_as_many_records_as_asked_for(province: Province, clean: Province) -> None:
    beside = (Spread.REGISTER, Spread.CITIES, Spread.CLASSES)
    register = {f"{one.name}.{one.form}" for one in DELIVERIES if one.spread in beside}
    for made in (province, clean):
        files = [file for file in made.files if file.name not in register]
        assert sum(file.rows - file.added for file in files) == RECORDS
        assert next(file for file in made.files if file.contract == "cn/registration").rows >= ORGANISATIONS


def test_a_province_without_faults_has_none_and_is_the_same_otherwise(
    province: Province, clean: Province
) -> None:
    assert clean.faults == {}
    for faulty, good in zip(province.files, clean.files, strict=True):
        assert faulty.rows - faulty.added == good.rows
    rows = {tuple(row) for row in _read(province, "tax-matters.csv")}
    kept = sum(tuple(row) in rows for row in _read(clean, "tax-matters.csv"))
    assert kept > 0.98 * len(_read(clean, "tax-matters.csv"))


def test_the_manifest_says_what_is_in_each_file(province: Province) -> None:
    manifest = json.loads((province.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["province"]["fictional"] is True
    assert (manifest["organisations"], manifest["records"], manifest["seed"]) == (ORGANISATIONS, RECORDS, 1)
    with (province.folder / "planted.csv").open(encoding="utf-8") as file:
        planted = Counter((row["file"], row["kind"]) for row in csv.DictReader(file))
    for stated in manifest["files"]:
        path = province.folder / stated["name"]
        assert stated["digest"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert stated["faults"] == {k: n for (name, k), n in planted.items() if name == stated["name"]}
        if stated["name"].endswith((".csv", ".csv.gz")):
            assert len(_read(province, stated["name"])) - 1 == stated["rows"]


def test_headers_are_those_of_the_contracts(province: Province) -> None:
    pack = load_pack("cn")
    for file in province.files:
        headers = [column.name for column in pack.contract(file.contract).columns]
        if file.name.endswith((".csv", ".csv.gz")):
            assert _read(province, file.name)[0] == headers
        elif file.name.endswith(".jsonl.gz"):
            first = gzip.decompress((province.folder / file.name).read_bytes()).splitlines()[0]
            assert list(json.loads(first)) == headers
        elif file.name.endswith(".parquet"):
            query = f"DESCRIBE SELECT * FROM '{province.folder / file.name}'"
            assert [row[0] for row in duckdb.connect(":memory:").execute(query).fetchall()] == headers


def test_every_form_and_encoding_is_sent(province: Province) -> None:
    assert {one.form for one in DELIVERIES} == set(Form)
    assert {file.encoding for file in province.files} == {"utf-8", "gb18030"}
    chinese = next(file for file in province.files if file.encoding == "gb18030")
    with pytest.raises(UnicodeDecodeError):
        (province.folder / chinese.name).read_text(encoding="utf-8")


def test_every_kind_of_fault_is_planted_about_as_often_as_stated(province: Province) -> None:
    assert set(province.faults) == set(Kind)
    rows = sum(file.rows for file in province.files)
    for kind, many in province.faults.items():
        assert many < 2 * PER_HUNDRED_THOUSAND[Kind(kind)] * rows / 100_000 + 10
    total = sum(province.faults.values())
    assert 0.008 < total / rows < 0.014


def test_a_repeated_row_repeats_and_a_conflicting_one_does_not(province: Province) -> None:
    rows = _read(province, "roles.csv")
    with (province.folder / "planted.csv").open(encoding="utf-8") as file:
        planted = [row for row in csv.DictReader(file) if row["file"] == "roles.csv"]
    seen = Counter(tuple(row) for row in rows)
    key = Counter((row[0], row[1], row[2], row[3]) for row in rows)
    for fault in planted:
        cells = rows[int(fault["row"])]
        if fault["kind"] == ADDED[0]:
            assert seen[tuple(cells)] == 2
        if fault["kind"] == ADDED[1]:
            assert seen[tuple(cells)] == 1
            assert key[(cells[0], cells[1], cells[2], cells[3])] == 2


def test_findings_are_skewed(clean: Province) -> None:
    """Most organisations have no finding at all; of the few that have, a few have very many."""
    counts: Counter[str] = Counter()
    column = "统一社会信用代码"
    for name in ("tax-matters.csv", "penalties-ecology.csv", "penalties-market.csv", "penalties-works.csv"):
        header, *rows = _read(clean, name)
        counts.update(row[header.index(column)] for row in rows)
    assert len(counts) < 0.45 * ORGANISATIONS
    found = sorted(counts.values(), reverse=True)
    assert found[0] > 100
    assert sum(found[:50]) > 0.15 * sum(found)
    assert found[len(found) // 2] < 12


def test_findings_lie_in_the_five_years_before_today(clean: Province) -> None:
    header, *rows = _read(clean, "tax-matters.csv")
    days = [row[header.index("决定日期")] for row in rows]
    assert min(days) >= "2021/05/31"
    assert max(days) < TODAY.strftime("%Y/%m/%d")


def test_nearly_every_enterprise_has_filed_for_the_last_year(clean: Province) -> None:
    header, *rows = _read(clean, "tax-evaluation.csv")
    assert {row[header.index("年度")] for row in rows} == {"2025"}
    assert len({row[0] for row in rows}) == len(rows) > 0.5 * ORGANISATIONS


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 11, 20)], ids=str)
def test_nearly_everyone_who_has_to_has_filed_in_the_whole_of_last_year(tmp_path: Path, day: date) -> None:
    """Lists of who filed nothing look at the last calendar year: they must name few, in spring and in autumn."""
    made = generate_province(tmp_path, organisations=1_000, records=8_000, seed=3, today=day, faults=False)
    header, *register = _read(made, "registration.csv")
    code, kind, since = (header.index(name) for name in ("统一社会信用代码", "主体类型", "成立日期"))
    for name, kinds in (
        ("annual-reports.csv", {"企业", "农民专业合作社"}),
        ("charity-accounts.csv", {"社会组织"}),
    ):
        due = {row[code] for row in register if row[kind] in kinds and row[since] < f"{day.year - 2}/01/01"}
        columns, *rows = _read(made, name)
        filed_on = columns.index("公示日期" if name.startswith("annual") else "报送日期")
        filed = {row[0] for row in rows if row[filed_on].startswith(f"{day.year - 1}/")}
        assert 0.85 * len(due) < len(due & filed) < len(due)
        assert {row[0] for row in rows} <= {row[code] for row in register if row[kind] in kinds}


def test_ties_join_organisations_of_the_register(clean: Province) -> None:
    known = {row[0] for row in _read(clean, "registration.csv")}
    header, *rows = _read(clean, "ties.csv")
    other = header.index("关联方统一社会信用代码")
    assert rows
    assert all(row[0] in known and row[other] in known and row[0] != row[other] for row in rows)


def test_a_negative_number_of_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="negative"):
        generate_province(tmp_path, organisations=1, records=-1, seed=1, today=TODAY)


def test_one_organisation_is_a_province_too_and_its_making_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    made = generate_province(
        tmp_path,
        organisations=1,
        records=0,
        seed=1,
        today=TODAY,
        faults=False,
        progress=lambda _doing, share: told.append(share),
    )
    assert [file.rows for file in made.files if file.contract == "cn/registration"] == [1]
    assert told == sorted(told)
    assert told[-1] == 1.0
