"""What the agencies write in their columns: SQL over the facts of a row (`facts`), by contract and header."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Contract, Target
from goodstanding.generator.chance import array, literal, slots

Weighted = tuple[tuple[str, int], ...]

OPEN_END = date(2099, 12, 31)
"""What the double-disclosure standard writes for "no end"."""

TAXES: Weighted = (("增值税", 50), ("企业所得税", 30), ("印花税", 10), ("环境保护税", 4), ("土地增值税", 6))
GROUNDS: Weighted = (
    ("tax_crime", 5), ("evasion", 20), ("conclusion_unpaid", 20), ("resistance", 2), ("invoice_breach", 15),
    ("false_material", 5), ("refund_right_suspended", 3), ("abnormal_household", 25), ("other_serious", 5),
)  # fmt: skip
COMPLETE: Weighted = (("complete", 70), ("irregular_missing", 22), ("regular_incomplete", 8))
VIOLATIONS = (
    "超过标准排放",
    "未按规定公示",
    "未取得许可从事经营",
    "标识不符合规定",
    "未落实安全管理制度",
    "逾期未改正",
    "虚假宣传",
)
FINDINGS = ("现场检查发现", "群众举报并经查实", "抽样检验发现", "在线监测数据显示", "上级交办核查发现")
CAUSES = ("买卖合同纠纷", "建设工程施工合同纠纷", "金融借款合同纠纷", "租赁合同纠纷", "承揽合同纠纷")
DUTIES = (
    "按期完成整改并公开结果",
    "安装并联网在线监测设备",
    "自行监测并按季度报告",
    "三年内不发生同类违法行为",
)


def one_of(texts: tuple[str, ...], word: str, divisor: int = 1) -> str:
    """SQL of one of the texts by a word of the row."""
    return f"{array(texts)}[({word} // {divisor} % {len(texts)})::INTEGER + 1]"


def from_word(choices: Weighted, word: str, divisor: int = 1) -> str:
    """SQL of one of the texts by their weights, which sum to 100 at most."""
    total = sum(weight for _, weight in choices)
    return slots(f"({word} // {divisor} % {total})::INTEGER", tuple((literal(t), n) for t, n in choices))


def day(contract: Contract, header: str, expression: str) -> str:
    """SQL of a day as the contract's column writes it; an open end as the column states it."""
    column = contract.column(header)
    written = f"strftime({expression}, {literal(column.formats[0])})"
    end = OPEN_END.strftime(column.formats[0])
    return f"coalesce({written}, {literal(end)})" if end in column.null else written


def money(contract: Contract, header: str, fen: str) -> str:
    """SQL of an amount in the contract's unit, by whole-number arithmetic."""
    scale = contract.column(header).scale
    digits = len(str(scale)) - 1
    return f"({fen} // {scale})::VARCHAR || '.' || lpad(({fen} % {scale})::VARCHAR, {digits}, '0')"


def cells(contract: Contract) -> dict[str, str]:
    """SQL of each column of the contract, in its order; what it ignores or nobody fills is NULL."""
    known = _mapped(contract) | _EXTRA.get(contract.path, {})
    days = {
        name: day(contract, name, expression) for name, expression in _DAYS.get(contract.path, {}).items()
    }
    return {column.name: (known | days).get(column.name, "NULL::VARCHAR") for column in contract.columns}


def _mapped(contract: Contract) -> dict[str, str]:
    """The columns whose meaning the contract itself states."""
    subject, record, instrument = contract.subject, contract.record, contract.instrument
    found = {subject.identifier: "code", subject.name: "name", subject.name_en: "name_en"}
    found |= {subject.former_names: "former", subject.division: "division"}
    for scheme, header in subject.legacy:
        found[header] = _LEGACY[scheme]
    if subject.registered_on:
        found[subject.registered_on] = day(contract, subject.registered_on, "registered_on")
    if subject.kind_column:
        names = {kind: text for text, kind in subject.kinds}
        cases = " ".join(f"WHEN {literal(kind)} THEN {literal(text)}" for kind, text in names.items())
        found[subject.kind_column] = f"CASE kind {cases} END"
    match contract.target:
        case Target.ROLES:
            role = contract.role
            found |= {role.person: "person", role.role: _source_text(role.roles, "role")}
            found |= {
                name: day(contract, name, one)
                for name, one in ((role.from_on, "from_on"), (role.to_on, "to_on"))
            }
        case Target.TIES:
            tie = contract.tie
            found |= {tie.other: "other", tie.kind: _source_text(tie.kinds, "tie")}
            found |= {
                name: day(contract, name, one)
                for name, one in ((tie.from_on, "from_on"), (tie.to_on, "to_on"))
            }
        case Target.RECORDS:
            found |= {record.item_column: "item", instrument.authority: "organ", instrument.number: "number"}
            found |= {instrument.article: "law"}
            dated = (
                (instrument.dated, "decided"),
                (record.occurred_on, "occurred"),
                (record.effective_to, "until"),
                (record.effective_from, "decided"),
                (record.decided_on, "decided"),
            )
            found |= {name: day(contract, name, one) for name, one in dated if name}
            if record.amount:
                found[record.amount] = money(contract, record.amount, "amount")
            if record.seriousness:
                texts = {number: text for text, number in record.seriousness_values}
                found[record.seriousness] = f"{array([texts[n] for n in (1, 2, 3)])}[seriousness]"
    found.pop("", None)
    return found


def _source_text(pairs: tuple[tuple[str, str], ...], column: str) -> str:
    cases = " ".join(f"WHEN {literal(meaning)} THEN {literal(text)}" for text, meaning in pairs)
    return f"CASE {column} {cases} END"


_LEGACY = {
    "cn-registration": "old_number",
    "cn-organisation-code": "CASE WHEN old_number IS NOT NULL THEN substr(code, 9, 9) END",
    "cn-tax-number": "CASE WHEN old_number IS NOT NULL THEN substr(code, 3, 15) END",
}


def _as_found(*headers: str) -> dict[str, str]:
    """Columns whose text a case of a finding states (`determined`)."""
    return {header: f'"{header}"' for header in headers}


_EXTRA: dict[str, dict[str, str]] = {
    "cn/registration-classes": {"登记注册类型": "ownership", "企业规模": "size"},
    "cn/penalties": {
        "行政相对人类别": literal("法人及非法人组织"),
        "违法行为类型": one_of(VIOLATIONS, "w_a"),
        "违法事实": f"{one_of(FINDINGS, 'w_b')} || '：' || {one_of(VIOLATIONS, 'w_a')} || '。'",
        "处罚类别": "penalty",
        "处罚内容": "penalty || CASE WHEN amount IS NULL THEN '' ELSE '人民币' || (amount // 100)::VARCHAR || '元' END",
        "没收违法所得、没收非法财物的金额(万元)": (
            "CASE WHEN penalty LIKE '没收%' "
            "THEN (w_c % 200 + 1)::VARCHAR || '.' || lpad((w_d % 100)::VARCHAR, 2, '0') END"
        ),
        "暂扣或吊销证照名称及编号": "CASE WHEN penalty LIKE '%许可证件' THEN '许可证' || number END",
        "处罚机关统一社会信用代码": "organ_code",
        "数据来源单位": "organ",
        "数据来源单位统一社会信用代码": "organ_code",
    },
    "cn/permits": {
        "行政相对人类别": literal("法人及非法人组织"),
        "行政许可决定文书名称": literal("准予行政许可决定书"),
        "许可类别": from_word((("普通", 60), ("核准", 20), ("登记", 12), ("认可", 5), ("特许", 3)), "w_a"),
        "许可证书名称": literal("许可证"),
        "许可编号": "'许' || lpad((j + 1)::VARCHAR, 9, '0')",
        "许可内容": "'准予在' || county || '从事' || trade || '相关活动。'",
        "许可机关统一社会信用代码": "organ_code",
        "当前状态": "CASE WHEN until < today THEN '2' ELSE '1' END",
        "数据来源单位": "organ",
        "数据来源单位统一社会信用代码": "organ_code",
    },
    "cn/tax-matters": {
        "税种": f"CASE WHEN kind_of <> 'evaluation' THEN {from_word(TAXES, 'w_a')} END",
        "所属期": "CASE WHEN kind_of <> 'evaluation' THEN strftime(occurred, '%Y-%m') END",
        "年度": "CASE WHEN kind_of = 'evaluation' THEN year::VARCHAR END",
        "情形": f"CASE WHEN kind_of = 'direct_d' THEN {from_word(GROUNDS, 'w_b')} END",
        "指标信息完整程度": f"CASE WHEN kind_of = 'evaluation' THEN {from_word(COMPLETE, 'w_b')} END",
    },
    "cn/annual-reports": {
        "报告年度": "year::VARCHAR",
        "报告状态": "CASE WHEN occurred > make_date(year + 1, 6, 30) THEN '逾期补报' ELSE '按期' END",
    },
    "cn/charity-accounts": {"报告年度": "year::VARCHAR", "报告状态": literal("filed")},
    "cn/inspections": {
        "检查方式": from_word((("双随机", 50), ("专项", 20), ("日常", 30)), "w_a"),
        "检查结果": from_word((("合格", 35), ("未发现问题", 45), ("责令改正", 13), ("不合格", 7)), "w_b"),
    },
    "cn/court-judgments": {
        "案由": f"CASE WHEN kind_of = 'crime' THEN '污染环境罪' ELSE {one_of(CAUSES, 'w_a')} END",
        "履行情况": (
            "CASE WHEN until IS NOT NULL THEN '全部履行' WHEN w_b % 3 = 0 THEN '部分履行' ELSE '全部未履行' END"
        ),
    },
    "cn/wage-arrears": {
        "拖欠期间": "strftime(occurred, '%Y-%m')",
        "涉及人数": "(w_a % 80 + 1)::VARCHAR",
    },
    "cn/reported-lists": {
        "列入情形": "CASE WHEN kind_of = 'defaulter' THEN '有履行能力而拒不履行' END",
        "履行情况": "CASE WHEN kind_of = 'defaulter' THEN '全部未履行' END",
        "年度": "CASE WHEN kind_of = 'grade_a' THEN (year(decided) - 1)::VARCHAR END",
        "等级": (
            "CASE WHEN kind_of = 'grade_a' THEN 'A' "
            "WHEN kind_of = 'aeo' THEN CASE WHEN w_b % 3 = 0 THEN 'advanced' ELSE 'certified' END END"
        ),
    },
    "cn/commitments": {"承诺内容": one_of(DUTIES, "w_a")},
    "cn/city-indicators": {
        "指标体系": "index_of",
        "指标": "indicator",
        "数值": "value::VARCHAR",
        "得分": "(score // 100)::VARCHAR || '.' || lpad((score % 100)::VARCHAR, 2, '0')",
    },
    "cn/findings": _as_found(
        "情形",
        "造成后果",
        "涉及事项",
        "当事人类别",
        "是否较重处罚",
        "是否规定领域",
        "占应纳税额比例(万分之一)",
        "发票份数",
        "月数",
        "参保人次",
        "单证票数",
    )
    | {"年度": "CASE WHEN when_of = 'year_end' THEN year::VARCHAR END"},
    "cn/grading-inputs": _as_found(
        "情形",
        "履行情况",
        "案由",
        "得分(百分之一分)",
        "扣分(百分之一分)",
        "公共信用信息得分(百分之一分)",
        "其余四类得分(百分之一分)",
    )
    | {"年度": "year::VARCHAR"},
    "cn/honours": {
        "荣誉名称": "item",
        "级别": from_word((("国家级", 2), ("省级", 18), ("市级", 50), ("县级", 30)), "w_b"),
        "年度": "(year(decided) - 1)::VARCHAR",
    },
}

_DAYS: dict[str, dict[str, str]] = {
    "cn/penalties": {"公示截止期": "decided + 1095"},
    "cn/reported-lists": {"列入日期": "decided"},
    "cn/findings": {"起始日期": "begins"},
}
