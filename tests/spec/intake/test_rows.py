"""What a row becomes: parts, keys, repeats, organisations, roles and ties; and what section 1 keeps out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goodstanding.catalogue.model import Column, ColumnType, Contract, RowRefusal
from goodstanding.core.errors import Refusal
from tests.spec.intake.faults import identity_number
from tests.spec.intake.penalties import (
    CONTRACT,
    ROLES,
    SUBJECTS,
    TIES,
    check,
    good_rows,
    header,
    line,
    problems,
    row,
    text_file,
    usci,
)


def _lines(path: Path, contract: Contract, *rows: tuple[str, ...]) -> Path:
    lines = [line(one.name for one in contract.columns), *(line(one) for one in rows)]
    path.write_text("".join(one + "\n" for one in lines))
    return path


def test_a_row_becomes_a_record(tmp_path: Path) -> None:
    found = check(text_file(tmp_path / "one.csv", [row(1)]), duckdb.connect())
    cursor = found.con.execute(f"SELECT * FROM {found.table}")
    names = [str(one[0]) for one in cursor.description or ()]
    (values,) = cursor.fetchall()
    record = dict(zip(names, values, strict=True))
    assert found.legacy_schemes == ("cn-registration",)
    assert record.pop("body")
    assert {name: value for name, value in record.items() if value is not None} == {
        "row": 2,
        "scheme": "usci",
        "identifier": usci(1),
        "kind": "enterprise",
        "name": "榕江市第1贸易有限公司",
        "name_en": "Rongjiang Trading 1 Ltd",
        "division": "350100",
        "registered_on": date(2010, 2, 1),
        "legacy_1": "110108000000016",
        "subject_only": False,
        "source_key": "榕环罚〔2025〕1号",
        "item": "cn/env.penalty",
        "occurred_on": date(2025, 1, 2),
        "decided_on": date(2025, 2, 3),
        "effective_from": date(2025, 2, 4),
        "effective_to": date(2027, 2, 3),
        "amount": 1234560,
        "currency": "CNY",
        "seriousness": 2,
        "number_1": 2,
        "number_2": 125,
        "number_3": 123450,
        "code_1": "罚款",
        "instrument_authority": "榕江市生态环境局",
        "instrument_number": "榕环罚〔2025〕1号",
        "instrument_article": "第八十三条",
        "instrument_date": date(2025, 2, 3),
    }


def test_every_target_has_the_same_columns(tmp_path: Path) -> None:
    ones = [
        check(text_file(tmp_path / "a.csv", []), duckdb.connect()),
        check(_lines(tmp_path / "b.csv", ROLES), duckdb.connect(), ROLES),
        check(_lines(tmp_path / "c.csv", TIES), duckdb.connect(), TIES),
        check(_lines(tmp_path / "d.csv", SUBJECTS), duckdb.connect(), SUBJECTS),
    ]
    shapes = []
    for one in ones:
        shape = one.con.execute(f"DESCRIBE {one.table}").fetchall()
        shapes.append([(name, kind) for name, kind, *_ in shape if not str(name).startswith("legacy_")])
    assert all(one == shapes[0] for one in shapes)


def test_full_width_digits_and_spellings_are_read_as_what_they_are(tmp_path: Path) -> None:
    wide = {
        "决定日期": "２０２５-０２-０３",
        "罚款": "１２，３４５.６０",
        "次数": "２",
        "区划": "３５０１００",
    }
    code = usci(1)
    spelt = f" {code[:8].lower()} {code[8:]} "
    found = check(text_file(tmp_path / "wide.csv", [row(1, 代码=spelt, **wide), row(2)]), duckdb.connect())
    assert problems(found) == []
    columns = ("decided_on", "amount", "number_1", "division", "identifier")
    first, second = good_rows(found, *columns)
    assert first[:4] == second[:4] and first[4] == code


def test_text_is_kept_as_sent_but_composed(tmp_path: Path) -> None:
    sent = row(1, 名称="（榕江）Ｃafe\u0301 有限公司")
    found = check(text_file(tmp_path / "text.csv", [sent]), duckdb.connect())
    assert good_rows(found, "name") == [("（榕江）Ｃafé 有限公司",)]


def test_the_last_day_in_force_becomes_the_day_after(tmp_path: Path) -> None:
    contract = replace(CONTRACT, record=replace(CONTRACT.record, to_is_last_day=True))
    same = row(1, 生效日期="20250204", 截止日期="2025-02-04")
    before = row(2, 生效日期="20250204", 截止日期="2025-02-03")
    found = check(text_file(tmp_path / "day.csv", [same, before]), duckdb.connect(), contract)
    assert good_rows(found, "effective_to") == [(date(2025, 2, 5),)]
    assert [(one[0], one[3]) for one in problems(found)] == [(3, "date-order")]


def test_the_same_row_twice_is_found_already_there(tmp_path: Path) -> None:
    found = check(text_file(tmp_path / "twice.csv", [row(1), row(2), row(1), row(1)]), duckdb.connect())
    assert (found.counts.good, found.counts.repeated, found.counts.reported) == (2, 2, 0)
    assert [one.code for one in found.notes] == ["repeated-rows"]


def test_one_key_with_two_contents_is_reported_after_the_first(tmp_path: Path) -> None:
    rows = [row(1), row(2), row(1, 事实="另一事实"), row(1), row(1, 名称="榕江市改名有限公司")]
    found = check(text_file(tmp_path / "conflict.csv", rows), duckdb.connect())
    assert (found.counts.good, found.counts.repeated, found.counts.reported) == (2, 1, 2)
    told = [(one[0], one[1], one[2], one[3]) for one in problems(found)]
    key = "榕环罚〔2025〕1号"
    assert told == [(4, "文号", key, "conflicting-key"), (6, "文号", key, "conflicting-key")]
    cells = found.con.execute(f"SELECT row, cells[20] FROM {found.rejected} ORDER BY row").fetchall()
    assert cells == [(4, "另一事实"), (6, "超标排放废水")]


def test_a_row_without_record_brings_its_subject_alone(tmp_path: Path) -> None:
    contract = replace(
        CONTRACT,
        key=("代码", "决定日期"),
        subject_only_when_blank=("决定日期",),
    )
    alone = row(1, 文号="", 决定日期="", 种类="", 程度="", 罚款="", 币种="")
    found = check(text_file(tmp_path / "alone.csv", [alone, row(2)]), duckdb.connect(), contract)
    assert problems(found) == []
    first, second = good_rows(found, "subject_only", "identifier", "item", "body IS NULL", "source_key")
    assert first == (True, usci(1), None, True, f"{usci(1)}\x1f")
    assert second == (False, usci(2), "cn/env.penalty", False, f"{usci(2)}\x1f2025-02-03")


def test_a_register_is_the_instrument_where_the_source_states_none(tmp_path: Path) -> None:
    contract = replace(
        CONTRACT, instrument=replace(CONTRACT.instrument, register=True, number="依据", article="")
    )
    found = check(text_file(tmp_path / "reg.csv", [row(1), row(2, 依据="")]), duckdb.connect(), contract)
    stated, register = good_rows(found, "instrument_number", "instrument_authority", "body")
    assert stated[0] == "第八十三条" and '"number":"第八十三条"' in str(stated[2])
    assert register[:2] == (None, None) and '"instrument":{"register":true}' in str(register[2])


def test_an_amount_needs_a_currency_from_someone(tmp_path: Path) -> None:
    contract = replace(CONTRACT, record=replace(CONTRACT.record, currency=""))
    path = text_file(tmp_path / "money.csv", [row(1), row(2, 罚款="不适用")])
    with pytest.raises(Refusal, match="GS-INTAKE-012"):
        check(path, duckdb.connect(), contract)
    found = check(path, duckdb.connect(), contract, currency="CNY")
    assert good_rows(found, "amount", "currency") == [(1234560, "CNY"), (None, None)]


def test_items_may_have_fields_of_their_own(tmp_path: Path) -> None:
    found = check(text_file(tmp_path / "items.csv", [row(1), row(2, 种类="警告")]), duckdb.connect())
    assert good_rows(found, "item") == [("cn/env.penalty",), ("cn/env.warning",)]


def test_a_column_below_its_floor_is_noted(tmp_path: Path) -> None:
    contract = replace(CONTRACT, floors=(("事实", 60), ("名称", 100)))
    rows = [row(1), row(2, 事实=""), row(3, 事实="")]
    found = check(text_file(tmp_path / "floor.csv", rows), duckdb.connect(), contract)
    assert [(one.code, one.column, one.text[:7]) for one in found.notes] == [("fill-rate", "事实", "1 of 3 ")]


def test_roles_load_and_no_report_names_a_person(tmp_path: Path) -> None:
    good = (usci(1), "林一", "法定代表人", "2020-01-01", "")
    odd = (usci(2), "陈二", "门卫", "2020-01-01", "")
    late = (usci(3), "黄三", "法定代表人", "2020-01-01", "2019-01-01")
    number = (usci(4), f"周四{identity_number()}", "法定代表人", "2020-01-01", "")
    long = (usci(5), "吴" * 31, "法定代表人", "2020-01-01", "")
    found = check(
        _lines(tmp_path / "roles.csv", ROLES, good, odd, late, number, long), duckdb.connect(), ROLES
    )
    assert good_rows(found, "person", "role", "from_on", "to_on") == [
        ("林一", "legal_representative", date(2020, 1, 1), None)
    ]
    assert [(one[0], one[3], one[2]) for one in problems(found)] == [
        (3, "role-unknown", "门卫"),
        (4, "date-order", "2019-01-01"),
        (5, "personal-number", None),
        (6, "too-long", None),
    ]
    kept = str(found.con.execute(f"SELECT * FROM {found.rejected}").fetchall())
    assert "陈二" not in kept and "吴" not in kept and usci(2) in kept


def test_ties_join_two_organisations_that_are_admitted(tmp_path: Path) -> None:
    good = (usci(1), usci(2), "分公司", "2020-01-01")
    itself = (usci(3), usci(3), "分公司", "2020-01-01")
    kind = (usci(4), usci(2), "亲戚", "")
    trade = (usci(5), usci(6, category="2"), "分公司", "")
    wrong = (usci(7), usci(2)[:17] + "?", "分公司", "")
    path = _lines(tmp_path / "ties.csv", TIES, good, itself, kind, trade, wrong)
    found = check(path, duckdb.connect(), TIES)
    columns = ("identifier", "other_scheme", "other_identifier", "tie", "from_on", "body")
    ((*rest, body),) = good_rows(found, *columns)
    assert rest == [usci(1), "usci", usci(2), "branch_of", date(2020, 1, 1)]
    assert body == (
        f'{{"dates":{{"from_on":"2020-01-01"}},"other":{{"identifier":"{usci(2)}","scheme":"usci"}},'
        f'"subject":{{"identifier":"{usci(1)}","scheme":"usci"}},"tie":"branch_of"}}'
    )
    assert [(one[0], one[3]) for one in problems(found)] == [
        (3, "tie-to-itself"),
        (4, "tie-unknown"),
        (5, "subject-not-admitted"),
        (6, "identifier-alphabet"),
    ]


def test_subjects_load_with_their_kind_and_other_identifiers(tmp_path: Path) -> None:
    good = (usci(1), "榕江第一公司", "企业", "110108000000016", "2010-01-02")
    bare = (usci(2), "榕江协会", "社团", "", "")
    odd = (usci(3), "榕江什么", "神秘", "", "")
    none = (usci(4), "榕江什么", "", "", "")
    found = check(_lines(tmp_path / "orgs.csv", SUBJECTS, good, bare, odd, none), duckdb.connect(), SUBJECTS)
    assert good_rows(found, "kind", "legacy_1", "registered_on", "body") == [
        (
            "enterprise",
            "110108000000016",
            date(2010, 1, 2),
            f'{{"subject":{{"identifier":"{usci(1)}","kind":"enterprise",'
            f'"legacy":{{"cn-registration":"110108000000016"}},"name":"榕江第一公司",'
            f'"registered_on":"2010-01-02","scheme":"usci"}}}}',
        ),
        (
            "social_organisation",
            None,
            None,
            f'{{"subject":{{"identifier":"{usci(2)}","kind":"social_organisation",'
            f'"name":"榕江协会","scheme":"usci"}}}}',
        ),
    ]
    assert [(one[0], one[3]) for one in problems(found)] == [(4, "kind-unknown"), (5, "required")]


@pytest.mark.parametrize(
    ("refusal", "kept", "refused"),
    [
        (RowRefusal("a", "natural-person", "名称", pattern="^(?i:mr|mrs) "), "Mrx Ltd", "MR Smith"),
        (RowRefusal("a", "natural-person", "名称", pattern="先生", unless="公司"), "先生公司", "李先生"),
        (RowRefusal("a", "sole-trader", "名称", unless="公司"), "某公司", "某人"),
        (RowRefusal("a", "home", "事实", blank=True), "工厂", "李"),
        (
            RowRefusal("a", "natural-person", "名称", pattern="NOME SUPRIMIDO"),
            "NOME",
            "ＮＯＭＥ　ＳＵＰＲＩＭＩＤＯ",
        ),
    ],
)
def test_the_contracts_own_rules_refuse(tmp_path: Path, refusal: RowRefusal, kept: str, refused: str) -> None:
    contract = replace(CONTRACT, refuse=(refusal,))
    rows = [row(1, 名称=kept), row(2, 名称=refused, 事实="" if refusal.blank else "事实")]
    found = check(text_file(tmp_path / "refuse.csv", rows), duckdb.connect(), contract)
    assert [number for (number,) in good_rows(found, "row")] == [2]
    assert found.refused_by_clause == ((refusal.rule, 1),)
    assert [(one[2], one[3], one[4]) for one in problems(found)] == [(None, refusal.id, refusal.rule)]


def test_a_refusal_by_an_ignored_column_holds(tmp_path: Path) -> None:
    contract = replace(CONTRACT, refuse=(RowRefusal("a", "home", "电话", pattern="^宅"),))
    found = check(
        text_file(tmp_path / "ignored.csv", [row(1), row(2, 电话="宅电 1")]), duckdb.connect(), contract
    )
    assert found.counts.refused == 1


def test_without_the_column_that_tells_a_person_the_file_is_refused(tmp_path: Path) -> None:
    contract = replace(CONTRACT, refuse=(RowRefusal("a", "home", "电话", pattern="^宅"),))
    names = [one for one in header().split(",") if one != "电话"]
    (tmp_path / "less.csv").write_text(line(names) + "\n" + line(row(1)[one] for one in names) + "\n")
    with pytest.raises(Refusal, match="GS-INTAKE-011"):
        check(tmp_path / "less.csv", duckdb.connect(), contract)


def test_a_registration_number_of_an_individual_business_is_refused(tmp_path: Path) -> None:
    columns = (Column("号", required=True), Column("名"))
    subject = replace(
        SUBJECTS.subject, scheme="cn-registration", identifier="号", name="名", kind="enterprise"
    )
    subject = replace(subject, kind_column="", kinds=(), registered_on="", legacy=())
    contract = replace(SUBJECTS, key=("号",), columns=columns, subject=subject)
    path = _lines(tmp_path / "old.csv", contract, ("110108000000016", "甲公司"), ("110108600000013", "乙店"))
    found = check(path, duckdb.connect(), contract)
    assert found.counts.good == 1
    assert found.refused_by_clause == (("individual-business", 1),)


def test_a_mistyped_personal_number_is_not_shown(tmp_path: Path) -> None:
    number = identity_number()
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    found = check(text_file(tmp_path / "typo.csv", [row(1, 代码=wrong, 电话=wrong)]), duckdb.connect())
    assert found.counts.reported == 1
    assert wrong not in str(problems(found))
    assert wrong not in str(found.con.execute(f"SELECT * FROM {found.rejected}").fetchall())


@pytest.mark.parametrize(
    "written",
    [
        "'92990103MA6MRUF7XU",
        "9 2990103MA6MRUF7X",
        "’９２990103MA6MRUF7X",
        "'7135010000000000",
        "A1350100 00000",
        " `81-3501",
    ],
)
def test_a_mistyped_number_that_begins_as_one_of_ours_cannot_is_refused_without_echo(
    written: str, tmp_path: Path
) -> None:
    found = check(text_file(tmp_path / "typo.csv", [row(1, 代码=written), row(2)]), duckdb.connect())
    assert (found.counts.refused, found.counts.good) == (1, 1)
    assert {one[2] for one in problems(found)} == {None}
    assert found.con.execute(f"SELECT * FROM {found.rejected}").fetchall() == []


def test_several_faults_of_one_row_are_all_told(tmp_path: Path) -> None:
    bad = row(1, 决定日期="2025-02-30", 罚款="一万", 性质="其他")
    found = check(text_file(tmp_path / "many.csv", [bad]), duckdb.connect())
    assert {(one[1], one[3]) for one in problems(found)} == {
        ("决定日期", "date-invalid"),
        ("罚款", "number-format"),
        ("性质", "code-unknown"),
    }
    assert found.counts.reported == 1


def test_a_batch_can_be_dropped(tmp_path: Path) -> None:
    con = duckdb.connect()
    check(text_file(tmp_path / "one.csv", [row(1)]), con).drop()
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchone() == (0,)


def test_a_whole_number_may_be_written_with_a_fraction_of_zeros(tmp_path: Path) -> None:
    columns = tuple(
        replace(one, type=ColumnType.INTEGER) if one.name == "次数" else one for one in CONTRACT.columns
    )
    assert any(isinstance(one, Column) for one in columns)
    found = check(text_file(tmp_path / "zero.csv", [row(1, 次数="5.0"), row(2, 次数="+5")]), duckdb.connect())
    assert good_rows(found, "number_1") == [(5,), (5,)]
