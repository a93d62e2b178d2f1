"""What the authorities find that keep lists or choose whom to inspect: the cases of `cn/findings`.

Grounds are those that the rulebooks name, and some that none names; a blank is what an agency left out.
"""

from __future__ import annotations

from goodstanding.generator import deliveries as by
from goodstanding.generator.cases import Case, Choices, Pool, When, about, around

_GROUND = "情形"
_DEGREES = (1, 2, 3, None)


def _grounds(item: str, agency: by.Agency, grounds: Choices, *, ended: int = 0) -> tuple[Case, ...]:
    """A case for each ground, of which only the ground is asked."""
    return tuple(Case(item, agency, 1, {_GROUND: (ground,)}, ended=ended) for ground in grounds)


def _tax(circumstance: str, limit: int = 0, weight: int = 1, **cells: Choices) -> Case:
    """A determination of the tax inspection, with amounts around a limit in yuan."""
    amounts = around(limit) if limit else (1_200_000, 38_500_000, None)
    known = {_GROUND: (circumstance,)} | {_HEADERS[name]: choices for name, choices in cells.items()}
    return Case("cn/tax.determination", by.TAX, weight, known, amounts)


_HEADERS = {"share": "占应纳税额比例(万分之一)", "copies": "发票份数", "consequence": "造成后果"}

_TAX = (
    _tax("evasion", 1_000_000, 6, share=("999", "1000", "1001", "4500", "")),
    _tax("withheld_not_paid", 1_000_000),
    _tax("arrears_hidden", 1_000_000),
    _tax("arrears_hidden", 100_000),
    _tax("refund_fraud"),
    _tax("resistance"),
    _tax("special_invoices"),
    _tax("ordinary_invoices", 4_000_000, copies=("12", "99", "")),
    _tax("ordinary_invoices", 400_000, copies=about(100)),
    _tax("printing_or_forging"),
    _tax("lost_contact"),
    _tax("lending", 1_000_000, consequence=("underpayment", "export_refund_fraud", "")),
    _tax("agent_breach", 1_000_000),
    _tax("other", 1_000_000, 4),
    _tax("", 1_000_000),
)

_CUSTOMS = (
    *(
        Case("cn/customs.filing", by.CUSTOMS, 2, {_GROUND: (trade,)}, pool=Pool.TRADERS)
        for trade in ("manufacturer", "broker")
    ),
    *(
        Case(
            "cn/customs.declarations",
            by.CUSTOMS,
            1,
            {"单证票数": (number,)},
            pool=Pool.TRADERS,
            when=When.YEAR_END,
            once=True,
        )
        for number in ("0", "480", "1000", "2000", "12500")
    ),
    *(
        Case("cn/customs.violation", by.CUSTOMS, 2, amounts=around(limit), pool=Pool.TRADERS, when=When.YEAR)
        for limit in (1_000_000, 300_000, 20_000)
    ),
    *(
        Case("cn/customs.finding", by.CUSTOMS, 1, {_GROUND: (ground,)}, pool=Pool.TRADERS)
        for ground in (
            "smuggling_crime", "smuggling_act", "false_material", "impersonation", "serious_obstruction", "",
        )
    ),
    *(
        Case(
            "cn/customs.arrears",
            by.CUSTOMS,
            2,
            {_GROUND: (what,)},
            (1_800_000, 46_000_000),
            pool=Pool.TRADERS,
            begins=months,
            ended=40,
        )
        for what, months in (("duty", 3), ("penalty", 6))
    ),
)  # fmt: skip

_REGISTER_AND_MARKET = (
    *_grounds(
        "cn/registration.finding",
        by.MARKET,
        ("instant_information", "false_information", "unreachable", "unreachable", ""),
        ended=60,
    ),
    Case(
        "cn/market.heavier_penalty",
        by.MARKET,
        8,
        {"是否较重处罚": ("yes", "yes", "yes", "no", ""), "是否规定领域": ("yes", "yes", "no", "")},
        (5_000_000, 20_000_000, 150_000_000),
        _DEGREES,
    ),
    Case(
        "cn/product_quality.danger",
        by.MARKET,
        3,
        {_GROUND: ("health", "safety", "财产", "")},
        degrees=_DEGREES,
    ),
    Case("cn/competition.market_disorder", by.MARKET, 2, degrees=_DEGREES),
    Case("cn/competition.inspection_class", by.MARKET, 4, {_GROUND: ("low_risk",)}),
    Case("cn/competition.inspection_class", by.MARKET, 4, {_GROUND: ("average",)}),
    Case("cn/competition.inspection_class", by.MARKET, 2, {_GROUND: ("high_risk",)}),
    *_grounds(
        "cn/intellectual_property.finding",
        by.KNOWLEDGE,
        (
            "abnormal_patent_filing", "bad_faith_trademark_filing", "agency_penalised", "false_material",
            "commitment_broken", "decision_not_performed", "other", "",
        ),
    ),
)  # fmt: skip

_COURT = (
    *_grounds(
        "cn/court.finding",
        by.COURT,
        (
            "refuses_though_able", "refuses_though_able", "obstruction", "evasion", "reporting_breach",
            "consumption_breach", "settlement_refused", "无履行能力", "",
        ),
    ),
    *_grounds(
        "cn/court.enforcement_exclusion",
        by.COURT,
        ("security", "property_suffices", "not_due_in_order", "not_own_duty"),
    ),
    Case(
        "cn/court.order_refused",
        by.COURT,
        2,
        {_GROUND: ("judicial", "administrative", "")},
        degrees=_DEGREES,
    ),
)  # fmt: skip

_MONEY_AND_LABOUR = (
    *_grounds("cn/wages.finding", by.LABOUR, ("amount_of_crime", "incident", "逾期支付", "逾期支付", "")),
    *(
        Case(
            "cn/procurement.decision",
            by.TREASURY,
            weight,
            {"当事人类别": party, _GROUND: (measure,), "月数": months},
            amounts,
        )
        for weight, party, measure, months, amounts in (
            (2, ("supplier",), "fine", ("",), around(30_000)),
            (2, ("supplier", "agency"), "ban", ("6", "11", "12", "36", "37", ""), (None,)),
            (1, ("agency",), "disqualification", ("",), (None,)),
            (1, ("supplier",), "warning", ("",), (None,)),
        )
    ),
    *_grounds("cn/statistics.finding", by.STATISTICS, ("",)),
    *(
        Case("cn/statistics.finding", by.STATISTICS, 1, {_GROUND: (ground,)}, degrees=_DEGREES)
        for ground in ("refused", "late", "false_data")
    ),
    *(
        Case("cn/social_insurance.finding", by.LABOUR, 1, {_GROUND: (ground,)} | cells, amounts)
        for ground, cells, amounts in (
            ("unregistered_after_penalty", {}, (None,)),
            ("enrolment_fraud", {"参保人次": about(20)}, around(20_000)),
            ("benefit_fraud", {}, around(10_000)),
            ("benefit_overpaid", {"月数": about(6)}, around(10_000)),
            ("data_misuse", {}, (None,)),
            ("prepaid_not_returned", {}, around(10_000)),
            ("service_agreement_breach", {}, (None,)),
            ("逾期缴纳", {}, around(10_000)),
        )
    ),
)

_ABOUT: dict[str, Choices] = {"涉及事项": ("filing", "finance", "filing", "other", "")}

_OTHERS = (
    *(
        Case("cn/charity.finding", by.CIVIL, 1, {_GROUND: (ground,)} | _ABOUT, pool=Pool.SOCIAL, ended=50)
        for ground in ("not_corrected", "unreachable", "registration_fraud")
    ),
    *(
        Case("cn/charity.penalty", by.CIVIL, 1, {_GROUND: (kind,)} | _ABOUT, amounts, pool=Pool.SOCIAL)
        for kind, amounts in (
            ("warning", (None,)),
            ("fine", around(50_000)),
            ("suspension", (None,)),
            ("revocation", (None,)),
        )
    ),
    *_grounds("cn/workplace_safety.finding", by.SAFETY, ("violation", "violation", "significant_accident", "一般违法")),
    Case("cn/workplace_safety.commitment", by.SAFETY, 3, pool=Pool.PLANTS, ended=20, once=True),
    Case(
        "cn/workplace_safety.incentive_review",
        by.SAFETY,
        3,
        {_GROUND: ("met", "met", "not_met", "")},
        pool=Pool.PLANTS,
        once=True,
    ),
    *(
        Case("cn/agriculture.credit_class", by.FARMING, 1, {_GROUND: (grade,)}, pool=Pool.FARMS)
        for grade in ("A", "B", "C", "D", "")
    ),
)  # fmt: skip

FINDINGS: tuple[Case, ...] = (*_TAX, *_CUSTOMS, *_REGISTER_AND_MARKET, *_COURT, *_MONEY_AND_LABOUR, *_OTHERS)
