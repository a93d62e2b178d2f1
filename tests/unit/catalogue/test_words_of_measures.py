"""The words of a measure give away whom it meets and what it takes, whatever the pack declares."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.checks.persons import MARKET, ON_PERSONS, ON_RELATED, TAKING_RIGHTS
from goodstanding.catalogue.tripwire import Wire, wire_that_rings

RINGS: list[tuple[Wire, str]] = [
    *((ON_PERSONS, text) for text in ("No air tickets", "不得乘坐飞机", "High-speed rail is closed to them")),
    *((ON_PERSONS, text) for text in ("Restriction of consumption", "禁止高消费", "No golf", "限制旅游度假")),
    *((ON_PERSONS, text) for text in ("No private schools", "子女不得就读高收费学校", "限制升学复学")),
    *((ON_PERSONS, text) for text in ("May not serve as a director", "不得担任高管", "限制任职")),
    *((ON_PERSONS, text) for text in ("Exit ban", "限制出境", "限制出国", "Passports are withheld")),
    *((ON_PERSONS, text) for text in ("Barred from the civil service", "限制报考公务员", "Personal loans")),
    *((ON_PERSONS, text) for text in ("Limits for the legal representative", "实际控制人限制", "Owners")),
    *((ON_RELATED, text) for text in ("No funds for the parent company", "子公司限制", "Branches", "分公司")),
    *(
        (ON_RELATED, text)
        for text in ("Suppliers of the firm", "供应商限制", "Affiliates", "关联企业", "控股企业")
    ),
    *((TAKING_RIGHTS, text) for text in ("Ban from the market", "行业禁入", "Debarred", "取消投标资格")),
    *((TAKING_RIGHTS, text) for text in ("Loss of licence", "吊销执照", "不得参加招标", "停业整顿")),
    *(
        (MARKET, text)
        for text in ("Bank of Rivermouth", "商业银行", "淘宝平台", "Chamber of Commerce", "行业协会")
    ),
    *((MARKET, text) for text in ("Insurance company", "征信中心", "News agency", "电视台", "中国铁路")),
]

QUIET: list[tuple[Wire, str]] = [
    *(
        (ON_PERSONS, text)
        for text in ("Key supervision", "纳入重点监管范围", "No awards", "限制参加评先评优")
    ),
    *(
        (ON_PERSONS, text)
        for text in ("Listed organisations", "列入名单的单位", "No application for public funds")
    ),
    *((ON_RELATED, text) for text in ("Stricter permits", "从严审核行政许可审批项目", "Fewer inspections")),
    *((TAKING_RIGHTS, text) for text in ("Key scrutiny", "重点审查", "限制享受优惠政策和便利措施", "减分")),
    *(
        (MARKET, text)
        for text in ("People's Bank of China", "中国人民银行", "国家铁路局", "Supreme People's Court")
    ),
    *(
        (MARKET, text)
        for text in ("China Banking and Insurance Regulatory Commission", "国家公共信用信息中心")
    ),
]


@pytest.mark.parametrize(("wire", "text"), RINGS, ids=[text for _, text in RINGS])
def test_a_measure_is_known_by_its_words(wire: Wire, text: str) -> None:
    assert wire_that_rings(text, (wire,)) is wire


@pytest.mark.parametrize(("wire", "text"), QUIET, ids=[text for _, text in QUIET])
def test_an_ordinary_measure_says_nothing_of_the_kind(wire: Wire, text: str) -> None:
    assert wire_that_rings(text, (wire,)) is None
