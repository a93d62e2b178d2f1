"""Findings, scores and marks that grades rest on: the cases of `cn/grading-inputs`."""

from __future__ import annotations

from goodstanding.generator import deliveries as by
from goodstanding.generator.cases import Case, Pool, When

_GROUND = "情形"

_SCORES = ("5900", "6000", "7499", "7500", "8499", "8500", "9499", "9500", "9800", "10000")
"""Hundredths of a point, at the ends of the bands for road and waterway works and next to them."""

GRADED: tuple[Case, ...] = (
    Case("cn/tax.finding", by.TAX, 3, {_GROUND: ("zero_vat",)}, when=When.LAST),
    Case("cn/tax.finding", by.TAX, 1, {_GROUND: ("no_accounts",)}, when=When.LAST),
    Case("cn/tax.grade_d", by.TAX, 1, when=When.LAST),
    Case("cn/tax.no_income", by.TAX, 2, when=When.LAST),
    Case(
        "cn/finance.judgment_unperformed",
        by.COURT,
        2,
        {"案由": ("金融借款合同纠纷", "融资租赁合同纠纷"), "履行情况": ("全部未履行", "部分履行")},
    ),
    Case("cn/finance.crime", by.COURT, 1, {"案由": ("骗取贷款罪",)}),
    Case("cn/finance.debt_evasion", by.BANKING, 1, {_GROUND: ("转移资产", "假借重组")}),
    Case("cn/finance.equity_registration", by.BANKING, 1),
    Case("cn/finance.agency_assessment", by.BANKING, 2, {_GROUND: ("A", "B", "C")}),
    *(
        Case("cn/environment.credit_class", by.ECOLOGY, 1, {_GROUND: (one,)})
        for one in ("良好", "警示", "不良")
    ),
    *(
        Case(
            "cn/construction.conduct_score",
            by.TRANSPORT,
            3,
            {_GROUND: (conduct,), "得分(百分之一分)": _SCORES},
            pool=Pool.BUILDERS,
            when=When.LAST,
            once=True,
        )
        for conduct in ("bidding", "performance")
    ),
    Case(
        "cn/construction.deduction",
        by.TRANSPORT,
        2,
        {"扣分(百分之一分)": ("1", "100", "500")},
        pool=Pool.BUILDERS,
        when=When.LAST,
    ),
    Case(
        "cn/product_quality.industry_marks",
        by.TRADE,
        3,
        {
            "公共信用信息得分(百分之一分)": ("4000", "7250", "10000", ""),
            "其余四类得分(百分之一分)": ("5500", "8001", "9999"),
        },
        pool=Pool.GASES,
        once=True,
    ),
)
