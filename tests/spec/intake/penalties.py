"""A data set as an authority could send it: administrative penalties, with every kind of column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from goodstanding.catalogue.model import (
    Absence,
    Basis,
    Column,
    ColumnType,
    Contract,
    Delivery,
    Field,
    FieldType,
    InstrumentMapping,
    Item,
    Polarity,
    RecordMapping,
    Retention,
    RoleMapping,
    RowRefusal,
    SubjectMapping,
    Target,
    TieMapping,
    Title,
)
from goodstanding.core.identifiers.usci import Usci
from goodstanding.core.reader import Access
from goodstanding.intake import CheckedBatch, check_file

TODAY = date(2026, 3, 31)
_BASIS = Basis("环境保护法", "第六十条")
_TITLE = Title("Penalty", "处罚")


def item(path: str, *, fields: Sequence[Field] | None = None) -> Item:
    """An item of the test catalogue."""
    if fields is None:
        fields = (
            Field("facts", _TITLE, FieldType.TEXT),
            Field("times", _TITLE, FieldType.NUMBER, 1),
            Field("ratio", _TITLE, FieldType.NUMBER, 2),
            Field("saved", _TITLE, FieldType.NUMBER, 3),
            Field("kind", _TITLE, FieldType.CODE, 1),
        )
    return Item(
        path=path,
        title=_TITLE,
        category=8,
        domain="environment",
        polarity=Polarity.NEGATIVE,
        access=Access.PUBLIC,
        absence=Absence.UNKNOWN,
        basis=(_BASIS,),
        retention=Retention(36, _BASIS),
        fields=tuple(fields),
    )


ITEMS: Mapping[str, Item] = {one: item(one) for one in ("cn/env.penalty", "cn/env.warning")}

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")
COLUMNS = (
    Column("文号", required=True, max_length=30),
    Column("代码", required=True, scheme="usci"),
    Column("名称", required=True, max_length=40),
    Column("英文名", max_length=60),
    Column("区划", type=ColumnType.CODE, pattern=r"\d{6}"),
    Column("成立日期", type=ColumnType.DATE, formats=("%d/%m/%Y",)),
    Column("注册号"),
    Column("种类", type=ColumnType.CODE, required=True),
    Column("发生日期", type=ColumnType.DATE, formats=_DAYS),
    Column("决定日期", type=ColumnType.DATE, formats=_DAYS, required=True),
    Column("生效日期", type=ColumnType.DATE, formats=("%Y%m%d",)),
    Column("截止日期", type=ColumnType.DATE, formats=_DAYS, null=("", "2099/12/31", "无")),
    Column("罚款", type=ColumnType.MONEY, thousands=",", minimum=0, null=("", "不适用")),
    Column("币种", type=ColumnType.CODE),
    Column("没收", type=ColumnType.MONEY, decimal=",", thousands="."),
    Column("次数", type=ColumnType.INTEGER, minimum=0, maximum=999),
    Column("比率", type=ColumnType.DECIMAL, scale=1000),
    Column("程度", type=ColumnType.CODE, required=True),
    Column("性质", type=ColumnType.CODE, values=("警告", "罚款", "吊销")),
    Column("事实", max_length=200),
    Column("机关"),
    Column("依据"),
    Column("电话", ignored="A telephone number is not needed."),
)
CONTRACT = Contract(
    path="cn/penalties",
    title=_TITLE,
    authority="cn/mee",
    target=Target.RECORDS,
    delivery=Delivery.ADDITIONS,
    key=("文号",),
    columns=COLUMNS,
    subject=SubjectMapping(
        scheme="usci",
        identifier="代码",
        name="名称",
        name_en="英文名",
        division="区划",
        registered_on="成立日期",
        legacy=(("cn-registration", "注册号"),),
    ),
    record=RecordMapping(
        item_column="种类",
        items=(("处罚", "cn/env.penalty"), ("警告", "cn/env.warning")),
        occurred_on="发生日期",
        decided_on="决定日期",
        effective_from="生效日期",
        effective_to="截止日期",
        amount="罚款",
        currency="币种",
        seriousness="程度",
        seriousness_values=(("轻微", 1), ("一般", 2), ("严重", 3)),
        fields=(("facts", "事实"), ("times", "次数"), ("ratio", "比率"), ("saved", "没收"), ("kind", "性质")),
    ),
    instrument=InstrumentMapping(authority="机关", number="文号", article="依据", dated="决定日期"),
    refuse=(
        RowRefusal("sole-trader", "sole-trader", "名称", pattern="个体工商户", unless="公司"),
        RowRefusal(
            "home-trade",
            "home",
            "英文名",
            pattern="(?i)^at home",
            also=(RowRefusal("", "", "区划", blank=True),),
        ),
    ),
    encodings=("utf-8", "gb18030"),
)


def usci(number: int, *, authority: str = "9", category: str = "1") -> str:
    """A valid code of a fictional organisation."""
    body = f"{number % 10**8:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return Usci.compose(authority, category, "350100", body + "0123456789X0"[11 - total % 11]).value


def row(number: int, **changed: str) -> dict[str, str]:
    """A good row; each number names another decision of another organisation."""
    good = {
        "文号": f"榕环罚〔2025〕{number}号",
        "代码": usci(number),
        "名称": f"榕江市第{number}贸易有限公司",
        "英文名": f"Rongjiang Trading {number} Ltd",
        "区划": "350100",
        "成立日期": "01/02/2010",
        "注册号": "110108000000016",
        "种类": "处罚",
        "发生日期": "2025-01-02",
        "决定日期": "2025/02/03",
        "生效日期": "20250204",
        "截止日期": "2027-02-03",
        "罚款": "12,345.60",
        "币种": "CNY",
        "没收": "1.234,5",
        "次数": "2",
        "比率": "0.125",
        "程度": "一般",
        "性质": "罚款",
        "事实": "超标排放废水",
        "机关": "榕江市生态环境局",
        "依据": "第八十三条",
        "电话": "0591-1234",
    }
    return good | changed


def line(cells: Iterable[str], delimiter: str = ",") -> str:
    """One line of delimited text, without its end."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n")


def header() -> str:
    """The contract's header line."""
    return line(one.name for one in COLUMNS)


def text_file(path: Path, rows: Iterable[Mapping[str, str] | str], *, encoding: str = "utf-8") -> Path:
    """Write rows (or lines as they are) below the header."""
    lines = [header(), *(one if isinstance(one, str) else line(one.values()) for one in rows)]
    path.write_bytes("".join(one + "\n" for one in lines).encode(encoding))
    return path


def check(
    path: Path, con: duckdb.DuckDBPyConnection, contract: Contract = CONTRACT, currency: str = ""
) -> CheckedBatch:
    """Check a file against a contract of this module."""
    work = path.parent / "work"
    batch = check_file(path, contract, ITEMS, work=work, con=con, today=TODAY, currency=currency)
    assert not work.exists(), "the private folder has to go away"
    assert batch.counts.agree(), batch.counts
    assert batch.counts.good == len(batch.con.execute(f"SELECT row FROM {batch.table}").fetchall())
    return batch


def problems(batch: CheckedBatch) -> list[tuple[int, str | None, str | None, str, str | None, str, str]]:
    """(row, column, value shown, rule, clause, remedy, outcome), by row."""
    return batch.con.execute(
        f"SELECT row, column_name, value_shown, rule, clause, remedy, outcome FROM {batch.problems} ORDER BY row"
    ).fetchall()


def good_rows(batch: CheckedBatch, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of the good rows, by row."""
    return batch.con.execute(f"SELECT {', '.join(columns)} FROM {batch.table} ORDER BY row").fetchall()


ROLES = Contract(
    path="cn/officers",
    title=_TITLE,
    authority="cn/mee",
    target=Target.ROLES,
    delivery=Delivery.WHOLE,
    key=("代码", "姓名", "职务"),
    columns=(
        Column("代码", required=True, scheme="usci"),
        Column("姓名", required=True, max_length=30),
        Column("职务", type=ColumnType.CODE, required=True),
        Column("自", type=ColumnType.DATE),
        Column("至", type=ColumnType.DATE),
    ),
    subject=SubjectMapping(scheme="usci", identifier="代码"),
    role=RoleMapping(
        person="姓名", role="职务", roles=(("法定代表人", "legal_representative"),), from_on="自", to_on="至"
    ),
)
TIES = Contract(
    path="cn/ties",
    title=_TITLE,
    authority="cn/mee",
    target=Target.TIES,
    delivery=Delivery.WHOLE,
    key=("代码", "上级"),
    columns=(
        Column("代码", required=True, scheme="usci"),
        Column("上级", required=True, scheme="usci"),
        Column("关系", type=ColumnType.CODE, required=True),
        Column("自", type=ColumnType.DATE),
    ),
    subject=SubjectMapping(scheme="usci", identifier="代码"),
    tie=TieMapping(scheme="usci", other="上级", kind="关系", kinds=(("分公司", "branch_of"),), from_on="自"),
)
SUBJECTS = Contract(
    path="cn/organisations",
    title=_TITLE,
    authority="cn/mee",
    target=Target.SUBJECTS,
    delivery=Delivery.WHOLE,
    key=("代码",),
    columns=(
        Column("代码", required=True, scheme="usci"),
        Column("名称", required=True),
        Column("类型", type=ColumnType.CODE),
        Column("注册号"),
        Column("成立日期", type=ColumnType.DATE),
    ),
    subject=SubjectMapping(
        scheme="usci",
        identifier="代码",
        name="名称",
        kind="",
        kind_column="类型",
        kinds=(("企业", "enterprise"), ("社团", "social_organisation")),
        registered_on="成立日期",
        legacy=(("cn-registration", "注册号"),),
    ),
)
